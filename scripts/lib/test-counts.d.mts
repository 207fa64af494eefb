export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of Vitest's JSON report that is read. */
export interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

export function countsOfCheck(code: number): Counts;
export function countsOfVitest(code: number, report: VitestReport | null): Counts;
export function sum(counts: readonly Counts[]): Counts;
export function summaryLine(counts: Counts): string;
export const testLimitSeconds: number;
export function slowness(ms: number): string | null;
export function verdict(counts: Counts): 0 | 1;
