import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import type { Language } from '../../electron/main/i18n.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { startBrowser, type TestBrowser } from '../desktop/browser.ts';
import { startDesktopSession } from '../desktop/session.ts';
import type { StandinPerson } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { type HeadlessApp, startHeadlessApp } from '../support/headless-app.ts';
import { HandClock } from './auth-bench.ts';

/** A sign-in whose page is open in a tab. */
export interface OpenSignIn {
  readonly tab: Page;
  /** Where the page was opened. */
  readonly address: URL;
  /** Where the app waits for the answer, e.g. `http://localhost:40123`. */
  readonly returnTo: string;
}

export interface SceneApp extends HeadlessApp {
  readonly clock: HandClock;
  /** Begins a sign-in for a new account and opens its page. */
  openSignIn(): Promise<OpenSignIn>;
  /** Resolves when the sign-in is over and the person's mailbox is watched. */
  untilWatching(person: StandinPerson): Promise<void>;
  /** Resolves with the failed sign-in. */
  untilFailed(): Promise<AppSnapshot['signIn']>;
}

/** Both stand-ins, a real Chromium, and as many apps without a screen as a test wants. */
export interface SignInScene {
  readonly world: World;
  readonly browser: TestBrowser;
  startApp(language?: Language): Promise<SceneApp>;
  openTab(address: string): Promise<Page>;
  /** How many codes were shown to the token endpoint, good or not. */
  codesRedeemed(): number;
  /** Ends the apps, closes the tabs and clears the faults of one test. */
  tidy(): Promise<void>;
  dispose(): Promise<void>;
}

export async function setSignInScene(): Promise<SignInScene> {
  const session = await startDesktopSession({ keyring: 'absent' });
  const [browser, world] = await Promise.all([
    startBrowser(session, 'full'),
    startWorld({ folder: join(session.folder, 'stand-ins') }),
  ]);
  const apps: HeadlessApp[] = [];
  const tabs: Page[] = [];

  async function openTab(address: string): Promise<Page> {
    const tab = await browser.context.newPage();
    tabs.push(tab);
    await tab.goto(address);
    return tab;
  }

  return {
    world,
    browser,
    openTab,
    async startApp(language = 'en') {
      const clock = new HandClock();
      const folder = join(session.folder, `app-${randomUUID()}`);
      const app = await startHeadlessApp({ folder, profile: world.profile, clock, language });
      apps.push(app);
      return {
        ...app,
        clock,
        async openSignIn() {
          const address = new URL(await app.beginSignIn());
          const returnTo = address.searchParams.get('redirect_uri') ?? '';
          return { tab: await openTab(address.href), address, returnTo };
        },
        async untilWatching(person) {
          await app.snapshots.waitFor(
            ({ signIn, accounts }) =>
              signIn.kind === 'idle' &&
              accounts.some(({ address, state }) => address === person.address && state.kind === 'watching'),
          );
        },
        async untilFailed() {
          return (await app.snapshots.waitFor(({ signIn }) => signIn.kind === 'failed')).signIn;
        },
      };
    },
    codesRedeemed: () => world.identity.log.tokenRequestCount('authorization_code'),
    async tidy() {
      await Promise.all([
        ...apps.splice(0).map(({ core }) => core.dispose()),
        ...tabs.splice(0).map((tab) => tab.close()),
      ]);
      world.identity.clearFaults();
    },
    async dispose() {
      await world.dispose();
      await session.dispose();
    },
  };
}

/** What Chromium says where nobody listens any more. */
export const unreachable = 'This site can’t be reached';

/** Goes back or loads anew, and waits for a heading; what can't be shown says so on a page of the browser's own. */
export async function move(tab: Page, how: 'goBack' | 'reload', to: string): Promise<void> {
  await tab[how]().catch((error: unknown) => {
    if (!/ERR_CACHE_MISS|ERR_CONNECTION_REFUSED/u.test(String(error))) throw error;
  });
  await tab.getByRole('heading', { name: to, exact: true }).waitFor();
}

/** Picks the person and consents, in a tab whose app no longer listens. Resolves where the browser says so. */
export async function finishForNobody(tab: Page, person: StandinPerson): Promise<void> {
  const accept = tab.getByRole('button', { name: 'Accept', exact: true });
  const refused = tab.getByRole('heading', { name: unreachable });
  await tab.getByRole('button', { name: person.address }).click();
  await accept.or(refused).waitFor();
  if (await accept.isVisible()) await accept.click();
  await refused.waitFor();
}
