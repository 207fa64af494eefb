import { describe, expect, it } from 'vitest';
import { betweenMarkers, faultMarkdown, faultOutcomes } from '../../../scripts/fault-report.ts';
import { type FaultRow, faultTable } from '../../faults/fault-table.ts';

const row = (more: Partial<FaultRow>): FaultRow => ({
  id: 1,
  fault: 'cable pulled',
  expected: 'noticed in time',
  boundMs: 1_000,
  tests: 1,
  ...more,
});
const passed = { id: 1, measuredMs: 900, clock: 'real', ok: true } as const;

describe('the fault table', () => {
  it('has 54 rows', () => {
    expect(faultTable.map(({ id }) => id)).toEqual(Array.from({ length: 54 }, (_, index) => index + 1));
  });
});

describe('the report of faults', () => {
  const okOf = (rows: Partial<FaultRow>, ...results: Parameters<typeof faultOutcomes>[1]): unknown =>
    faultOutcomes([row(rows)], results)[0]?.ok;

  it('takes a row for in order when all its tests passed and one measured within the bound', () => {
    expect(okOf({ tests: 2 }, passed, { ...passed, measuredMs: null })).toBe(true);
    expect(okOf({ boundMs: null }, { ...passed, measuredMs: null })).toBe(true);
  });

  it.each([
    ['no test ran', []],
    ['nobody measured', [{ ...passed, measuredMs: null }]],
    ['it took too long', [{ ...passed, measuredMs: 1_001 }]],
    ['only another row was played', [{ ...passed, id: 2 }]],
  ])('does not when %s', (_, results) => {
    expect(okOf({}, ...results)).toBe(false);
  });

  it.each([
    ['one of its tests was lost', [passed]],
    ['one failed', [passed, { ...passed, ok: false }]],
    ['the table doesn’t know one of them', [passed, passed, passed]],
  ])('does not, of a row with two tests, when %s', (_, results) => {
    expect(okOf({ tests: 2 }, ...results)).toBe(false);
  });

  it('gives the longest time, and the clock', () => {
    const outcomes = faultOutcomes([row({ tests: 2 })], [passed, { ...passed, measuredMs: 950, clock: 'virtual' }]);
    expect(outcomes).toEqual([
      { id: 1, fault: 'cable pulled', boundMs: 1_000, measuredMs: 950, ok: true, clock: 'virtual' },
    ]);
    expect(faultMarkdown([row({})], outcomes)).toContain(
      '| 1 | cable pulled | noticed in time | 1,000 | 950 | yes, by a virtual clock |',
    );
  });

  it('replaces what is between the markers, and nothing else', () => {
    const page = 'a\n<!-- faults: begin -->\nold\n<!-- faults: end -->\nb\n';
    const next = betweenMarkers(page, 'new');
    expect(next).toBe(page.replace('old', 'new'));
    expect(betweenMarkers(next, 'new')).toBe(next);
    expect(() => betweenMarkers('none', 'new')).toThrow('lacks');
  });
});
