import { describe, expect, it } from 'vitest';
import { inMilliseconds } from '../../../scripts/demo/story.ts';

describe('a time in the demo’s story', () => {
  it('is in whole ms, and below one in tenths', () => {
    expect(inMilliseconds(1_000, 1_004.4)).toBe('4 ms');
    expect(inMilliseconds(1_000, 1_000.3)).toBe('0.3 ms');
  });

  it.each([
    ['none', 5, 5],
    ['less than none', 5, 4],
    ['one without a beginning', Number.NaN, 5],
  ])('is never %s', (_what, from, to) => {
    expect(() => inMilliseconds(from, to)).toThrow(/measured/u);
  });
});
