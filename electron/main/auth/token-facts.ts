import type { TokenCloud, TokenFacts } from '../../shared/token-report.ts';
import { cleanText } from '../clean-text.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Most graphemes kept of one claim: no address, id or name of a service is longer. */
const maxClaimLength = 320;
/** Most scopes and roles kept; Microsoft's tokens have one to a few dozen. */
const maxNames = 60;
/** The last ms that a Date can be. */
const maxDateMs = 8.64e15;

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** Exchange Online's own app id, which version 2 tokens may name in the place of an address. */
export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';

/** Microsoft's hosts in audiences and issuers, by cloud (docs/examples, and Microsoft's page on national clouds). */
const cloudHosts: readonly (readonly [TokenCloud, RegExp])[] = [
  ['us-government', /(?:\.|^)(?:microsoftonline\.us|office365\.us|office\.us|microsoft\.us|azure\.us|apps\.mil)$/u],
  ['china', /(?:\.|^)(?:partner\.outlook\.cn|chinacloudapi\.cn|partner\.microsoftonline\.cn)$/u],
  ['public', /(?:\.|^)(?:office\.com|office365\.com|microsoftonline\.com|windows\.net|graph\.microsoft\.com)$/u],
];

/** What the claims of a JWT say, as far as they are texts, names and times. Forged ones may say anything. */
export function factsOf(claims: Claims): TokenFacts {
  const audience = textOf(claims, 'aud') ?? firstOf(claims['aud']);
  const issuer = textOf(claims, 'iss');
  const scopes = namesOf(claims['scp'] ?? claims['scope']);
  const roles = namesOf(claims['roles']);
  const appId = textOf(claims, 'appid') ?? textOf(claims, 'azp');
  const idtyp = textOf(claims, 'idtyp');
  const isIdToken = saysWhoOnly(claims, { audience, appId, idtyp, names: scopes.length + roles.length });
  return {
    kind: isIdToken ? 'id-token' : 'access-token',
    subject: subjectOf(claims, { idtyp, scopes, roles, isIdToken }),
    audience,
    scopes,
    roles,
    idtyp,
    appId,
    tenantId: textOf(claims, 'tid'),
    objectId: textOf(claims, 'oid'),
    user: userOf(claims),
    issuer,
    version: textOf(claims, 'ver'),
    cloud: cloudOf(audience) ?? cloudOf(issuer),
    issuedAt: timeOf(claims['iat']),
    notBefore: timeOf(claims['nbf']),
    expiresAt: timeOf(claims['exp']),
  };
}

/** The host of an audience or issuer, in lower case; null where it is no address. */
export function hostOf(text: string | null): string | null {
  return text !== null && URL.canParse(text) ? new URL(text).hostname.toLowerCase() : null;
}

function userOf(claims: Claims): string | null {
  const names = ['upn', 'preferred_username', 'unique_name', 'email'];
  return names.map((name) => textOf(claims, name)).find((text) => text !== null) ?? null;
}

/** An ID token is for the app itself, so its audience is a client id, and it allows nothing. */
function saysWhoOnly(
  claims: Claims,
  known: { audience: string | null; appId: string | null; idtyp: string | null; names: number },
): boolean {
  const { audience, appId, idtyp, names } = known;
  if (names > 0 || idtyp !== null || audience === exchangeAppId) return false;
  if (textOf(claims, 'nonce') !== null) return true;
  return audience !== null && guid.test(audience) && (appId === null || appId === audience);
}

function subjectOf(
  claims: Claims,
  known: { idtyp: string | null; scopes: readonly string[]; roles: readonly string[]; isIdToken: boolean },
): TokenFacts['subject'] {
  const idtyp = known.idtyp?.toLowerCase();
  if (idtyp === 'app') return 'app';
  if (idtyp === 'user' || known.scopes.length > 0 || known.isIdToken) return 'person';
  // A service principal is its own subject, and has no name to sign in with; a person's subject differs by app.
  const oid = textOf(claims, 'oid');
  const isOwnSubject = oid !== null && oid === textOf(claims, 'sub');
  if (userOf(claims) !== null) return 'person';
  return isOwnSubject || known.roles.length > 0 ? 'app' : 'unknown';
}

function cloudOf(address: string | null): TokenCloud | null {
  const host = hostOf(address);
  return host === null ? null : (cloudHosts.find(([, hosts]) => hosts.test(host))?.[0] ?? null);
}

function textOf(claims: Claims, name: string): string | null {
  const value = claims[name];
  const text = typeof value === 'string' ? cleanText(value, maxClaimLength) : '';
  return text === '' ? null : text;
}

/** RFC 7519 section 4.1.3 allows several audiences; Microsoft writes one. */
function firstOf(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : null;
  return typeof first === 'string' ? cleanText(first, maxClaimLength) : null;
}

/** Names parted by blanks (RFC 8693 section 4.2) or in a list. */
function namesOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  return all
    .slice(0, maxNames)
    .map((name) => (typeof name === 'string' ? cleanText(name, maxClaimLength) : ''))
    .filter((name) => name !== '');
}

function timeOf(seconds: unknown): number | null {
  const ms = typeof seconds === 'number' ? Math.round(seconds * 1000) : Number.NaN;
  return Math.abs(ms) <= maxDateMs ? ms : null;
}
