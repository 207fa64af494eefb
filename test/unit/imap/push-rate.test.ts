import { describe, expect, it } from 'vitest';

import { afterPush, isFlood, type PushRate } from '../../../electron/main/imap/push-rate.ts';

/** How long (ms) a session lasts whose server pushes at these moments; null when it isn't taken for a flood. */
function endsAfter(moments: Iterable<number>): number | null {
  let rate: PushRate | null = null;
  for (const now of moments) {
    rate = afterPush(rate, now);
    if (isFlood(rate, now)) return now;
  }
  return null;
}

/** `perSecond` pushes a second, evenly, from `from` to `to` (ms). */
function* steadily(perSecond: number, to: number, from = 0): Generator<number> {
  for (let at = from; at < to; at += 1_000 / perSecond) yield at;
}

function* burst(count: number, at: number): Generator<number> {
  for (let push = 0; push < count; push += 1) yield at;
}

describe('a flood of pushes', () => {
  it.each([1_100, 5_000, 100_000])('of %d a second is known within 2 s', (perSecond) => {
    expect(endsAfter(steadily(perSecond, 10_000))).toBeLessThanOrEqual(2_000);
  });

  it('is known within 2 s of its beginning, whatever came before', () => {
    const end = endsAfter([...steadily(2, 60_000), ...steadily(2_000, 70_000, 60_000)]);
    expect(end).toBeGreaterThan(60_000);
    expect(end).toBeLessThanOrEqual(62_000);
  });

  it('is known within 2 s also after the clock was set back by a day', () => {
    const end = endsAfter([...steadily(1_100, 86_401_000, 86_400_000), ...steadily(1_100, 10_000)]);
    expect(end).toBeLessThanOrEqual(2_000);
  });

  it('is known also in waves that leave no second free', () => {
    const waves = Array.from({ length: 20 }, (_, wave) => [...burst(900, wave * 500)]).flat();
    expect(endsAfter(waves)).toBeLessThanOrEqual(2_000);
  });

  it('is not what a busy mailbox tells, however long', () => {
    expect(endsAfter(steadily(900, 600_000))).toBe(null);
  });

  it('is not what somebody does with 20,000 mails at once, again and again', () => {
    const cleaning = Array.from({ length: 5 }, (_, time) => [...burst(20_000, time * 2_000)]).flat();
    expect(endsAfter(cleaning)).toBe(null);
  });

  it('is not made of a few pushes by a clock that is set forward or back', () => {
    expect(endsAfter([...burst(500, 1_000), ...burst(500, 86_400_000), ...burst(500, 0)])).toBe(null);
  });
});
