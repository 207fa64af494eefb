/** How much a property test does: `normal` in `npm test`, `full` in `npm run test:long` (TIDINGS_TEST_SIZE=full). */
export function sized(normal: number, full: number): number {
  return process.env['TIDINGS_TEST_SIZE'] === 'full' ? full : normal;
}
