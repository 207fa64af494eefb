import { cleanText } from '../clean-text.ts';

/** What a token says of itself, where it can be read; text is cleaned. */
export interface TokenClaims {
  /** Whose it is: `upn` and its like. */
  readonly owner: string | null;
  /** `oid.tid`, as MSAL names an account. */
  readonly homeAccountId: string | null;
  readonly audience: string | null;
  readonly scopes: readonly string[];
}

const nothing: TokenClaims = { owner: null, homeAccountId: null, audience: null, scopes: [] };
const maxClaim = 320;
const maxScopes = 20;

/** Reads without checking: only to explain. A personal account's token is opaque, and says nothing. */
export function readClaims(token: string): TokenClaims {
  const claims = decode(token.split('.')[1] ?? '');
  if (claims === null) return nothing;
  const text = (name: string): string | null => {
    const value = claims[name];
    return typeof value === 'string' && value !== '' ? cleanText(value, maxClaim) : null;
  };
  const oid = text('oid');
  const tid = text('tid');
  return {
    owner: text('upn') ?? text('preferred_username') ?? text('unique_name'),
    homeAccountId: oid === null || tid === null ? null : `${oid}.${tid}`,
    audience: text('aud'),
    scopes: (text('scp') ?? '')
      .split(' ')
      .filter((scope) => scope !== '')
      .slice(0, maxScopes),
  };
}

function decode(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
