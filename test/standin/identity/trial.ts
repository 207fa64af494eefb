import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { PublicClientApplication } from '@azure/msal-node';
import type { AccountInfo, AuthenticationResult } from '@azure/msal-node';

import { createThrowAwayCa } from '../ca.ts';
import type { StandinPerson } from '../people.ts';
import { demoApp } from './app-registration.ts';
import { trustingNetworkModule } from './https-client.ts';
import { startIdentityStandin } from './identity-standin.ts';
import type { IdentityStandin, IdentityStandinOptions } from './identity-standin.ts';
import { walkSignIn } from './page-walker.ts';
import type { WalkedPage } from './page-walker.ts';

/** The scope that opens mailboxes. */
export const IMAP_SCOPE = 'https://outlook.office.com/IMAP.AccessAsUser.All';

/** An identity stand-in of a test's own, and the CA that it is to be trusted by. */
export interface Trial {
  readonly identity: IdentityStandin;
  readonly caPem: string;
}

/** Somebody signed in with real MSAL, whose cache is in memory. */
export interface SignedIn {
  readonly app: PublicClientApplication;
  readonly account: AccountInfo;
  /** A token by the refresh token, never from the cache. */
  readonly renew: () => Promise<AuthenticationResult>;
  /** The refresh token in MSAL's cache. */
  readonly refreshToken: () => string;
}

export async function startTrial(options: Omit<IdentityStandinOptions, 'tls'> = {}): Promise<Trial> {
  const ca = await createThrowAwayCa();
  const identity = await startIdentityStandin({ ...options, tls: await ca.issue({ hosts: ['localhost'] }) });
  return { identity, caPem: ca.caPem };
}

/** Real MSAL, set up for the trial's stand-in. */
export function createMsal(
  trial: Trial,
  settings: { clientId?: string; tenant?: string } = {},
): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: settings.clientId ?? demoApp.clientId,
      authority: `${trial.identity.origin}/${settings.tenant ?? 'common'}`,
      knownAuthorities: [`localhost:${trial.identity.port}`],
    },
    system: { networkClient: trustingNetworkModule(trial.caPem) },
  });
}

/** The interactive flow with `walk` in the browser's place. */
export function signInBy(
  app: PublicClientApplication,
  walk: (url: string) => Promise<unknown>,
): Promise<AuthenticationResult> {
  return app.acquireTokenInteractive({
    scopes: [IMAP_SCOPE, 'offline_access', 'openid', 'profile', 'email'],
    prompt: 'select_account',
    openBrowser: async (url) => {
      await walk(url);
    },
  });
}

/**
 * A sign-in that ends on a page: MSAL's listener hears nothing until the person gives up. Resolves with that page;
 * rejects when MSAL was told something after all.
 */
export async function signInToDeadEnd(
  app: PublicClientApplication,
  walk: (url: string) => Promise<WalkedPage>,
): Promise<WalkedPage> {
  const given = new Error('The person gave up.');
  const seen: WalkedPage[] = [];
  try {
    await signInBy(app, async (url) => {
      seen.push(await walk(url));
      throw given;
    });
  } catch (error) {
    const [page] = seen;
    if (error === given && page !== undefined) return page;
    throw error;
  }
  throw new Error('MSAL signed somebody in.');
}

export async function signInAs(trial: Trial, person: StandinPerson): Promise<SignedIn> {
  const app = createMsal(trial);
  const { account } = await signInBy(app, (url) => walkSignIn(url, person));
  if (account === null) throw new Error('MSAL gave no account.');
  return {
    app,
    account,
    renew: () => app.acquireTokenSilent({ account, scopes: [IMAP_SCOPE], forceRefresh: true }),
    refreshToken: () => {
      const cache = JSON.parse(app.getTokenCache().serialize()) as { RefreshToken: Record<string, { secret: string }> };
      const [entry] = Object.values(cache.RefreshToken);
      if (entry === undefined) throw new Error('There is no refresh token in the cache.');
      return entry.secret;
    },
  };
}

/** A loopback listener as an app has one. Keeps the first form that it is sent, then closes. */
export async function listenForAnswer(): Promise<{ redirectUri: string; answer: Promise<URLSearchParams> }> {
  const server = createServer();
  const answer = new Promise<URLSearchParams>((resolve) => {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (piece: string) => (body += piece));
      request.on('end', () => {
        response.end('<h1>Heard</h1>');
        resolve(new URLSearchParams(body));
        server.close();
      });
    });
  });
  await new Promise<void>((listening, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listener has no TCP port.');
  return { redirectUri: `http://localhost:${address.port}`, answer };
}
