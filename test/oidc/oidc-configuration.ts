import { randomBytes } from 'node:crypto';

import type { AccountClaims, Configuration, JWK } from 'oidc-provider';

import { demoApp } from '../standin/identity/app-registration.ts';
import type { StandinPerson } from '../standin/people.ts';

const hourSeconds = 3_600;

/** What ID tokens name a person by: Microsoft's ids of user and tenant too, or OpenID's `sub` alone. */
export type PersonIds = 'microsoft' | 'sub-only';

/** What the configuration is made for. */
export interface OidcConfigurationOptions {
  readonly people: readonly StandinPerson[];
  /** Private, RS256. */
  readonly signingKey: JWK;
  /** What access tokens are for. */
  readonly resource: string;
  readonly ids: PersonIds;
}

/**
 * A provider with one native public client, which has to use PKCE, and refresh tokens that serve once. Where the
 * standards leave a choice it is Microsoft's: the mail scope belongs to a resource that no `resource` parameter names,
 * the ID token itself says who the person is, and access tokens are JWTs.
 */
export function oidcConfiguration(options: OidcConfigurationOptions): Configuration {
  const { people, resource, ids, signingKey } = options;
  const find = (address: string): StandinPerson | undefined => people.find((person) => person.address === address);
  return {
    clients: [
      {
        client_id: demoApp.clientId,
        client_name: demoApp.name,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        // With whatever port: RFC 8252 section 7.3.
        redirect_uris: [...demoApp.redirectUris],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [signingKey] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: { openid: ['sub', 'oid', 'tid'], profile: ['name', 'preferred_username'], email: ['email'] },
    // By the letter these claims are for the userinfo endpoint, which MSAL doesn't ask.
    conformIdTokenClaims: false,
    findAccount: (_context, address) => {
      const person = find(address);
      return person === undefined ? undefined : { accountId: address, claims: () => claimsOf(person, ids) };
    },
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        // MSAL asks for OpenID's scopes too, and by the letter the token would then be one for userinfo.
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: `${resource}/IMAP.AccessAsUser.All`,
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        // RFC 9068 has `at+jwt` and `scope`; Microsoft's tokens, and the mail servers that take them, `JWT` and `scp`.
        jwt: (_context, token, parts) => {
          const person = 'accountId' in token ? find(token.accountId) : undefined;
          if (person === undefined) return;
          parts.header = { ...parts.header, typ: 'JWT' };
          const scp = (token.scope ?? '').replaceAll(`${resource}/`, '');
          parts.payload = { ...parts.payload, scp, upn: person.address };
        },
      },
    },
    ttl: {
      AccessToken: hourSeconds,
      AuthorizationCode: 60,
      IdToken: hourSeconds,
      RefreshToken: 24 * hourSeconds,
      Interaction: hourSeconds,
      Session: 24 * hourSeconds,
      Grant: 24 * hourSeconds,
    },
  };
}

function claimsOf({ address, displayName, oid, tid }: StandinPerson, ids: PersonIds): AccountClaims {
  const claims = { sub: address, name: displayName, preferred_username: address, email: address };
  return ids === 'microsoft' ? { ...claims, oid, tid } : claims;
}
