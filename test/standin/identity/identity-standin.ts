import type { JSONWebKeySet } from 'jose';

import type { IssuedCertificate } from '../ca.ts';
import { startLoopbackServer } from '../loopback-server.ts';
import { standinPeople } from '../people.ts';
import type { StandinPerson } from '../people.ts';
import { daemonApp, demoApp, knownTenants } from './app-registration.ts';
import type { AppRegistration } from './app-registration.ts';
import { FaultBoard } from './faults.ts';
import type { IdentityFault, OrderedFault } from './faults.ts';
import { GrantStore } from './grant-store.ts';
import type { IdentityContext } from './identity-context.ts';
import { RequestLog } from './request-log.ts';
import { handlePages, handlePrograms } from './routes.ts';
import { TokenMint } from './token-mint.ts';
import type { TokenOverrides } from './token-mint.ts';

export interface IdentityStandinOptions {
  /** For `host`. */
  readonly tls: IssuedCertificate;
  /** Default: the three ready ones. */
  readonly people?: readonly StandinPerson[];
  /** Default: the demo's own app, and a server's app with a secret. */
  readonly apps?: readonly AppRegistration[];
  /** Seconds; default 3,600. MSAL serves nothing from its cache that has 300 s or less to live. */
  readonly accessTokenLifetimeSeconds?: number;
  /** What it calls itself, to programs only: pages stay at `localhost`, which a browser finds. Default: `localhost`. */
  readonly host?: string;
  /** HTTPS; default any free one. */
  readonly port?: number;
  /** Plain HTTP, for the pages; default any free one. */
  readonly pagePort?: number;
  /** ms since the epoch. */
  readonly now?: () => number;
}

/** An identity provider on this machine that MSAL takes for Microsoft's. */
export interface IdentityStandin {
  /** Of HTTPS: discovery, keys, tokens. */
  readonly port: number;
  /** `https://localhost:PORT` unless it has another name, the base of every authority. */
  readonly origin: string;
  /** `http://localhost:PORT` of the sign-in pages. */
  readonly pageOrigin: string;
  /** `https://localhost:PORT/common`. */
  readonly authority: string;
  readonly people: readonly StandinPerson[];
  /** What access tokens are signed with. */
  readonly jwks: JSONWebKeySet;
  /** Every request so far, and the way to wait for one. */
  readonly log: Pick<RequestLog, 'requests' | 'tokenRequestCount' | 'waitFor'>;
  /** A fault for the next request it fits, for `times` of them, or until cleared. */
  order(fault: IdentityFault, times?: number | 'until-cleared'): OrderedFault;
  clearFaults(): void;
  /** Ends refresh tokens as a password reset does; without an address, everybody's. */
  revokeRefreshTokens(address?: string): void;
  /** The next sign-in of the person shows the consent page again. */
  forgetConsent(person: StandinPerson): void;
  /** From now on nobody of the tenant can consent by themselves, until an administrator approved on the page for it. */
  requireAdminApproval(tid: string): void;
  /** For tokens issued from now on. */
  setAccessTokenLifetime(seconds: number): void;
  /** Makes people's access tokens differ from right ones, from the next one given out on; `{}` for right ones again. */
  setTokenOverrides(overrides: TokenOverrides): void;
  /** A token made for a test, without a sign-in: right unless overridden. */
  issueToken(person: StandinPerson, overrides?: TokenOverrides): Promise<string>;
  /** An app-only token as `client_credentials` gives it, with or without roles that an administrator granted. */
  issueAppOnlyToken(tid: string, roles?: readonly string[]): Promise<string>;
  /** Stops listening and cuts every connection at once. */
  dispose(): Promise<void>;
}

/** Starts the identity stand-in on 127.0.0.1: HTTPS for programs, plain HTTP for the pages a person sees. */
export async function startIdentityStandin(options: IdentityStandinOptions): Promise<IdentityStandin> {
  const now = options.now ?? Date.now;
  const people = options.people ?? standinPeople;
  const log = new RequestLog(now);
  let lifetimeSeconds = options.accessTokenLifetimeSeconds ?? 3600;
  let tokenOverrides: TokenOverrides = {};
  let origin = '';
  let pageOrigin = '';
  const context: IdentityContext = {
    people,
    apps: options.apps ?? [demoApp, daemonApp],
    tenants: knownTenants(people),
    grants: new GrantStore(now),
    mint: await TokenMint.create(() => origin, now),
    faults: new FaultBoard(),
    now,
    accessTokenLifetimeSeconds: () => lifetimeSeconds,
    tokenOverrides: () => tokenOverrides,
    origin: () => origin,
    pageOrigin: () => pageOrigin,
  };
  const programs = await startLoopbackServer({
    handle: handlePrograms(context, log),
    tls: options.tls,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  origin = `https://${options.host ?? 'localhost'}:${programs.port}`;
  const pages = await startLoopbackServer({
    handle: handlePages(context, log),
    ...(options.pagePort === undefined ? {} : { port: options.pagePort }),
  }).catch(async (error: unknown) => {
    await programs.dispose();
    throw error;
  });
  pageOrigin = `http://localhost:${pages.port}`;
  return {
    port: programs.port,
    origin,
    pageOrigin,
    authority: `${origin}/common`,
    people,
    jwks: context.mint.jwks,
    log,
    order: (fault, times) => context.faults.order(fault, times),
    clearFaults: () => {
      context.faults.clearAll();
    },
    revokeRefreshTokens: (address) => {
      context.grants.revokeRefreshTokens(address);
    },
    forgetConsent: (person) => {
      context.grants.forgetConsent(person);
    },
    requireAdminApproval: (tid) => {
      context.grants.requireApproval(tid);
    },
    setAccessTokenLifetime: (seconds) => {
      lifetimeSeconds = seconds;
    },
    setTokenOverrides: (overrides) => {
      tokenOverrides = overrides;
    },
    issueToken: (person, overrides = {}) =>
      context.mint.accessToken({
        person,
        app: demoApp,
        resource: 'https://outlook.office.com',
        scopeNames: ['IMAP.AccessAsUser.All'],
        lifetimeSeconds,
        overrides,
      }),
    issueAppOnlyToken: (tid, roles) =>
      context.mint.appOnlyToken(daemonApp, 'https://outlook.office.com', tid, lifetimeSeconds, roles),
    dispose: async () => {
      log.dispose();
      await Promise.all([programs.dispose(), pages.dispose()]);
    },
  };
}
