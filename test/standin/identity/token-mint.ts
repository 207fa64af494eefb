import { createHash, randomUUID } from 'node:crypto';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JSONWebKeySet, JWTPayload } from 'jose';

import type { StandinPerson } from '../people.ts';
import type { AppRegistration } from './app-registration.ts';

/** How a token made for a test differs from a right one. */
export interface TokenOverrides {
  /** Seconds from now to its end; negative for an expired one. */
  readonly expiresInSeconds?: number;
  readonly audience?: string;
  /** The `scp` claim; null leaves it out. */
  readonly scope?: string | null;
  /** The `upn` claim: whose mailbox it opens. */
  readonly upn?: string;
  /** `foreign` signs with a key that isn't in the key set, under the same key id. */
  readonly signature?: 'own' | 'foreign';
  /** Further claims, over all others. */
  readonly claims?: JWTPayload;
}

/** What an access token for a person is made from. */
export interface AccessTokenRequest {
  readonly person: StandinPerson;
  readonly app: AppRegistration;
  readonly resource: string;
  readonly scopeNames: readonly string[];
  readonly lifetimeSeconds: number;
  readonly overrides?: TokenOverrides;
}

export interface IdTokenRequest {
  readonly person: StandinPerson;
  readonly app: AppRegistration;
  readonly identityScopes: readonly string[];
  readonly nonce: string | null;
}

/** The opaque value that an ID token offers for a later `login_hint`. */
export function loginHintOf(person: StandinPerson): string {
  return `O.${Buffer.from(`${person.oid}@${person.tid}`).toString('base64url')}`;
}

/** Signs tokens (RS256) with keys made anew for each stand-in. */
export class TokenMint {
  readonly jwks: JSONWebKeySet;
  readonly #origin: () => string;
  readonly #now: () => number;
  readonly #key: CryptoKey;
  readonly #kid: string;
  #foreignKey: Promise<CryptoKey> | null = null;

  private constructor(key: CryptoKey, jwks: JSONWebKeySet, kid: string, origin: () => string, now: () => number) {
    this.#key = key;
    this.jwks = jwks;
    this.#kid = kid;
    this.#origin = origin;
    this.#now = now;
  }

  /** `origin` of the issuer, asked for at each token; `now` in ms since the epoch. */
  static async create(origin: () => string, now: () => number): Promise<TokenMint> {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const kid = randomUUID().replaceAll('-', '');
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' }] };
    return new TokenMint(privateKey, jwks, kid, origin, now);
  }

  /** A token that stands for a person. `typ` is `JWT`, as in Microsoft's own; some servers refuse `at+jwt`. */
  async accessToken(request: AccessTokenRequest): Promise<string> {
    const { person, app, overrides = {} } = request;
    const scope = overrides.scope === undefined ? request.scopeNames.join(' ') : overrides.scope;
    return this.#sign(
      {
        aud: overrides.audience ?? request.resource,
        iss: this.issuer(person.tid),
        ...this.#times(overrides.expiresInSeconds ?? request.lifetimeSeconds),
        appid: app.clientId,
        app_displayname: app.name,
        idtyp: 'user',
        name: person.displayName,
        oid: person.oid,
        sub: pairwiseSubject(person, request.resource),
        tid: person.tid,
        upn: overrides.upn ?? person.address,
        unique_name: person.address,
        ver: '1.0',
        ...(scope === null ? {} : { scp: scope }),
        ...overrides.claims,
      },
      overrides.signature ?? 'own',
    );
  }

  /** A token that stands for an app: `roles` in the place of `scp`, where it was granted any, and no person in it. */
  async appOnlyToken(
    app: AppRegistration,
    resource: string,
    tid: string,
    lifetimeSeconds: number,
    roles: readonly string[] = ['IMAP.AccessAsApp'],
  ): Promise<string> {
    return this.#sign({
      aud: resource,
      iss: this.issuer(tid),
      ...this.#times(lifetimeSeconds),
      appid: app.clientId,
      app_displayname: app.name,
      idtyp: 'app',
      oid: app.servicePrincipalId,
      sub: app.servicePrincipalId,
      ...(roles.length === 0 ? {} : { roles: [...roles] }),
      tid,
      ver: '1.0',
    });
  }

  async idToken({ person, app, identityScopes, nonce }: IdTokenRequest): Promise<string> {
    const profile = { name: person.displayName, preferred_username: person.address, oid: person.oid };
    return this.#sign({
      aud: app.clientId,
      iss: this.issuer(person.tid),
      ...this.#times(3600),
      sub: pairwiseSubject(person, app.clientId),
      tid: person.tid,
      login_hint: loginHintOf(person),
      ver: '2.0',
      ...(identityScopes.includes('profile') ? profile : {}),
      ...(identityScopes.includes('email') ? { email: person.address } : {}),
      ...(nonce === null ? {} : { nonce }),
    });
  }

  issuer(tid: string): string {
    return `${this.#origin()}/${tid}/v2.0`;
  }

  #times(lifetimeSeconds: number): { iat: number; nbf: number; exp: number } {
    const now = Math.floor(this.#now() / 1000);
    // An expired token was valid once: it began before it ended.
    const iat = Math.min(now, now + lifetimeSeconds - 1);
    return { iat, nbf: iat, exp: now + lifetimeSeconds };
  }

  async #sign(claims: JWTPayload, signature: 'own' | 'foreign' = 'own'): Promise<string> {
    const key = signature === 'own' ? this.#key : await this.#foreign();
    return new SignJWT({ ...claims, uti: randomUUID() })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: this.#kid })
      .sign(key);
  }

  #foreign(): Promise<CryptoKey> {
    this.#foreignKey ??= generateKeyPair('RS256').then(({ privateKey }) => privateKey);
    return this.#foreignKey;
  }
}

function pairwiseSubject(person: StandinPerson, audience: string): string {
  return createHash('sha256').update(`${person.oid}/${audience}`).digest('base64url');
}
