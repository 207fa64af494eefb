import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import {
  becomeOnlyInstance,
  isProcessAlive,
  lockOwner,
  quitLimitMs,
  untilEnded,
} from '../../electron/main/only-instance.ts';
import { sweepAfter, sweepWish } from '../../electron/main/shell/switches.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('waiting for a running Tidings to end', () => {
  function start(other: { hasLock: boolean; isAlive: boolean }) {
    const clock = new FakeClock();
    let told = 0;
    let asked = 0;
    const alone = becomeOnlyInstance({
      requestLock: () => {
        asked += 1;
        return !other.hasLock;
      },
      findOwner: () => 4_711,
      isAlive: () => other.isAlive,
      clock,
      onOther: () => (told += 1),
    });
    return { clock, alone, told: () => told, asked: () => asked };
  }

  it('takes no time when there is none, whatever an old lock says', async () => {
    const run = start({ hasLock: false, isAlive: true });
    expect(await run.alone).toBe(true);
    expect([run.told(), run.asked(), run.clock.pending]).toEqual([0, 1, 0]);
  });

  it('goes on only after the process has gone, not just the lock', async () => {
    const other = { hasLock: true, isAlive: true };
    const run = start(other);
    let isDone = false;
    void run.alone.then(() => (isDone = true));
    await run.clock.advance(1_000);
    other.hasLock = false;
    await run.clock.advance(1_000);
    expect([isDone, run.told()]).toEqual([false, 1]);
    other.isAlive = false;
    await run.clock.advance(1_000);
    expect(await run.alone).toBe(true);
  });

  it('gives up on one that doesn’t end', async () => {
    const run = start({ hasLock: true, isAlive: true });
    await run.clock.advance(quitLimitMs);
    expect(await run.alone).toBe(false);
    expect(run.clock.pending).toBe(0);
  });
});

describe('waiting for a process to end', () => {
  it('leaves its helpers a moment, and doesn’t wait for ever', async () => {
    let isAlive = true;
    const clock = new FakeClock();
    let ended: boolean | null = null;
    void untilEnded(4_711, { isAlive: () => isAlive, clock }).then((found) => (ended = found));
    await clock.advance(2_000);
    expect(ended).toBeNull();
    isAlive = false;
    await clock.advance(1_000);
    expect(ended).toBe(true);

    isAlive = true;
    const never = untilEnded(4_711, { isAlive: () => isAlive, clock });
    await clock.advance(quitLimitMs);
    expect(await never).toBe(false);
  });

  it('is asked for by a switch that names it', () => {
    expect(sweepWish(['tidings', sweepAfter(4_711)])).toBe(4_711);
    expect(sweepWish(['tidings', '--remove-my-data'])).toBeNull();
    expect(sweepWish(['--remove-my-data-after=', '--hidden'])).toBeNull();
    expect(sweepWish(['--remove-my-data-after=-1'])).toBeNull();
  });
});

describe('who has the lock', () => {
  it('is what Chromium’s link says', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-lock-'));
    expect(lockOwner(folder)).toBeNull();
    symlinkSync('my-host-4711', join(folder, 'SingletonLock'));
    expect(lockOwner(folder)).toBe(4_711);
    rmSync(folder, { recursive: true });
  });

  it('is alive or not', () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    // Beyond what any system gives out.
    expect(isProcessAlive(2 ** 30)).toBe(false);
  });
});
