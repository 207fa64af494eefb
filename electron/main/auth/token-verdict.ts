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

/** An account as far as a verdict needs it. */
export interface TokenAccount {
  readonly address: string;
  readonly homeAccountId: string;
  readonly sharedMailboxes?: readonly { readonly address: string }[];
}

/** What a token is measured by. */
export interface TokenWish {
  /** ms since the epoch. */
  readonly now: number;
  /** The profile's resource, taken besides Exchange's own; null where no profile is at hand. */
  readonly resource: string | null;
  /** The account whose mailbox it is to open; null where none was named. */
  readonly account: TokenAccount | null;
  /** All that there are: a token of one of them opens the shared mailboxes that were added to it. */
  readonly accounts?: readonly TokenAccount[];
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

function findOwner(facts: TokenFacts, wish: TokenWish): readonly TokenProblem[] {
  const { account } = wish;
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
      if (own[0] !== objectId.toLowerCase()) return [{ kind: 'other-user', expected: account.address }];
      return findMailbox(facts, wish);
    }
  }
  if (account !== null && user !== null && !sameAddress(account.address, user)) {
    return [{ kind: 'other-user', expected: account.address }];
  }
  return findMailbox(facts, wish);
}

/** Whether the mailbox asked for along with it is the person's own, or one that they are known to have access to. */
function findMailbox(facts: TokenFacts, { account, accounts = [], mailbox }: TokenWish): readonly TokenProblem[] {
  if (mailbox === null) return [];
  const { objectId, tenantId, user } = facts;
  const id = `${objectId ?? ''}.${tenantId ?? ''}`.toLowerCase();
  const owner = account ?? accounts.find(({ homeAccountId }) => homeAccountId.toLowerCase() === id) ?? null;
  const owners = [user, owner?.address ?? null].filter((name) => name !== null);
  if (owners.length === 0) return [];
  const opened = [...owners, ...(owner?.sharedMailboxes ?? []).map(({ address }) => address)];
  if (opened.some((address) => sameAddress(address, mailbox))) return [];
  return [{ kind: 'other-mailbox', mailbox, owner: owner?.address ?? user ?? '' }];
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
