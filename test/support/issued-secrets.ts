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

/** What {@link followIssuedSecrets} has heard. */
export interface SecretTrail {
  /** All since the beginning. */
  now(): IssuedSecrets;
  /** Leaves the stand-ins as they were. */
  stop(): void;
}

/**
 * Follows every identity stand-in of this process from now on, since none of them keeps such a list. It keeps one of its
 * own: Vitest forgets between two tests what its spies have seen.
 */
export function followIssuedSecrets(people: readonly StandinPerson[]): SecretTrail {
  const codes: string[] = [];
  const refreshTokens: string[] = [];
  const accessTokens: string[] = [];
  const idTokens: string[] = [];
  const verifiers: string[] = [];
  const clientInfos = people.map(({ oid, tid }) =>
    Buffer.from(JSON.stringify({ uid: oid, utid: tid })).toString('base64url'),
  );
  const into = (list: string[]) => (value: unknown) => {
    list.push(String(value));
  };
  const stops = [
    listen(GrantStore.prototype, 'issueCode', into(codes)),
    listen(GrantStore.prototype, 'issueRefreshToken', into(refreshTokens)),
    listen(TokenMint.prototype, 'accessToken', into(accessTokens)),
    listen(TokenMint.prototype, 'idToken', into(idTokens)),
    listen(HttpExchange.prototype, 'readForm', (form) => {
      const verifier = form instanceof URLSearchParams ? form.get('code_verifier') : null;
      if (verifier !== null) verifiers.push(verifier);
    }),
  ];
  return {
    now: () => ({
      codes: [...codes],
      refreshTokens: [...refreshTokens],
      accessTokens: [...accessTokens],
      idTokens: [...idTokens],
      verifiers: [...verifiers],
      clientInfos,
    }),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

/** Has `heard` told what a method of every such object gives, at the moment it does; the answer ends that. */
function listen(prototype: object, name: string, heard: (value: unknown) => void): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  const method: unknown = own?.value;
  if (own === undefined || typeof method !== 'function') throw new Error(`No method ${name} to listen to`);
  const listening = function (this: unknown, ...args: readonly unknown[]): unknown {
    const given: unknown = Reflect.apply(method, this, args);
    if (!(given instanceof Promise)) {
      heard(given);
      return given;
    }
    return given.then((value: unknown) => {
      heard(value);
      return value;
    });
  };
  Object.defineProperty(prototype, name, { ...own, value: listening });
  return () => {
    Object.defineProperty(prototype, name, own);
  };
}

/** All of them in one list. */
export function allOf(secrets: IssuedSecrets): readonly string[] {
  return Object.values(secrets).flat();
}
