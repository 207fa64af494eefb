/** A tool without tests of its own counts as one: passed when it ended with 0. */
export function countsOfCheck(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * The counts of a Vitest run, from its exit code and its JSON report (null when there is none). A run that
 * went wrong outside of its tests (a file that doesn't load, an unhandled error) or had none counts as a failure.
 */
export function countsOfVitest(code, report) {
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const wentWrong = code !== 0 || report?.success !== true || passed + failed + skipped === 0;
  return { passed, failed: failed === 0 && wentWrong ? 1 : failed, skipped };
}

/** All counts together. */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** The line that `npm test` ends with. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** How long `npm test` may take on a quiet machine, s: 15 minutes. */
export const testLimitSeconds = 900;

/** What is to be said of a run that took `ms`; null where it was quick enough. No failure: the machine may be busy. */
export function slowness(ms) {
  const taken = Math.round(ms / 1_000);
  if (taken <= testLimitSeconds) return null;
  return `warning: this took ${taken} s, more than the ${testLimitSeconds} s that npm test may take on a quiet machine`;
}

/** The exit code that counts deserve. A test that was skipped proved nothing. */
export function verdict({ passed, failed, skipped }) {
  return failed === 0 && skipped === 0 && passed > 0 ? 0 : 1;
}
