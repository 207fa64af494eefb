import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { waitLimitMs } from '../desktop/conditions.ts';
import { spawnIdentity } from '../desktop/ordinary-user.ts';
import { type ProcessEntry, commandLine } from '../desktop/processes.ts';
import type { DesktopSession } from '../desktop/session.ts';
import type { PrivateSystem } from './installed-system.ts';

const execute = promisify(execFile);

/** How a program that ended did so, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Somebody with an ordinary account on the system, at its desktop. */
export interface Person {
  /** Starts an entry as a desktop does, by GLib's own reading of it; resolves when that has handed it over. */
  opensEntry(file: string): Promise<Ended>;
  /** Runs a program in a terminal, until it ends. */
  runs(program: string, ...args: string[]): Promise<Ended>;
  /** Opens the settings in the window and presses these keys there, named as X does. */
  inSettings(...keys: string[]): Promise<void>;
}

/** @param env over the session's own */
export function personAt(
  session: DesktopSession,
  system: PrivateSystem,
  env: Readonly<Record<string, string>>,
): Person {
  let count = 0;
  const run = async (program: string, ...args: string[]): Promise<Ended> => {
    // A file, since what it starts keeps its output open.
    const file = join(session.folder, `output-${++count}`);
    const output = openSync(file, 'w');
    const [entered, ...words] = system.asPerson(program, ...args);
    const child = spawn(entered, words, {
      cwd: '/',
      env: { ...session.env, ...env },
      stdio: ['ignore', output, output],
      detached: true,
    });
    closeSync(output);
    const ended = once(child, 'exit');
    await once(child, 'spawn');
    session.adopt(child.pid ?? 0);
    const [code] = (await ended) as [number | null];
    return { code, output: readFileSync(file, 'utf8') };
  };
  const xdotool = async (...args: string[]): Promise<string> => {
    const options = { env: session.env, ...spawnIdentity(session.user), timeout: waitLimitMs };
    return (await execute('xdotool', args, options)).stdout.trim();
  };
  return {
    opensEntry: (file) => run('gio', 'launch', file),
    runs: run,
    inSettings: async (...keys) => {
      const window = (await xdotool('search', '--sync', '--onlyvisible', '--class', '^Tidings$')).split('\n')[0] ?? '';
      // There is no window manager to give it the keyboard.
      await xdotool('windowfocus', '--sync', window);
      const geometry = await xdotool('getwindowgeometry', '--shell', window);
      const width = Number(/^WIDTH=(\d+)$/mu.exec(geometry)?.[1]);
      const before = await untilStill(session);
      // The button in the corner, opposite to the name.
      await xdotool('mousemove', '--window', window, String(width - 28), '24', 'click', '1');
      await untilStill(session, (now) => differing(before, now) > buttonPixels);
      await xdotool('key', ...keys);
    },
  };
}

/** More than a button has, and a menu far more. */
const buttonPixels = 5_000;

function differing(one: PNG, other: PNG): number {
  let count = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    if (one.data.readUInt32LE(at) !== other.data.readUInt32LE(at)) count += 1;
  }
  return count;
}

/** The screen, once it is as asked and drawn the same twice in a row. */
async function untilStill({ display }: DesktopSession, isAsked: (now: PNG) => boolean = () => true): Promise<PNG> {
  const deadline = performance.now() + waitLimitMs;
  for (let last: PNG | null = null; performance.now() < deadline;) {
    const now = PNG.sync.read(display.screenshot());
    if (last !== null && differing(last, now) === 0 && isAsked(now)) return now;
    last = now;
    // Nobody tells of pixels.
    await delay(50);
  }
  throw new Error('The window did not come to rest with its settings open');
}

/** The installed app's processes. */
export function appProcesses(session: DesktopSession): readonly (ProcessEntry & { readonly command: string })[] {
  return session
    .processes()
    .filter(({ name }) => name === 'tidings')
    .map((entry) => ({ ...entry, command: commandLine(entry.pid).join(' ') }));
}
