import type { AppErrorInfo } from './app-error.ts';
import type { DoctorCause, DoctorCertificate, DoctorFacts, DoctorFinding, DoctorRemark } from './doctor.ts';
import { errorWords } from './error-words.ts';
import type { Translate } from './locales/messages.ts';
import { quotedForPowerShell } from './powershell.ts';

/** What the words are made with. */
export interface DoctorLanguage {
  readonly translate: Translate;
  /** BCP 47. */
  readonly language: string;
}

/** A finding in words. */
export interface FindingWords {
  readonly title: string;
  readonly action: string;
  /** A command that mends it, for an administrator; null for none. */
  readonly command: string | null;
  /** More that is known, a line each. */
  readonly more: readonly string[];
  /** Titles of what it may also be. */
  readonly alsoPossible: readonly string[];
}

/** A time span in words, in whole units: `3 hr`, `2 days`. `ms` of either sign. */
export function spanWords(ms: number, language: string): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  const [value, unit] =
    seconds < 120
      ? ([seconds, 'second'] as const)
      : seconds < 7_200
        ? ([Math.round(seconds / 60), 'minute'] as const)
        : seconds < 172_800
          ? ([Math.round(seconds / 3_600), 'hour'] as const)
          : ([Math.round(seconds / 86_400), 'day'] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

function offsetWords(aheadMs: number, { translate, language }: DoctorLanguage): string {
  const time = spanWords(aheadMs, language);
  return translate(aheadMs > 0 ? 'doctor.ahead' : 'doctor.behind', { time });
}

function dateWords(at: number | null, language: string): string {
  return at === null ? '?' : new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);
}

