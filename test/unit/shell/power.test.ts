import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  awayMs,
  followPower,
  lookMs,
  type Power,
  settleMs,
  stayedAwakeMs,
  toleranceMs,
} from '../../../electron/main/shell/power.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const hour = 3_600_000;

describe('how long the process was away between two looks', () => {
  const away = (wall: number, monotonic: number): number =>
    awayMs({ wall: 1_000_000, monotonic: 500 }, { wall: 1_000_000 + wall, monotonic: 500 + monotonic }, lookMs);

  it.each([
    ['nothing happened', lookMs, lookMs, 0],
    ['the machine slept, so timers stood still', lookMs + 8 * hour, lookMs, 8 * hour],
    ['the process was stopped, so its timer came late', 60_000, 60_000, 60_000 - lookMs],
    ['both at once', hour + 60_000, 60_000, hour + 60_000 - lookMs],
    ['a busy machine', lookMs + toleranceMs, lookMs + toleranceMs, 0],
    ['a moment more than that', lookMs + toleranceMs + 1, lookMs + toleranceMs + 1, toleranceMs + 1],
    ['a look before its time', 5_000, 5_000, 0],
    ['a sleep before the look was due', 5_000 + hour, 5_000, hour],
    ['the clock was set back', lookMs - 24 * hour, lookMs, 0],
    ['the clock was set back while the process was stopped', 60_000 - 24 * hour, 60_000, 60_000 - lookMs],
    ['the clock was set forward, which looks like a sleep', lookMs + 24 * hour, lookMs, 24 * hour],
  ])('%s', (_what, wall, monotonic, expected) => {
    expect(away(wall, monotonic)).toBe(expected);
  });
});

describe('telling of sleeps', () => {
  let clock: FakeClock;
  let system: EventEmitter;
  let told: string[];
  let power: Power;

  beforeEach(() => {
    clock = new FakeClock();
    system = new EventEmitter();
    told = [];
    power = followPower({
      events: system,
      onSuspend: () => told.push('suspend'),
      onResume: (sleptMs) => told.push(`resume after ${sleptMs}`),
      clock,
      log: recordingLog(),
    });
  });

  afterEach(() => {
    power.dispose();
    expect(clock.pending).toBe(0);
    expect(system.eventNames()).toEqual([]);
  });

  /** As Electron 33 does on Linux. */
  const announce = (event: 'suspend' | 'resume'): void => {
    system.emit(event);
    system.emit(event);
  };

  it('tells an announced sleep once, with its length, and the next one too', async () => {
    await clock.advance(45_000);
    announce('suspend');
    expect(told).toEqual(['suspend']);
    await clock.advance(500);
    clock.setForward(8 * hour);
    announce('resume');
    await clock.advance(settleMs);
    expect(told).toEqual(['suspend', `resume after ${8 * hour + 500}`]);
    await clock.advance(1);
    announce('suspend');
    clock.setForward(1_000);
    announce('resume');
    await clock.advance(10 * lookMs);
    expect(told.slice(2)).toEqual(['suspend', 'resume after 1000']);
  });

  it('notices a sleep that nobody announced at the next look', async () => {
    await clock.advance(100_000);
    clock.setForward(8 * hour);
    await clock.advance(lookMs);
    expect(told).toEqual([`resume after ${8 * hour}`]);
    await clock.advance(10 * lookMs);
    expect(told).toHaveLength(1);
  });

  it('notices at once, when it goes on, that the process was stopped', async () => {
    await clock.advance(lookMs - 1_000);
    await clock.stop(8 * hour);
    await clock.advance(settleMs);
    expect(told).toEqual([`resume after ${8 * hour - 1_000}`]);
  });

  it('tells once when the system announces late what the clocks have shown', async () => {
    announce('suspend');
    clock.setForward(hour);
    await clock.advance(lookMs + settleMs);
    const expected = ['suspend', `resume after ${hour + lookMs}`];
    expect(told).toEqual(expected);
    announce('resume');
    await clock.advance(10 * lookMs);
    expect(told).toEqual(expected);
  });

  it('takes the system’s word before the next look, also for a sleep whose beginning it missed', async () => {
    clock.setForward(hour);
    announce('resume');
    await clock.advance(settleMs);
    expect(told).toEqual([`resume after ${hour}`]);
  });

  it('knows the length also when both announcements come after the sleep', async () => {
    clock.setForward(hour);
    announce('suspend');
    announce('resume');
    await clock.advance(10 * lookMs);
    expect(told).toEqual(['suspend', `resume after ${hour}`]);
  });

  it('takes both announcements, told again behind each other, for the same sleep', async () => {
    announce('suspend');
    clock.setForward(hour);
    for (const event of ['resume', 'suspend', 'resume']) {
      system.emit(event);
      await clock.advance(settleMs - 1);
    }
    await clock.advance(10 * lookMs);
    expect(told).toEqual(['suspend', `resume after ${hour + settleMs - 1}`]);
  });

  it('takes announcements that come right after the clocks have shown it for the same sleep', async () => {
    await clock.stop(hour);
    for (const event of ['suspend', 'resume', 'suspend', 'resume']) system.emit(event);
    await clock.advance(10 * lookMs);
    expect(told).toEqual(['suspend', `resume after ${hour - lookMs}`]);
  });

  it('goes on when an announced sleep doesn’t come and nobody calls it off', async () => {
    announce('suspend');
    await clock.advance(stayedAwakeMs - 1);
    expect(told).toEqual(['suspend']);
    await clock.advance(lookMs);
    expect(told).toEqual(['suspend', `resume after ${stayedAwakeMs}`]);
  });

  it('is back, after no time, from a sleep during which the clock was set back', async () => {
    announce('suspend');
    clock.setForward(-24 * hour);
    announce('resume');
    await clock.advance(settleMs);
    expect(told).toEqual(['suspend', 'resume after 0']);
  });

  it('takes a word of the system that no clock bears out for a repetition', async () => {
    announce('resume');
    await clock.advance(10 * lookMs);
    clock.setForward(-24 * hour);
    await clock.advance(10 * lookMs);
    expect(told).toEqual([]);
  });

  it('tells nothing after its end', async () => {
    announce('suspend');
    announce('resume');
    power.dispose();
    announce('suspend');
    await clock.advance(10 * lookMs);
    expect(told).toEqual(['suspend']);
  });
});
