/** How much a test does: `normal` in `npm test`, `full` in `npm run test:long` (TIDINGS_TEST_SIZE=full). */
export function sized<T>(normal: T, full: T): T {
  return process.env['TIDINGS_TEST_SIZE'] === 'full' ? full : normal;
}
