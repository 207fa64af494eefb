import type { TokenFacts, TokenProblem } from '../../shared/token-report.ts';
import { exchangeAppId, hostOf } from './token-facts.ts';

/** A clock may be this far from Microsoft's (ms): what its own libraries allow by default. */
export const clockSkewMs = 5 * 60_000;

const imapScopeName = 'imap.accessasuser.all';
const imapRoleName = 'imap.accessasapp';

/** Exchange's names in audiences: the public cloud's two, US Government's (GCC High, DoD) and 21Vianet's. */
const exchangeHosts: ReadonlySet<string> = new Set([
  'outlook.office.com',
  'outlook.office365.com',
  'outlook.office365.us',
  'outlook-dod.office365.us',
  'webmail.apps.mil',
  'partner.outlook.cn',
]);

const graphHosts: ReadonlySet<string> = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
]);
const graphAppId = '00000003-0000-0000-c000-000000000000';

/** What a token is measured by. */
export interface TokenWish {
  /** ms since the epoch. */
  readonly now: number;
  /** The profile's resource, taken besides Exchange's own; null where no profile is at hand. */
  readonly resource: string | null;
  /** The account whose mailbox it is to open; null where none was named. */
  readonly account: { readonly address: string; readonly homeAccountId: string } | null;
  /** The mailbox that was asked for along with it; null where none was. */
  readonly mailbox: string | null;
}

/** Whether an audience is Exchange's, of any cloud, or the profile's own resource. */
export function isMailAudience(audience: string | null, resource: string | null): boolean {
  if (audience === null) return false;
  const host = hostOf(audience);
  if (audience === exchangeAppId || (host !== null && exchangeHosts.has(host))) return true;
  return resource !== null && withoutSlash(audience) === withoutSlash(resource);
}

/** Whether the scope that opens a person's mailbox over IMAP is among them, by its short or its long name. */
export function hasImapScope(scopes: readonly string[]): boolean {
  return scopes.some((scope) => lastPart(scope) === imapScopeName);
}

/** What is in the way of an access token at a person's mailbox, the gravest first; none for one that fits. */
export function findProblems(facts: TokenFacts, wish: TokenWish): readonly TokenProblem[] {
  return [...findKind(facts), ...findAllowance(facts, wish), ...findOwner(facts, wish), ...findTime(facts, wish.now)];
}

function findKind({ subject, roles }: TokenFacts): readonly TokenProblem[] {
  if (subject !== 'app') return [];
  return [{ kind: 'app-only', hasImapRole: roles.some((role) => lastPart(role) === imapRoleName) }];
}

function findAllowance({ audience, subject, scopes }: TokenFacts, { resource }: TokenWish): readonly TokenProblem[] {
  if (!isMailAudience(audience, resource)) return [{ kind: 'wrong-resource', resource: resourceOf(audience) }];
  // An app has roles in the place of scopes: asking for both would be confusing.
  return subject === 'app' || hasImapScope(scopes) ? [] : [{ kind: 'scope-missing' }];
}

function findOwner(facts: TokenFacts, { account, mailbox }: TokenWish): readonly TokenProblem[] {
  // Whose mailbox an app may open is written in Exchange, not in its token.
  if (facts.subject === 'app') return [];
  const { objectId, tenantId, user } = facts;
  if (account !== null && objectId !== null && tenantId !== null) {
    // MSAL's id of an account is `oid.tid`, the same for every app.
    const own = account.homeAccountId.toLowerCase().split('.');
    if (own.length === 2 && own[1] !== tenantId.toLowerCase()) {
      return [{ kind: 'other-tenant', expected: account.address }];
    }
    if (own.length === 2) {
      return own[0] === objectId.toLowerCase() ? [] : [{ kind: 'other-user', expected: account.address }];
    }
  }
  const expected = account?.address ?? mailbox;
  if (expected === null || user === null || sameAddress(expected, user)) return [];
  return [{ kind: 'other-user', expected }];
}

/**
 * A beginning a little ahead of this clock is the two clocks' difference, for which servers allow. An end that has
 * passed is told at once: Exchange ends even sessions with their token.
 */
function findTime({ expiresAt, notBefore }: TokenFacts, now: number): readonly TokenProblem[] {
  if (expiresAt !== null && expiresAt <= now) return [{ kind: 'expired', at: expiresAt }];
  if (notBefore !== null && notBefore > now + clockSkewMs) return [{ kind: 'not-yet-valid', at: notBefore }];
  return [];
}

function resourceOf(audience: string | null): 'graph' | 'other' {
  const host = hostOf(audience);
  return audience === graphAppId || (host !== null && graphHosts.has(host)) ? 'graph' : 'other';
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/u, '').toLowerCase();
}

function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
