import { vi } from 'vitest';

import { GrantStore } from '../standin/identity/grant-store.ts';
import { HttpExchange } from '../standin/identity/http-exchange.ts';
import { TokenMint } from '../standin/identity/token-mint.ts';
import type { StandinPerson } from '../standin/people.ts';

/** What the identity stand-in gave out, or was shown, that nobody else may ever read. */
export interface IssuedSecrets {
  readonly codes: readonly string[];
  readonly refreshTokens: readonly string[];
  readonly accessTokens: readonly string[];
  readonly idTokens: readonly string[];
  /** PKCE's, which only the app knows until it redeems a code. */
  readonly verifiers: readonly string[];
  /** `client_info` of everybody, as MSAL gets it. */
  readonly clientInfos: readonly string[];
}

/**
 * Follows every identity stand-in of this process from now on, since none of them keeps such a list; until Vitest's
 * mocks are restored.
 */
export function followIssuedSecrets(people: readonly StandinPerson[]): { now(): IssuedSecrets } {
  const codes = vi.spyOn(GrantStore.prototype, 'issueCode');
  const refreshTokens = vi.spyOn(GrantStore.prototype, 'issueRefreshToken');
  const accessTokens = vi.spyOn(TokenMint.prototype, 'accessToken');
  const idTokens = vi.spyOn(TokenMint.prototype, 'idToken');
  const forms = vi.spyOn(HttpExchange.prototype, 'readForm');
  const clientInfos = people.map(({ oid, tid }) =>
    Buffer.from(JSON.stringify({ uid: oid, utid: tid })).toString('base64url'),
  );
  return {
    now: () => ({
      codes: codes.mock.results.flatMap(({ type, value }) => (type === 'return' ? [value] : [])),
      refreshTokens: refreshTokens.mock.results.flatMap(({ type, value }) => (type === 'return' ? [value] : [])),
      accessTokens: accessTokens.mock.settledResults.flatMap(({ type, value }) =>
        type === 'fulfilled' ? [value] : [],
      ),
      idTokens: idTokens.mock.settledResults.flatMap(({ type, value }) => (type === 'fulfilled' ? [value] : [])),
      verifiers: forms.mock.settledResults.flatMap(({ type, value }) => {
        const verifier = type === 'fulfilled' ? value?.get('code_verifier') : null;
        return verifier === null || verifier === undefined ? [] : [verifier];
      }),
      clientInfos,
    }),
  };
}

/** All of them in one list. */
export function allOf(secrets: IssuedSecrets): readonly string[] {
  return Object.values(secrets).flat();
}
