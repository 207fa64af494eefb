import { CONSUMERS_TENANT } from '../people.ts';

/** The fields of Microsoft's discovery document that a client reads (OpenID Connect Discovery 1.0 section 3). */
export function discoveryDocument(tenant: string, origin: string, pageOrigin: string): Record<string, unknown> {
  const base = `${origin}/${tenant}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${origin}/${issuerTenant(tenant)}/v2.0`,
    // Plain HTTP, so that the page opens in anybody's browser without a certificate warning; MSAL takes it.
    authorization_endpoint: `${pageOrigin}/${tenant}/oauth2/v2.0/authorize`,
    code_challenge_methods_supported: ['S256'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'oid', 'email'],
  };
}

/** The shared endpoints have no issuer of their own: Microsoft leaves a gap in its place. */
function issuerTenant(tenant: string): string {
  if (tenant === 'common' || tenant === 'organizations') return '{tenantid}';
  return tenant === 'consumers' ? CONSUMERS_TENANT : tenant;
}
