import { describe, expect, test, vi } from 'vitest';

import { createTicker } from '../../../renderer/ticker.ts';

function fakePage() {
  const listeners = new Set<() => void>();
  const page = {
    hidden: false,
    addEventListener: (_: 'visibilitychange', listener: () => void) => {
      listeners.add(listener);
    },
    removeEventListener: (_: 'visibilitychange', listener: () => void) => {
      listeners.delete(listener);
    },
  };
  const show = (hidden: boolean) => {
    page.hidden = hidden;
    for (const listener of listeners) {
      listener();
    }
  };
  return { page, show, listeners };
}

function setUp() {
  const { page, show, listeners } = fakePage();
  const time = { now: 1_000 };
  const timers = new Set<() => void>();
  const ticker = createTicker({
    now: () => time.now,
    every: (_, run) => {
      timers.add(run);
      return () => {
        timers.delete(run);
      };
    },
    page,
  });
  const pass = (ms: number) => {
    time.now += ms;
    for (const run of timers) {
      run();
    }
  };
  return { ticker, time, timers, pass, show, listeners };
}

describe('the ticker', () => {
  test('runs one timer, however many listen, and none when nobody does', () => {
    const { ticker, timers } = setUp();
    expect(timers.size).toBe(0);
    const stopFirst = ticker.subscribe(() => undefined);
    const stopSecond = ticker.subscribe(() => undefined);
    expect(timers.size).toBe(1);
    stopFirst();
    expect(timers.size).toBe(1);
    stopSecond();
    expect(timers.size).toBe(0);
  });

  test('stands still while the page is hidden, and is right at once when it is seen again', () => {
    const { ticker, time, timers, show } = setUp();
    const listener = vi.fn();
    ticker.subscribe(listener);
    show(true);
    expect(timers.size).toBe(0);
    listener.mockClear();
    time.now += 60_000;
    show(false);
    expect(timers.size).toBe(1);
    expect(listener).toHaveBeenCalled();
    expect(ticker.now()).toBe(61_000);
  });

  test('shows one time between two ticks', () => {
    const { ticker, time, pass } = setUp();
    ticker.subscribe(() => undefined);
    time.now += 400;
    expect(ticker.now()).toBe(1_000);
    pass(600);
    expect(ticker.now()).toBe(2_000);
  });

  test('leaves nothing behind when it is disposed of', () => {
    const { ticker, timers, listeners } = setUp();
    ticker.subscribe(() => undefined);
    ticker.dispose();
    expect(timers.size).toBe(0);
    expect(listeners.size).toBe(0);
  });
});
