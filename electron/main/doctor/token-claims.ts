import { factsOf } from '../auth/token-facts.ts';
import { readTokenText } from '../auth/token-text.ts';

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

/** Reads without checking: only to explain. A personal account's token is opaque, and says nothing. */
export function readClaims(token: string): TokenClaims {
  const read = readTokenText(token);
  if (read.kind !== 'jwt') return nothing;
  const { audience, objectId, scopes, tenantId, user } = factsOf(read.claims);
  const homeAccountId = objectId === null || tenantId === null ? null : `${objectId}.${tenantId}`;
  return { owner: user, homeAccountId, audience, scopes };
}
