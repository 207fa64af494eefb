import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';

/** How long a running Tidings may take to end, ms: it logs out of its mailboxes first. */
export const quitLimitMs = 20_000;

/** Between two looks whether it has, ms; and what Chromium's helpers get to end after it, who still write files. */
const lookEveryMs = 250;

export interface EndOptions {
  readonly isAlive: (pid: number) => boolean;
  readonly clock: Clock;
}

/** Waits until a process and its helpers have ended; false when it hasn't after {@link quitLimitMs}. */
export async function untilEnded(pid: number, { isAlive, clock }: EndOptions): Promise<boolean> {
  return until(() => !isAlive(pid), clock);
}

export interface OnlyInstanceOptions extends EndOptions {
  /** Electron's `requestSingleInstanceLock`. Where another has the lock, that one is told of this start's switches. */
  readonly requestLock: () => boolean;
  /** The process that has the lock now; null where nobody has, or it can't be known. */
  readonly findOwner: () => number | null;
  /** Called once, when there is another. */
  readonly onOther: () => void;
}

/**
 * Waits until no other Tidings runs on the same data; the one that does quits when it hears why. Answers false when it
 * is still there after {@link quitLimitMs}: an older version, or one that hangs. The lock alone isn't enough, since
 * Electron gives it back before Chromium has written its last files.
 */
export async function becomeOnlyInstance(options: OnlyInstanceOptions): Promise<boolean> {
  const { requestLock, findOwner, isAlive, clock, onOther } = options;
  const owner = findOwner();
  if (requestLock()) return true;
  onOther();
  let hasLock = false;
  return until(() => {
    hasLock ||= requestLock();
    return hasLock && (owner === null || !isAlive(owner));
  }, clock);
}

async function until(hasEnded: () => boolean, clock: Clock): Promise<boolean> {
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      clock.setTimer(lookEveryMs, resolve);
    });
  const deadline = clock.now() + quitLimitMs;
  while (clock.now() < deadline) {
    await pause();
    if (hasEnded()) {
      await pause();
      return true;
    }
  }
  return false;
}

/** What Chromium's lock in the data folder says: a link to `host-pid`, but on Windows. */
export function lockOwner(dataFolder: string): number | null {
  try {
    const pid = /-(\d+)$/u.exec(readlinkSync(join(dataFolder, 'SingletonLock')))?.[1];
    return pid === undefined ? null : Number(pid);
  } catch {
    return null;
  }
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
