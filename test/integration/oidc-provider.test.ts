import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AccountKey, SignedInPerson } from '../../electron/main/auth/auth-types.ts';
import { silentLog } from '../../electron/main/log.ts';
import { refusalPauseMs } from '../../electron/main/auth/token-service.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { createImapConnector } from '../../electron/main/imap/imap-connection.ts';
import { profileSchema } from '../../electron/main/profile/profile-schema.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { startBrowser, type TestBrowser } from '../desktop/browser.ts';
import { type DesktopSession, startDesktopSession } from '../desktop/session.ts';
import { cancel, consent, logIn, openOidcTab, wants } from '../oidc/oidc-pages.ts';
import { type OidcServer, type OidcServerOptions, startOidcServer } from '../oidc/oidc-server.ts';
import { createThrowAwayCa, type ThrowAwayCa } from '../standin/ca.ts';
import { demoApp } from '../standin/identity/app-registration.ts';
import { type ImapStandin, startImapStandin } from '../standin/imap/imap-standin.ts';
import { ada, lin, sam } from '../standin/people.ts';
import { type Bench, failureOf, type Run, startBench } from './auth-bench.ts';

/** The app's sign-in held to a certified OpenID provider that isn't ours, on that provider's own pages. */

const resource = 'https://mail.example';

let session: DesktopSession;
let browser: TestBrowser;
let ca: ThrowAwayCa;
let caFile: string;
let bench: Bench;
let run: Run;
let tab: Page;
let microsoftLike: OidcServer;
/** Whom the profile names. */
let oidc: OidcServer;
let profile: DeploymentProfile;
/** Of the provider's events, where this test's begin. */
let mark: number;

beforeAll(async () => {
  session = await startDesktopSession({ keyring: 'absent' });
  [browser, ca] = await Promise.all([startBrowser(session), createThrowAwayCa()]);
  caFile = join(session.folder, 'ca.pem');
  writeFileSync(caFile, ca.caPem);
  microsoftLike = await startProvider();
});

afterAll(async () => {
  await microsoftLike.dispose();
  await session.dispose();
});

beforeEach(async () => {
  bench = await startBench();
  bench.clock.instant.add(refusalPauseMs);
  run = bench.start();
  tab = await openOidcTab(browser);
  bench.browser = (url) => tab.goto(url);
  use(microsoftLike);
});

afterEach(async () => {
  await Promise.all([bench.dispose(), tab.close()]);
});

async function startProvider(options: Partial<OidcServerOptions> = {}): Promise<OidcServer> {
  // It warns of the parts that a provider for more than a test should replace.
  const warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const provider = await startOidcServer({ tls: await ca.issue({ hosts: ['localhost'] }), resource, ...options });
  warnings.mockRestore();
  return provider;
}

/** Has the next sign-ins go there, by nothing but what a profile can say. */
function use(provider: OidcServer): void {
  oidc = provider;
  mark = provider.events.mark;
  profile = profileSchema.parse({
    clientId: demoApp.clientId,
    authority: provider.authority,
    knownAuthorities: [`localhost:${provider.port}`],
    resource,
    imap: { host: 'localhost', port: 993 },
    extraCaFile: caFile,
  });
}

function begin(loginHint: string | null = null): Promise<SignedInPerson> {
  const signingIn = run.auth.signIn({ profile, loginHint, signal: new AbortController().signal });
  // It is awaited when the pages are done.
  signingIn.catch(() => undefined);
  return signingIn;
}

/** The whole sign-in of a new account. */
async function signIn(address: string): Promise<AccountKey> {
  const signingIn = begin();
  await logIn(tab, address);
  await consent(tab);
  return { profile, homeAccountId: (await signingIn).homeAccountId };
}

const kinds = (): readonly string[] => oidc.events.all.slice(mark).map(({ kind }) => kind);

