import { expect, it } from 'vitest';

import { stolenMsOf } from '../../faults/stolen-time.ts';

const stat = (steal: string, ...cores: string[]): string =>
  [`cpu  10 20 30 40 50 60 70 ${steal} 90 100`, ...cores.map((core) => `${core} 1 2 3 4 5 6 7 8 9 10`), 'intr 5'].join(
    '\n',
  );

it('is what the host took of each core', () => {
  expect(stolenMsOf(stat('300', 'cpu0', 'cpu1'))).toBe(1_500);
  expect(stolenMsOf(stat('0', 'cpu0'))).toBe(0);
});

it('is nothing on a kernel that does not count it', () => {
  expect(stolenMsOf('cpu  10 20 30 40\ncpu0 10 20 30 40\n')).toBe(0);
  expect(stolenMsOf('')).toBe(0);
});
