import { describe, expect, it } from 'vitest';
import { backoffDelayMs } from '../../../electron/main/imap/backoff.ts';

describe('backoffDelayMs', () => {
  it('grows to 8 s while the server is unreached, so that it is back soon after an outage', () => {
    expect(
      [1, 2, 3, 4, 5, 20].map((failures) => backoffDelayMs({ failures, reach: 'unreached', online: true, random: 1 })),
    ).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('rests longer in a long outage', () => {
    expect(backoffDelayMs({ failures: 500, reach: 'unreached', online: true, random: 1 })).toBe(60_000);
  });

  it('rests without a network, whose return ends the wait', () => {
    const delays = [1, 4, 7, 30].map((failures) =>
      backoffDelayMs({ failures, reach: 'unreached', online: false, random: 1 }),
    );
    expect(delays).toEqual([1_000, 8_000, 60_000, 60_000]);
  });

  it('grows to 5 min for a server that answers and refuses', () => {
    expect(backoffDelayMs({ failures: 30, reach: 'answered', online: true, random: 1 })).toBe(300_000);
  });

  it('spreads between half and all', () => {
    expect(backoffDelayMs({ failures: 1, reach: 'answered', online: true, random: 0 })).toBe(500);
    expect(backoffDelayMs({ failures: 1_000_000, reach: 'answered', online: true, random: 0 })).toBe(150_000);
  });
});
