import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits also longer than Node’s timers can (2^31 ms), where they fire at once', () => {
    let runs = 0;
    const delayMs = 5_000_000_000;
    systemClock.setTimer(delayMs, () => {
      runs += 1;
    });
    vi.advanceTimersByTime(delayMs - 1);
    expect(runs).toBe(0);
    vi.advanceTimersByTime(1);
    expect(runs).toBe(1);
  });

  it('keeps a clock that nobody can set', () => {
    const [wall, monotonic] = [systemClock.now(), systemClock.monotonic()];
    vi.setSystemTime(wall - 86_400_000);
    vi.advanceTimersByTime(5);
    expect(systemClock.now() - wall).toBe(5 - 86_400_000);
    expect(systemClock.monotonic() - monotonic).toBe(5);
  });

  it('can be cancelled at any time', () => {
    let runs = 0;
    const cancel = systemClock.setTimer(5_000_000_000, () => {
      runs += 1;
    });
    vi.advanceTimersByTime(3_000_000_000);
    cancel();
    vi.advanceTimersByTime(5_000_000_000);
    expect(runs).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
