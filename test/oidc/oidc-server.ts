import { generateKeyPair } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';

import type { JSONWebKeySet } from 'jose';
import { Provider } from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';

import type { IssuedCertificate } from '../standin/ca.ts';
import { startLoopbackServer } from '../standin/loopback-server.ts';
import { standinPeople } from '../standin/people.ts';
import type { StandinPerson } from '../standin/people.ts';
import { EventTrail } from '../support/event-trail.ts';
import { oidcConfiguration } from './oidc-configuration.ts';
import type { PersonIds } from './oidc-configuration.ts';

export interface OidcServerOptions {
  /** For `localhost`. */
  readonly tls: IssuedCertificate;
  /** What access tokens are for, e.g. `https://mail.example`. */
  readonly resource: string;
  /** Default `microsoft`, which also puts `client_info` into token answers. */
  readonly ids?: PersonIds;
  /**
   * `microsoft` (default): takes what Tidings asks of Microsoft. `by-the-letter`: refuses `select_account`, which is
   * optional, and gives no refresh token without `prompt=consent`.
   */
  readonly prompts?: 'microsoft' | 'by-the-letter';
}

/** What the provider did or refused. */
export type OidcEvent =
  | { readonly kind: 'code-redeemed' | 'refresh-token-used' | 'tokens-issued' | 'grant-revoked' }
  | { readonly kind: 'refused'; readonly error: string };

/** A certified OpenID provider on this machine, with its own pages: the stand-in's people, with any password. */
export interface OidcServer {
  readonly port: number;
  /** `https://localhost:PORT/common`, as a profile has it. */
  readonly authority: string;
  readonly issuer: string;
  /** What access tokens are signed with. */
  readonly jwks: JSONWebKeySet;
  readonly events: EventTrail<OidcEvent>;
  /** Ends every refresh token. */
  revokeRefreshTokens(): Promise<void>;
  /** Stops listening and cuts every connection at once. */
  dispose(): Promise<void>;
}

/** MSAL looks for the discovery document of an authority below this path of it. */
const mountPath = '/common/v2.0';

/** Starts `oidc-provider` over HTTPS on 127.0.0.1. Its quick-start parts warn on the console as they are made. */
export async function startOidcServer(options: OidcServerOptions): Promise<OidcServer> {
  const { tls, resource, ids = 'microsoft', prompts = 'microsoft' } = options;
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 });
  const about = { kid: 'oidc', use: 'sig', alg: 'RS256' };
  const signingKey = { ...privateKey.export({ format: 'jwk' }), ...about };

  let provider: Provider | null = null;
  const server = await startLoopbackServer({
    tls,
    handle: (request, response) => {
      if (prompts === 'microsoft') takePromptsAsMicrosoft(request);
      mount(request);
      void provider?.callback()(request, response);
    },
  });
  const issuer = `https://localhost:${server.port}${mountPath}`;
  provider = new Provider(issuer, oidcConfiguration({ people: standinPeople, resource, ids, signingKey }));
  if (ids === 'microsoft') addClientInfo(provider, standinPeople);
  const { RefreshToken } = provider;
  const events = new EventTrail<OidcEvent>();
  const grants = followEvents(provider, events);
  return {
    port: server.port,
    authority: `https://localhost:${server.port}/common`,
    issuer,
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), ...about }] },
    events,
    revokeRefreshTokens: async () => {
      await Promise.all([...grants].map((grantId) => RefreshToken.revokeByGrantId(grantId)));
    },
    dispose: () => server.dispose(),
  };
}

/**
 * Microsoft gives a refresh token for `offline_access` alone, where OpenID Connect Core 1.0 section 11 has the provider
 * ignore it without `prompt=consent`; and `select_account` is met by this provider's page to log in, the only one of
 * it that changes the account.
 */
function takePromptsAsMicrosoft(request: IncomingMessage): void {
  const url = new URL(request.url ?? '/', 'https://localhost');
  if (url.pathname !== `${mountPath}/auth`) return;
  url.searchParams.set('prompt', url.searchParams.get('prompt') === 'select_account' ? 'login consent' : 'consent');
  request.url = `${url.pathname}${url.search}`;
}

/** Strips the path that the provider is mounted at, as frameworks do it: `originalUrl` tells it where it is. */
function mount(request: IncomingMessage & { originalUrl?: string }): void {
  const target = request.url ?? '/';
  if (!target.startsWith(`${mountPath}/`)) return;
  request.originalUrl = target;
  request.url = target.slice(mountPath.length);
}

/** MSAL names the account by it: `oid.tid` in the place of the ID token's `sub`. */
function addClientInfo(provider: Provider, people: readonly StandinPerson[]): void {
  provider.use(async (context: Partial<KoaContextWithOIDC>, next) => {
    await next();
    const { oidc } = context;
    if (oidc?.route !== 'token' || context.status !== 200) return;
    const person = people.find(({ address }) => address === oidc.entities.Account?.accountId);
    if (person === undefined) return;
    const info = JSON.stringify({ uid: person.oid, utid: person.tid });
    context.body = { ...Object(context.body), client_info: Buffer.from(info).toString('base64url') };
  });
}

/** The ids of the grants that have refresh tokens. */
function followEvents(provider: Provider, events: EventTrail<OidcEvent>): ReadonlySet<string> {
  const grants = new Set<string>();
  const refused = (_context: unknown, refusal: errors.OIDCProviderError): void => {
    const { error, error_description: description, error_detail: detail } = refusal;
    events.add({ kind: 'refused', error: [error, description, detail].filter(Boolean).join(': ') });
  };
  provider
    .on('authorization_code.consumed', () => {
      events.add({ kind: 'code-redeemed' });
    })
    .on('refresh_token.saved', ({ grantId }) => {
      if (grantId !== undefined) grants.add(grantId);
    })
    .on('refresh_token.consumed', () => {
      events.add({ kind: 'refresh-token-used' });
    })
    .on('grant.success', () => {
      events.add({ kind: 'tokens-issued' });
    })
    .on('grant.revoked', () => {
      events.add({ kind: 'grant-revoked' });
    })
    .on('authorization.error', refused)
    .on('grant.error', refused)
    .on('server_error', (_context, error) => {
      events.add({ kind: 'refused', error: String(error) });
    });
  return grants;
}
