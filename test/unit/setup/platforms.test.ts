import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runsOn, testsLeftOut } from '../../../scripts/lib/platforms.mjs';

const cwd = join(import.meta.dirname, '..', '..', '..');

/** Written before the test is, or named by mistake: both would leave nothing out. */
const naming = (glob: string): number => globSync(glob, { cwd }).length;

const posix = (path: string): string => path.split(sep).join('/');

/** A file of the tests and the files of the tests that it loads, however far away; types load nothing. */
function loadedBy(test: string): ReadonlySet<string> {
  const loaded = new Set([test]);
  for (const path of loaded) {
    const text = readFileSync(join(cwd, path), 'utf8');
    for (const [, from = ''] of text.matchAll(/^(?:import|export) (?!type\b)(?:[^;']*? from )?'(\.[^']+)';/gmu)) {
      const imported = posix(relative(cwd, join(cwd, dirname(path), from)));
      if (imported.startsWith('test/') && /\.tsx?$/u.test(imported)) loaded.add(imported);
    }
  }
  return loaded;
}

/** Xvfb, D-Bus and gnome-keyring; Debian's Chromium. Dovecot is asked for by name: what can start it doesn't yet. */
const linuxParts = ['browser', 'desktop', 'find-browser', 'session'].map((name) => `test/desktop/${name}.ts`);

function needsLinux(test: string): string | null {
  const loaded = loadedBy(test);
  const part = linuxParts.find((name) => loaded.has(name));
  if (part !== undefined) return part;
  return /\bimapServerNames\b|'Dovecot'/u.test(readFileSync(join(cwd, test), 'utf8')) ? 'Dovecot' : null;
}

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

  it.each(['darwin', 'win32'] as const)('are all that use a desktop, a browser or Dovecot: %s', (platform) => {
    const leftOut = new Set(testsLeftOut(platform).flatMap((glob) => globSync(glob, { cwd })));
    const leftIn = globSync('test/integration/**/*.test.ts', { cwd }).filter((test) => !leftOut.has(test));
    expect(leftIn.length).toBeGreaterThan(20);
    // What follows imports that lead nowhere would find nothing.
    expect(needsLinux('test/integration/renderer-window.test.ts')).toBe('test/desktop/find-browser.ts');
    const needing = leftIn.map((test) => [posix(test), needsLinux(posix(test))]).filter(([, part]) => part !== null);
    expect(needing).toEqual([]);
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
