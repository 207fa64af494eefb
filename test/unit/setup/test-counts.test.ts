import { describe, expect, it } from 'vitest';
import type { VitestReport } from '../../../scripts/lib/test-counts.mjs';
import {
  countsOfCheck,
  countsOfVitest,
  slowness,
  sum,
  summaryLine,
  verdict,
} from '../../../scripts/lib/test-counts.mjs';

const report = (more: Partial<VitestReport> = {}): VitestReport => ({
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  ...more,
});

describe('the counts of npm test', () => {
  it('ends with one line over all suites', () => {
    const total = sum([countsOfCheck(0), countsOfVitest(0, report()), countsOfCheck(2)]);
    expect(summaryLine(total)).toBe('4 passed, 1 failed, 0 skipped');
  });

  it('passes only when everything ran and passed', () => {
    expect(verdict({ passed: 4, failed: 0, skipped: 0 })).toBe(0);
    expect(verdict({ passed: 4, failed: 1, skipped: 0 })).toBe(1);
    expect(verdict({ passed: 4, failed: 0, skipped: 1 })).toBe(1);
    expect(verdict({ passed: 0, failed: 0, skipped: 0 })).toBe(1);
  });

  it('has a warning with them when it took more than 15 minutes', () => {
    expect(slowness(900_000)).toBeNull();
    expect(slowness(901_000)).toMatch(/^warning: this took 901 s, .*900 s/u);
  });

  it('takes a todo for a skipped test', () => {
    expect(countsOfVitest(0, report({ numPendingTests: 1, numTodoTests: 2 })).skipped).toBe(3);
  });

  it('counts a failure when a suite had no tests', () => {
    expect(countsOfVitest(0, report({ numPassedTests: 0 })).failed).toBe(1);
  });

  it('counts a failure when something failed outside of the tests', () => {
    expect(countsOfVitest(1, report())).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(countsOfVitest(0, report({ success: false })).failed).toBe(1);
  });

  it('counts a failure when Vitest left no report', () => {
    expect(countsOfVitest(137, null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('does not count a failed test twice', () => {
    expect(countsOfVitest(1, report({ success: false, numFailedTests: 2 })).failed).toBe(2);
  });
});
