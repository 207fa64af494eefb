import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { resolveElectronRuntime } from '../lib/electron-runtime.mjs';
import { startApp } from '../../test/desktop/app.ts';
import type { RunningApp } from '../../test/desktop/app.ts';
import { sendSignal } from '../../test/desktop/processes.ts';
import { stageBuiltApp } from '../../test/desktop/stage-app.ts';
import { takeOverBrowser } from '../../test/desktop/system-browser.ts';
import type { SystemBrowser } from '../../test/desktop/system-browser.ts';
import { startWorld } from '../../test/standin/world.ts';
import type { World } from '../../test/standin/world.ts';
import { MailRound } from './mail-round.ts';
import { makeOwnPlace } from './own-place.ts';
import type { OwnPlace } from './own-place.ts';
import { StepFailure } from './story.ts';

export interface DemoOnDisplayOptions {
  readonly appArgs: readonly string[];
  readonly verbose: boolean;
  readonly write: (text: string) => void;
  /** The person ends the demo at the terminal. */
  readonly signal: AbortSignal;
}

/** How long the app may take to say goodbye, ms. */
const goodbyeMs = 5_000;

const introduction = `
The demo is running, and Tidings' window opens.
  Click “Add Outlook account”: your browser opens a sign-in page with three people to choose from.
  Mail for whoever is signed in arrives every 20 s or so; some is read “on another device” a little later.
  Look at the tray icon and at the notifications. Close the window: Tidings goes on in the tray.
To end it: “Quit Tidings” in the tray menu, or Ctrl-C here. It leaves nothing behind.

`;

/** The demo for a person: the app on their desktop, all it talks to on this machine. Answers the exit code. */
export async function runDemoOnDisplay(options: DemoOnDisplayOptions): Promise<number> {
  const { signal, write } = options;
  const tell = (line: string): void => {
    write(`${new Date().toLocaleTimeString('en-GB')}  ${line}\n`);
  };
  const place = makeOwnPlace(process.env, process.platform);
  try {
    if (place.user.drop) tell(`the app runs as ${place.user.name}: Chromium's sandbox refuses root`);
    const world = await startWorld({ folder: join(place.folder, 'world') });
    try {
      return await runApp(options, place, world, tell);
    } finally {
      await world.dispose();
    }
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  } finally {
    await place.dispose();
  }
}

async function runApp(
  { appArgs, signal, verbose, write }: DemoOnDisplayOptions,
  place: OwnPlace,
  world: World,
  tell: (line: string) => void,
): Promise<number> {
  const links = process.platform === 'linux' ? openLinksAsThePerson(place, tell) : null;
  const app = await startApp(
    place,
    { executable: resolveElectronRuntime().executable, args: [stageBuiltApp(join(place.folder, 'app'))] },
    {
      args: [`--user-data-dir=${place.dataFolder}`, ...appArgs],
      env: { TIDINGS_PROFILE: world.profileFile },
      ...(verbose ? { onOutput: write } : {}),
    },
  );
  const round = new MailRound({ world, tell });
  write(introduction);
  try {
    const aborted = once(signal, 'abort').then(() => 'aborted' as const);
    const end = signal.aborted ? 'aborted' : await Promise.race([app.ended, aborted]);
    if (end === 'aborted') {
      tell('ending');
      await endApp(app);
      return 130;
    }
    if (end.code !== 0) {
      const how = end.signal ?? `exit code ${String(end.code)}`;
      write(
        `${new StepFailure('the app runs until somebody quits it', `it ended with ${how}`).report(app.output())}\n`,
      );
      return 1;
    }
    tell('Tidings was quit; the demo ends');
    return 0;
  } finally {
    round.dispose();
    links?.dispose();
  }
}

/** The app has another home, where the person's browser would find neither its profile nor who it is. */
function openLinksAsThePerson(place: OwnPlace, tell: (line: string) => void): SystemBrowser {
  const links = takeOverBrowser(place);
  links.follow((url) => {
    tell('the sign-in page opens in your browser');
    const helpless = (): void => tell(`no browser opened; open this yourself: ${url}`);
    const child = spawn('xdg-open', [url], { stdio: 'ignore', detached: true });
    child.once('error', helpless).once('exit', (code) => {
      if (code !== 0) helpless();
    });
    child.unref();
  });
  return links;
}

/** Asks it to quit, and ends it when it doesn't. */
async function endApp(app: RunningApp): Promise<void> {
  sendSignal(app.pid, 'SIGTERM');
  const late = new AbortController();
  const limit = delay(goodbyeMs, 'late' as const, { signal: late.signal }).catch(() => 'late' as const);
  if ((await Promise.race([app.ended, limit])) === 'late') sendSignal(app.pid, 'SIGKILL');
  late.abort();
  await app.ended;
}
