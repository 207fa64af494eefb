import type { TokenReport } from '../electron/shared/token-report.ts';
import type { Fact } from './components/fact-list.tsx';
import type { Words } from './words.ts';

/** What a token says, the telling claims first; a claim that it lacks is left out, unless that tells much itself. */
export function tokenFactList({ facts, mailbox }: TokenReport, { t, dateTime }: Words): readonly Fact[] {
  const asked = { label: t('inspector.fact.mailbox'), values: oneOrNone(mailbox) };
  if (facts === null) return [asked].filter(isSaid);
  const time = (at: number | null): readonly string[] => (at === null ? [] : [dateTime(at)]);
  const isAccessToken = facts.kind === 'access-token';
  const list: readonly Fact[] = [
    asked,
    { label: t('inspector.fact.audience'), values: oneOrNone(facts.audience) },
    { label: t('inspector.fact.subject'), values: [t(`inspector.subject.${facts.subject}`)] },
    { label: t('inspector.fact.idtyp'), values: oneOrNone(facts.idtyp) },
    // That there is none is the point of an app's token.
    { label: t('inspector.fact.scopes'), values: isAccessToken ? orNone(facts.scopes) : [] },
    { label: t('inspector.fact.roles'), values: facts.subject === 'app' ? orNone(facts.roles) : facts.roles },
    { label: t('inspector.fact.user'), values: oneOrNone(facts.user) },
    { label: t('inspector.fact.objectId'), values: oneOrNone(facts.objectId) },
    { label: t('inspector.fact.tenantId'), values: oneOrNone(facts.tenantId) },
    { label: t('inspector.fact.appId'), values: oneOrNone(facts.appId) },
    { label: t('inspector.fact.issuedAt'), values: time(facts.issuedAt) },
    { label: t('inspector.fact.notBefore'), values: facts.notBefore === facts.issuedAt ? [] : time(facts.notBefore) },
    { label: t('inspector.fact.expiresAt'), values: time(facts.expiresAt) },
    { label: t('inspector.fact.issuer'), values: oneOrNone(facts.issuer) },
    { label: t('inspector.fact.cloud'), values: facts.cloud === null ? [] : [t(`inspector.cloud.${facts.cloud}`)] },
    { label: t('inspector.fact.version'), values: oneOrNone(facts.version) },
  ];
  return list.filter(isSaid);

  function orNone(values: readonly string[]): readonly string[] {
    return values.length === 0 ? [t('inspector.none')] : values;
  }
}

function oneOrNone(value: string | null): readonly string[] {
  return value === null ? [] : [value];
}

function isSaid({ values }: Fact): boolean {
  return values.length > 0;
}
