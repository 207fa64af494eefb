import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { resolveElectronRuntime } from '../../scripts/lib/electron-runtime.mjs';
import {
  type AppProgram,
  type DrivenApp,
  type LaunchOptions,
  launchApp,
  type RunningApp,
  startApp,
} from '../desktop/app.ts';
import { startBrowser, type TestBrowser } from '../desktop/browser.ts';
import { type Desktop, type DesktopOptions, startDesktop } from '../desktop/desktop.ts';
import type { BrowserBuild } from '../desktop/find-browser.ts';
import type { DesktopSession } from '../desktop/session.ts';
import { signInAs, type SignInConduct, type SignInOutcome } from '../desktop/sign-in-page.ts';
import { stageBuiltApp } from '../desktop/stage-app.ts';
import type { StandinPerson } from '../standin/people.ts';
import type { WorldOptions } from '../standin/world.ts';
import type { ImapServerName } from '../support/imap-server.ts';
import { type MailWorld, startMailWorld } from '../support/mail-world.ts';

export interface StageOptions {
  readonly desktop?: DesktopOptions;
  readonly world?: Omit<WorldOptions, 'folder'>;
  /** Who plays Exchange; default: the stand-in. */
  readonly mail?: ImapServerName;
  /** What the person signs in by; default `headless`. */
  readonly browser?: BrowserBuild;
  /** Puts what is run where the session's user can run it; default: what is built in out/, on Electron's own program. */
  readonly program?: (session: DesktopSession) => AppProgram;
}

/** The built app on a desktop of its own, with the stand-ins to talk to and a browser to sign in by. */
export interface Stage {
  readonly desktop: Desktop;
  readonly world: MailWorld;
  readonly browser: TestBrowser;
  readonly program: AppProgram;
  /** Where the app keeps its files. */
  readonly dataFolder: string;
  launch(options?: LaunchOptions): Promise<DrivenApp>;
  /** The same program once more, undriven. */
  start(options?: LaunchOptions): Promise<RunningApp>;
  /** Clicks "Add Outlook account" in the app's window and signs in by the browser that it opens. */
  addAccount(page: Page, person: StandinPerson, conduct?: SignInConduct): Promise<SignInOutcome>;
  /** Ends everything; does nothing the second time. */
  dispose(): Promise<void>;
}

function builtProgram(session: DesktopSession): AppProgram {
  const { executable } = resolveElectronRuntime();
  return { executable, args: [stageBuiltApp(join(session.folder, 'app'))] };
}

/** @throws when Electron, the build, a browser or a program of the desktop is missing; nothing is left then */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const desktop = await startDesktop(options.desktop);
  const { session } = desktop;
  const cleanUp: (() => Promise<void>)[] = [() => desktop.dispose()];
  const dispose = async (): Promise<void> => {
    for (const clean of cleanUp.splice(0).toReversed()) await clean();
  };
  try {
    const program = (options.program ?? builtProgram)(session);
    const folder = join(session.folder, 'world');
    const world = await startMailWorld(options.mail ?? 'stand-in', { ...options.world, folder });
    cleanUp.push(() => world.dispose());
    const browser = await startBrowser(session, options.browser);
    cleanUp.push(() => browser.close());
    const withProfile = (launch: LaunchOptions): LaunchOptions => ({
      ...launch,
      env: { TIDINGS_PROFILE: world.profileFile, ...launch.env },
    });
    return {
      desktop,
      world,
      browser,
      program,
      dataFolder: join(session.env['XDG_CONFIG_HOME'] ?? '', 'Tidings'),
      launch: (launch = {}) => launchApp(session, program, withProfile(launch)),
      start: (launch = {}) => startApp(session, program, withProfile(launch)),
      async addAccount(page, person, conduct) {
        await page
          .getByRole('button', { name: /^Add (Outlook )?account$/u })
          .first()
          .click();
        const tab = await browser.open(await desktop.links.takeUrl());
        const outcome = await signInAs(tab, person, conduct);
        await tab.close();
        return outcome;
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
