import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';

import { waitLimitMs } from './conditions.ts';
import { type BrowserBuild, findBrowser } from './find-browser.ts';
import { writeLauncher } from './ordinary-user.ts';
import type { DesktopSession } from './session.ts';
import { withSpawned } from './spawned-process.ts';

/** Keeps the browser from talking to anybody but this machine: its maker's services, DNS, component updates. */
const offline = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--disable-gpu',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** A real browser in which a test is the person. */
export interface TestBrowser {
  readonly context: BrowserContext;
  /** Opens a page; resolves when it is loaded. */
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Starts the machine's Chromium without a window, as the session's user, with its sandbox on and a new profile, asking
 * for pages in English.
 * @param build default `headless`; `full` where signing in is what is tested
 */
export async function startBrowser(session: DesktopSession, build: BrowserBuild = 'headless'): Promise<TestBrowser> {
  const profile = session.makeFolder(`browser-${process.hrtime.bigint()}`);
  const launcher = writeLauncher(join(session.programs, 'launch-browser'), findBrowser(build), session.user);
  const launch = (): Promise<BrowserContext> =>
    chromium.launchPersistentContext(profile, {
      executablePath: launcher,
      chromiumSandbox: true,
      headless: true,
      env: { ...session.env },
      args: [...offline],
      locale: 'en',
      timeout: waitLimitMs,
    });
  // It leads a process group, which its children stay in after they've overwritten the environment with the mark.
  const adopt = ({ pid }: ChildProcess): void => {
    if (pid !== undefined) session.adopt(pid);
  };
  const context = await withSpawned(launcher, adopt, launch);
  context.setDefaultTimeout(waitLimitMs);
  return {
    context,
    open: async (url) => {
      const page = context.pages().find((candidate) => candidate.url() === 'about:blank') ?? (await context.newPage());
      await page.goto(url);
      return page;
    },
    close: () => context.close(),
  };
}
