import { describe, expect, it } from 'vitest';

import { Signal } from '../../electron/main/signal.ts';

describe('Signal', () => {
  it('is taken by the next wait, once, however often it was set', async () => {
    const signal = new Signal();
    signal.set();
    signal.set();
    await signal.wait();
    expect(signal.isSet).toBe(false);
  });

  it('wakes who waits', async () => {
    const signal = new Signal();
    const woken = signal.wait();
    signal.set();
    await woken;
    expect(signal.isSet).toBe(false);
  });

  it('can be forgotten', () => {
    const signal = new Signal();
    signal.set();
    signal.clear();
    expect(signal.isSet).toBe(false);
  });
});
