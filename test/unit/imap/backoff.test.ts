import { describe, expect, it } from 'vitest';
import { backoffDelayMs } from '../../../electron/main/imap/backoff.ts';

describe('backoffDelayMs', () => {
  it('grows to 8 s while the server is unreached, so that it is back soon after an outage', () => {
    expect([1, 2, 3, 4, 5, 20].map((failures) => backoffDelayMs(failures, 'unreached', 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
    ]);
  });

  it('rests longer in a long outage', () => {
    expect(backoffDelayMs(500, 'unreached', 1)).toBe(60_000);
  });

  it('grows to 5 min for a server that answers and refuses', () => {
    expect(backoffDelayMs(30, 'answered', 1)).toBe(300_000);
  });

  it('spreads between half and all', () => {
    expect(backoffDelayMs(1, 'answered', 0)).toBe(500);
    expect(backoffDelayMs(1_000_000, 'answered', 0)).toBe(150_000);
  });
});