describe('with oidc-provider', () => {
  it('signs in, renews with refresh tokens that serve once, also after a restart, and signs out', async () => {
    const signingIn = begin();
    await logIn(tab, ada.address);
    const listed = await wants(tab);
    for (const scope of [`${resource}/IMAP.AccessAsUser.All`, 'profile', 'email', 'offline access']) {
      expect(listed).toContain(scope);
    }
    await consent(tab);
    const person = await signingIn;
    const { address, displayName } = ada;
    expect(person).toEqual({ homeAccountId: `${ada.oid}.${ada.tid}`, address, displayName });
    await tab.getByText('well done').waitFor();

    const account = { profile, homeAccountId: person.homeAccountId };
    const first = await run.auth.acquireToken(account, { forceRefresh: false });
    expect(first.expiresAt).toBeGreaterThan(Date.now() + 3_000_000);
    expect(kinds()).toEqual(['code-redeemed', 'tokens-issued']);
    const second = await run.auth.acquireToken(account, { forceRefresh: true });
    const restarted = bench.start();
    const third = await restarted.auth.acquireToken(account, { forceRefresh: true });
    expect(new Set([first.token, second.token, third.token]).size).toBe(3);
    const renewal = ['refresh-token-used', 'tokens-issued'];
    expect(kinds()).toEqual(['code-redeemed', 'tokens-issued', ...renewal, ...renewal]);

    const kept = (): string => [...bench.keyring.texts.values()].join('\n');
    expect(kept()).toContain(ada.oid);
    await restarted.auth.removeAccount(account);
    expect(kept()).not.toContain(ada.oid);
    const failure = await failureOf(restarted.auth.acquireToken(account, { forceRefresh: false }));
    expect(failure.info.code).toBe('sign-in-expired');
    expect(kinds()).toHaveLength(6);
  });

  it('gives tokens that open the own mailbox and no other', async () => {
    const imap: ImapStandin = await startImapStandin({
      tls: await ca.issue({ hosts: ['localhost'] }),
      // This provider's keys and name, in the place of the identity stand-in's.
      jwks: oidc.jwks,
      issuer: oidc.issuer,
      audiences: [resource],
      people: [ada, lin],
    });
    try {
      imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'Lunch' });
      const account = await signIn(ada.address);
      const { token } = await run.auth.acquireToken(account, { forceRefresh: true });
      const open = createImapConnector({ clock: systemClock, clientVersion: '0.0.0' });
      const mailbox = (user: string): Parameters<typeof open>[0] => ({
        endpoint: { host: imap.host, port: imap.port },
        credentials: { user, accessToken: token },
        ca: [ca.caPem],
        mailbox: 'INBOX',
        signal: new AbortController().signal,
        onChange: () => {},
        onClose: () => {},
        onAuthenticated: () => {},
        log: silentLog,
      });
      const own = await open(mailbox(ada.address));
      expect(await own.countUnseen([])).toMatchObject({ unseen: 1 });
      await own.logout(5_000);
      await expect(open(mailbox(lin.address))).rejects.toThrow();
      expect(imap.counts).toMatchObject({ logins: 1, refusedLogins: 1 });
    } finally {
      await imap.dispose();
    }
  });

  it('asks to sign in again when the grant is gone, and then for no password', async () => {
    const account = await signIn(sam.address);
    await oidc.revokeRefreshTokens();
    const failure = await failureOf(run.auth.acquireToken(account, { forceRefresh: true }));
    expect(failure).toMatchObject({ info: { code: 'sign-in-expired' }, remedy: { kind: 'interactive' } });
    const again = begin(sam.address);
    await consent(tab);
    expect((await again).homeAccountId).toBe(account.homeAccountId);
    expect((await run.auth.acquireToken(account, { forceRefresh: true })).token).toMatch(/^eyJ/u);
  });

  it('says that consent was refused, on the page too', async () => {
    const signingIn = begin();
    await logIn(tab, lin.address);
    await cancel(tab);
    expect((await failureOf(signingIn)).info.code).toBe('consent-refused');
    await tab.getByText('not done').waitFor();
    expect(bench.keyring.texts.size).toBe(0);
  });

  it('is refused without PKCE, which the provider insists on', async () => {
    bench.browser = (url) => {
      const stripped = new URL(url);
      for (const name of ['code_challenge', 'code_challenge_method']) stripped.searchParams.delete(name);
      return tab.goto(stripped.href);
    };
    const { info } = await failureOf(begin());
    expect(info).toMatchObject({ code: 'sign-in-refused', detail: expect.stringContaining('PKCE') });
  });

  it('needs no ids of Microsoft’s: the account is then named by `sub`', async () => {
    const plain = await startProvider({ ids: 'sub-only' });
    try {
      use(plain);
      const account = await signIn(lin.address);
      expect(account.homeAccountId).toBe(lin.address);
      const first = await run.auth.acquireToken(account, { forceRefresh: false });
      const renewed = await run.auth.acquireToken(account, { forceRefresh: true });
      expect(renewed.token).not.toBe(first.token);
      expect(kinds().filter((kind) => kind === 'refresh-token-used')).toHaveLength(1);
    } finally {
      await plain.dispose();
    }
  });

  it('says what a provider refuses that cannot let the person choose an account', async () => {
    const strict = await startProvider({ prompts: 'by-the-letter' });
    try {
      use(strict);
      const { info } = await failureOf(begin());
      expect(info).toMatchObject({ code: 'sign-in-refused', detail: 'unsupported prompt value requested' });
    } finally {
      await strict.dispose();
    }
  });
});
