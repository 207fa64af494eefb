import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** What one run of the monitor tells. */
export interface MonitorListener {
  readonly onLine: (line: string) => void;
  /** It has ended by itself, or never began. Once. */
  readonly onEnd: (reason: string) => void;
}

/** Starts the monitor; the returned function ends it, and nothing is told any more. May throw; tells nothing at once. */
export type StartMonitor = (listener: MonitorListener) => () => void;

/** Where `ip` is on systems that keep it from the path of ordinary people. */
const systemFolders = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'];
const monitorWords = ['-o', 'monitor', 'label', 'link', 'address', 'route'];

/**
 * The kernel's own news of interfaces, addresses and routes by iproute2's `ip monitor` (ip-monitor(8)), because Node
 * has no netlink; it takes no rights and costs 0.3 MB of its own and no CPU while nothing changes (measured). util-linux's
 * `setpriv`, where there is one, has it end with this process however that ends. Null where there is no `ip`.
 * @param path the environment's PATH
 */
export function findIpMonitor(path: string): StartMonitor | null {
  const folders = [...path.split(':'), ...systemFolders].filter((folder) => folder.startsWith('/'));
  const find = (name: string): string | null =>
    folders.map((folder) => join(folder, name)).find((file) => isProgram(file)) ?? null;
  const [ip, setpriv] = [find('ip'), find('setpriv')];
  if (ip === null) return null;
  const [program, ...words] = [...(setpriv === null ? [] : [setpriv, '--pdeathsig', 'TERM', '--']), ip];
  return program === undefined ? null : (listener) => startMonitor(program, [...words, ...monitorWords], listener);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function startMonitor(program: string, words: readonly string[], { onLine, onEnd }: MonitorListener): () => void {
  const child = spawn(program, words, { cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'ignore'] });
  let isOver = false;
  const end = (reason: string): void => {
    if (isOver) return;
    isOver = true;
    onEnd(reason);
  };
  child.on('error', (error) => {
    end(error.message);
  });
  child.once('exit', (code, signal) => {
    end(`ended with ${signal ?? String(code)}`);
  });
  // Missing when there were no descriptors left for it.
  const { stdout }: { stdout: Readable | null | undefined } = child;
  if (stdout) {
    createInterface({ input: stdout }).on('line', (line) => {
      if (!isOver) onLine(line);
    });
  }
  return () => {
    isOver = true;
    child.kill();
  };
}

/** ms; doubled from failure to failure. */
const firstRestartMs = 1_000;
/** A run this long (ms) was a good one: its end is a first failure again. */
const stableMs = 60_000;
/** After so many failures in a row (some 15 s) it is left alone. */
const maxFailures = 5;

export interface KeptMonitorOptions {
  readonly start: StartMonitor;
  readonly onLine: (line: string) => void;
  /** It runs again after an end: something may have been missed, and what was told before counts no more. */
  readonly onGap: () => void;
  readonly onGivenUp: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Owner of the monitor's process: starts it, again with growing pauses when it ends, until the returned call. */
export function keepMonitor({ start, onLine, onGap, onGivenUp, clock, log }: KeptMonitorOptions): () => void {
  let failures = 0;
  let stop: () => void = () => {};

  const failed = (reason: string, ranMs: number): void => {
    failures = ranMs >= stableMs ? 1 : failures + 1;
    if (failures >= maxFailures) {
      log.warn('The network monitor is given up', { reason });
      stop = () => {};
      onGivenUp();
      return;
    }
    const delayMs = firstRestartMs * 2 ** (failures - 1);
    log.info('The network monitor has ended', { reason, delayMs });
    stop = clock.setTimer(delayMs, () => {
      run();
      onGap();
    });
  };
  const run = (): void => {
    const since = clock.monotonic();
    try {
      stop = start({
        onLine,
        onEnd: (reason) => {
          failed(reason, clock.monotonic() - since);
        },
      });
    } catch (error) {
      failed(String(error), 0);
    }
  };
  run();
  return () => {
    stop();
  };
}
