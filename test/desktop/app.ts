import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';

import { Conditions, waitLimitMs } from './conditions.ts';
import { assertReachable, spawnIdentity, writeLauncher } from './ordinary-user.ts';
import { commandLine, endProcesses, listProcesses, processTree, proportionalSetSize } from './processes.ts';
import type { ProcessEntry } from './processes.ts';
import { collectOutput } from './service-process.ts';
import type { DesktopSession } from './session.ts';
import { withSpawned } from './spawned-process.ts';

/** What to start: Electron with a staged folder, or a packaged app's own program. */
export interface AppProgram {
  readonly executable: string;
  /** In front of what a launch adds; for Electron itself the app's folder. */
  readonly args: readonly string[];
}

export interface LaunchOptions {
  readonly args?: readonly string[];
  /** Over the session's environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called with what it writes to standard output and error, as it comes; of {@link startApp} only. */
  readonly onOutput?: (text: string) => void;
}

/** One of an app's processes. */
export interface AppProcess extends ProcessEntry {
  /** Its command line, words joined by blanks; empty when it has ended meanwhile. */
  readonly command: string;
}

/** A running app, however it was started. */
export interface RunningApp {
  readonly pid: number;
  /** What it wrote to standard output and error so far, at most the last 64 KiB. */
  output(): string;
  /** Resolves when its output, so far and to come, matches. */
  waitForOutput(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** The main process and all that it started. */
  processes(): readonly AppProcess[];
  /** Memory of all of them, PSS in bytes. */
  memory(): number;
  /** Resolves when the main process has ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Resolves when neither the main process nor any of its helpers is left; rejects with those that stay. */
  untilGone(timeoutMs?: number): Promise<void>;
  /** SIGKILL to everything of it at once, as a crash or a power cut would; waits until all are gone. */
  kill(): Promise<void>;
}

/** An app that Playwright drives. Needs a build that allows debugging. */
export interface DrivenApp extends RunningApp {
  readonly electron: ElectronApplication;
  /** The window that there is, or the next one. */
  firstWindow(timeoutMs?: number): Promise<Page>;
  /** Quits as the menu entry would, waits until all its processes are gone; kills it and throws when one stays. */
  quit(timeoutMs?: number): Promise<void>;
}

/** What of a session an app is started in. */
export type AppSurroundings = Pick<DesktopSession, 'user' | 'env' | 'adopt'>;

function environment(session: AppSurroundings, options: LaunchOptions): Record<string, string> {
  const merged = Object.entries({ ...session.env, ...options.env });
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function follow(child: ChildProcess, session: AppSurroundings): RunningApp {
  const { pid } = child;
  if (pid === undefined) throw new Error('The app has no process id');
  session.adopt(pid);
  const output = collectOutput(child);
  const conditions = new Conditions();
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', () => conditions.changed());
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const groupAndTree = (): ProcessEntry[] => {
    const group = listProcesses().filter((entry) => entry.processGroup === pid);
    const known = new Set(group.map((entry) => entry.pid));
    return [...group, ...processTree(pid).filter((entry) => !known.has(entry.pid))];
  };
  const processes = (): AppProcess[] =>
    groupAndTree().map((entry) => ({ ...entry, command: commandLine(entry.pid).join(' ') }));
  return {
    pid,
    output,
    waitForOutput: (pattern, timeoutMs = waitLimitMs) =>
      conditions.until(
        () => pattern.exec(output()) ?? undefined,
        () => `${pattern} in: ${output()}`,
        timeoutMs,
      ),
    processes,
    memory: () => groupAndTree().reduce((sum, entry) => sum + proportionalSetSize(entry.pid), 0),
    ended,
    untilGone: async (timeoutMs = waitLimitMs) => {
      const deadline = performance.now() + timeoutMs;
      // The helpers are no children of ours: nobody tells us of their end.
      for (let left = processes(); left.length > 0; left = processes()) {
        if (performance.now() > deadline) throw new Error(`Still running: ${JSON.stringify(left)}`);
        await delay(5);
      }
    },
    kill: async () => {
      await endProcesses(groupAndTree, 0);
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}

/** Starts the app without anything attached to it, for release builds and for tests that kill it. */
export async function startApp(
  session: AppSurroundings,
  program: AppProgram,
  options: LaunchOptions = {},
): Promise<RunningApp> {
  assertReachable(program.executable, session.user);
  const child = spawn(program.executable, [...program.args, ...(options.args ?? [])], {
    cwd: '/',
    env: environment(session, options),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...spawnIdentity(session.user),
  });
  const running = once(child, 'spawn');
  await running;
  const app = follow(child, session);
  const { onOutput } = options;
  if (onOutput !== undefined) for (const stream of [child.stdout, child.stderr]) stream.on('data', onOutput);
  return app;
}

/** Starts the app for Playwright to drive, as the session's user and with Chromium's sandbox on. */
export async function launchApp(
  session: DesktopSession,
  program: AppProgram,
  options: LaunchOptions = {},
): Promise<DrivenApp> {
  assertReachable(program.executable, session.user);
  const launcher = join(session.programs, `launch-${basename(program.executable)}`);
  writeLauncher(launcher, program.executable, session.user);
  let started: RunningApp | null = null;
  const launch = (): Promise<ElectronApplication> =>
    _electron.launch({
      executablePath: launcher,
      args: [...program.args, ...(options.args ?? [])],
      cwd: '/',
      env: environment(session, options),
      chromiumSandbox: true,
      timeout: waitLimitMs,
    });
  const remember = (child: ChildProcess): void => {
    started = follow(child, session);
  };
  const electron = await withSpawned(launcher, remember, launch);
  // Through a function, or the compiler takes it for what it was before the call.
  const app = ((): RunningApp | null => started)();
  if (app === null) throw new Error('Playwright started the app in a way that Node does not tell of');
  return {
    ...app,
    electron,
    firstWindow: (timeoutMs = waitLimitMs) => electron.firstWindow({ timeout: timeoutMs }),
    quit: async (timeoutMs = waitLimitMs) => {
      let unheard = '';
      try {
        // Scheduled, so that the answer to this very call is sent before the app goes. Where it isn't after all ("Resulting
        // promise was garbage collected", seen once in some hundred runs), that the app goes says the same.
        const asked = electron
          .evaluate((api) => void setImmediate(() => api.app.quit()))
          .catch((error: unknown) => {
            unheard = ` (asked: ${String(error)})`;
          });
        await Promise.all([asked, app.untilGone(timeoutMs)]);
      } catch (error) {
        await app.kill();
        throw new Error(`The app didn't quit${unheard}; it said: ${app.output()}`, { cause: error });
      }
    },
  };
}
