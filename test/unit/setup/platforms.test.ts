import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runsOn, testsLeftOut } from '../../../scripts/lib/platforms.mjs';

const cwd = join(import.meta.dirname, '..', '..', '..');

/** Written before the test is, or named by mistake: both would leave nothing out. */
const naming = (glob: string): number => globSync(glob, { cwd }).length;

describe('the tests that a system can not run', () => {
  it('are none on Linux', () => {
    expect(testsLeftOut('linux')).toEqual([]);
    expect(['unit', 'integration', 'e2e', 'faults', 'package'].filter((project) => !runsOn(project, 'linux'))).toEqual(
      [],
    );
  });

  it.each(testsLeftOut('win32'))('are there: %s', (glob) => {
    expect(naming(glob)).toBeGreaterThan(0);
  });

  it('are more on Windows than on macOS', () => {
    const [mac, windows] = [testsLeftOut('darwin'), testsLeftOut('win32')];
    expect(windows).toEqual(expect.arrayContaining(mac));
    expect(windows).toContain('test/unit/storage/private-files.test.ts');
    expect(mac).not.toContain('test/unit/storage/private-files.test.ts');
  });

  it.each(['darwin', 'win32'] as const)(
    'are those with a desktop and with packages, but never the unit tests: %s',
    (platform) => {
      expect(
        ['unit', 'integration', 'e2e', 'faults', 'package'].filter((project) => runsOn(project, platform)),
      ).toEqual(['unit', 'integration']);
    },
  );
});