function momentWords(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** What a step found, a line each. */
export function factsWords(facts: DoctorFacts, words: DoctorLanguage): readonly string[] {
  const { translate, language } = words;
  switch (facts.step) {
    case 'dns':
      if (facts.proxy !== null) return [translate('doctor.facts.proxy', { host: facts.host, proxy: facts.proxy })];
      return [translate('doctor.facts.dns', { host: facts.host, addresses: facts.addresses.join(', ') })];
    case 'tcp': {
      const { address, port, proxy } = facts;
      return [
        proxy === null
          ? translate('doctor.facts.tcp', { address, port: `${port}` })
          : translate('doctor.facts.tcpByProxy', { address, port: `${port}`, proxy }),
      ];
    }
    case 'tls': {
      const name = translate(facts.nameFits ? 'doctor.facts.nameFits' : 'doctor.facts.nameDiffers');
      const version = facts.version ?? 'TLS';
      return [
        ...(facts.chain.length === 0 ? [] : [translate('doctor.facts.tls', { version, name })]),
        ...facts.chain.map((certificate) => certificateWords(certificate, words)),
      ];
    }
    case 'token': {
      const { owner, audience, scopes } = facts;
      return [
        translate('doctor.facts.token', { until: momentWords(facts.expiresAt, language) }),
        ...(owner === null ? [] : [translate('doctor.facts.tokenOwner', { owner })]),
        ...(audience === null ? [] : [translate('doctor.facts.tokenFor', { audience })]),
        ...(scopes.length === 0 ? [] : [translate('doctor.facts.tokenScopes', { scopes: scopes.join(' ') })]),
      ];
    }
    case 'sign-in':
      return [translate('doctor.facts.sign-in', { user: facts.user })];
    case 'capabilities':
      return [translate('doctor.facts.capabilities', { names: facts.names.join(' ') })];
    case 'mailbox':
      return [translate('doctor.facts.mailbox', { mailbox: facts.mailbox, count: facts.messages })];
    case 'push':
      return [translate(facts.how === 'idle' ? 'doctor.facts.push.idle' : 'doctor.facts.push.polling')];
  }
}

function certificateWords(certificate: DoctorCertificate, { translate, language }: DoctorLanguage): string {
  return translate('doctor.facts.certificate', {
    subject: certificate.subject,
    issuer: certificate.issuer,
    from: dateWords(certificate.validFrom, language),
    to: dateWords(certificate.validTo, language),
  });
}

export function remarkWords(remark: DoctorRemark, words: DoctorLanguage): string {
  const { translate } = words;
  switch (remark.kind) {
    case 'clock-wrong':
      return translate('doctor.remark.clock-wrong', { offset: offsetWords(remark.aheadMs, words) });
    case 'inspected':
      return translate('doctor.remark.inspected', { issuer: remark.issuer });
    case 'no-push':
    case 'sign-in-service-unreachable':
      return translate(`doctor.remark.${remark.kind}`);
  }
}

/**
 * What a finding means and what to do. `user`: the mail address of the account; `identity`: what a command names it by,
 * the address unless that isn't to be told.
 */
export function findingWords(
  { cause, alsoPossible, said }: DoctorFinding,
  user: string,
  words: DoctorLanguage,
  identity: string = user,
): FindingWords {
  const { translate } = words;
  const values = { user, ...causeValues(cause, words) };
  return {
    ...(cause.kind === 'known-error'
      ? errorWords(cause.error, translate)
      : {
          title: translate(`doctor.cause.${cause.kind}.title`, values),
          action: translate(`doctor.cause.${cause.kind}.action`, values),
        }),
    // https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox
    command:
      cause.kind === 'imap-switched-off'
        ? `Set-CASMailbox -Identity ${quotedForPowerShell(identity)} -ImapEnabled $true`
        : null,
    more: [...causeFacts(cause, words), ...(said === '' ? [] : [translate('doctor.said', { text: said })])],
    alsoPossible: alsoPossible.map((kind) => translate(`doctor.maybe.${kind}`)),
  };
}

function causeValues(cause: DoctorCause, words: DoctorLanguage): Readonly<Record<string, string>> {
  const { language } = words;
  switch (cause.kind) {
    case 'intercepted':
      return { issuer: cause.issuer };
    case 'certificate-wrong-name':
      return { name: cause.name };
    case 'certificate-expired':
    case 'certificate-not-yet-valid':
      return { at: dateWords(cause.at, language) };
    case 'clock-wrong':
      return { offset: offsetWords(cause.aheadMs, words) };
    case 'wrong-user':
      return { owner: cause.owner, user: cause.user };
    case 'mailbox-missing':
      return { mailbox: cause.mailbox };
    default:
      return {};
  }
}

function causeFacts(cause: DoctorCause, words: DoctorLanguage): readonly string[] {
  const { translate, language } = words;
  switch (cause.kind) {
    case 'captive-portal':
      return cause.host === null ? [] : [translate('doctor.portalAt', { host: cause.host })];
    case 'throttled':
      return cause.waitMs === null
        ? []
        : [translate('doctor.throttledFor', { time: spanWords(cause.waitMs, language) })];
    case 'known-error':
      return errorFactsWords(cause.error, words);
    default:
      return [];
  }
}

/** Whose matter it is, and what an administrator finds it by. */
function errorFactsWords(error: AppErrorInfo, { translate, language }: DoctorLanguage): readonly string[] {
  const { aadsts, at, correlationId, traceId, who } = error;
  const fact = (name: 'correlationId' | 'traceId' | 'time', value: string): string =>
    translate('doctor.fact', { label: translate(`window.details.${name}`), value });
  const traces = [
    ...(aadsts === undefined ? [] : [`AADSTS${aadsts}`]),
    ...(correlationId === undefined ? [] : [fact('correlationId', correlationId)]),
    ...(traceId === undefined ? [] : [fact('traceId', traceId)]),
  ];
  return [
    ...(who === undefined ? [] : [`${translate('explain.who.label')} ${translate(`explain.who.${who}`)}`]),
    ...traces,
    ...(traces.length === 0 ? [] : [fact('time', momentWords(at, language))]),
  ];
}
