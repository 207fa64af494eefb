import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take minutes, or most of one: what else there is runs beside them, instead of before them. */
const long = [
  'faults/network.test.ts',
  'faults/slow-servers.test.ts',
  'faults/connections.test.ts',
  'integration/exactly-once-dovecot.test.ts',
  'integration/exactly-once.test.ts',
  'e2e/remove-everything.test.ts',
  'e2e/demo.test.ts',
];

const isLong = ({ moduleId }: TestSpecification): boolean => long.some((file) => moduleId.endsWith(`/test/${file}`));

/** Vitest's own order, by what it remembers of earlier runs, but the long files first: a clean checkout remembers none. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ordered = await BaseSequencer.prototype.sort.call(this, files);
    return [...ordered.filter(isLong), ...ordered.filter((file) => !isLong(file))];
  }
}
