import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importedPackages, isLicenceAllowed, shippableLicences, shippedPackages } from '../../../scripts/licences.ts';
import type { LockEntry } from '../../../scripts/lib/lock-file.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

interface Entry extends LockEntry {
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

type Names = Readonly<Record<string, string>>;
interface Manifest {
  readonly dependencies: Names;
  readonly devDependencies: Names;
  readonly optionalDependencies: Names;
  readonly overrides: Names;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Entry> };
const locked = Object.entries(lock.packages).filter(([key]) => key !== '');

const exact = /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/;

describe('versions', () => {
  it('are exact for everything that the project asks for', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter(([, version]) => !exact.test(version))).toEqual([]);
    expect(Object.values(manifest.overrides)).toEqual([expect.stringMatching(/^npm:@github\/keytar@\d+\.\d+\.\d+$/)]);
  });

  it('are exact for everything below, and nothing comes from anywhere but the registry', () => {
    expect(locked.filter(([, { version = '' }]) => !exact.test(version)).map(([key]) => key)).toEqual([]);
    expect(locked.filter(([, { link }]) => link === true).map(([key]) => key)).toEqual([]);
  });
});

describe('what a package contains', () => {
  it('is locked by its hash, but for binaries of other systems that the registry at hand may lack', () => {
    const open = locked.filter(([, { integrity }]) => integrity === undefined);
    const unexpected = open.filter(([, { optional, os, cpu }]) => optional !== true || !os || !cpu);
    expect(unexpected.map(([key]) => key)).toEqual([]);
    const weak = locked.filter(([, { integrity }]) => integrity !== undefined && !integrity.startsWith('sha512-'));
    expect(weak.map(([key]) => key)).toEqual([]);
  });

  it('runs no script when it is installed, and a package that would like to is known', () => {
    const settings = read('.npmrc').split('\n');
    expect(settings).toContain('ignore-scripts=true');
    expect(settings).toContain('save-exact=true');
    const wanting = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([key]) => key);
    // Looked at: all three work without. Whoever adds one says here that it does.
    expect(wanting).toEqual([
      'node_modules/@azure/msal-node-extensions',
      'node_modules/electron-winstaller',
      'node_modules/keytar',
    ]);
  });
});

/** For what is only run: MPL-2.0 binds its own files, CC-BY-4.0 is on data, the others permit everything. */
const forTools = new Set([...shippableLicences, 'CC0-1.0', 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0', 'WTFPL']);

describe('licences', () => {
  const sources = globSync('{electron,renderer}/**/*.{ts,tsx}', { cwd: root });
  const imported = new Set(sources.flatMap((file) => importedPackages(read(file))));
  const shipped = shippedPackages(lock, imported);

  it('of all that can be inside a package of the app ask for a notice and no more: no copyleft', () => {
    expect([...imported]).toEqual(expect.arrayContaining(['imapflow', 'react', '@azure/msal-node', 'zod']));
    expect(shipped.length).toBeGreaterThan(100);
    const refused = shipped.filter((key) => !isLicenceAllowed(lock.packages[key]?.license, shippableLicences));
    expect(refused.map((key) => `${key}: ${lock.packages[key]?.license ?? 'none'}`)).toEqual([]);
    for (const key of shipped) expect(lock.packages[key]?.integrity, key).toBeDefined();
  });

  it('of tools are known too', () => {
    // What was added for other systems has no licence in the lock file; it is of the package that asks for it.
    const others = locked.filter(([key, { integrity }]) => integrity !== undefined && !shipped.includes(key));
    const refused = others.filter(([, { license }]) => !isLicenceAllowed(license, forTools));
    expect(refused.map(([key, { license }]) => `${key}: ${license ?? 'none'}`)).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['(MIT OR ISC) AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['MIT-0', false],
    ['SEE LICENSE IN LICENSE', false],
    [undefined, false],
  ])('are read as they are meant: %s', (expression, isAllowed) => {
    expect(isLicenceAllowed(expression, shippableLicences)).toBe(isAllowed);
  });
});

describe('what the code imports', () => {
  it('is found in every form', () => {
    const source = [
      "import { a } from 'one';",
      "import type { B } from '@two/types/deep';",
      "export { c } from 'three/sub.js';",
      "const d = await import('four');",
      "import 'five/style.css';",
      "import { join } from 'node:path';",
      "import { app } from 'electron';",
      "import { x } from './own.ts';",
    ].join('\n');
    expect(importedPackages(source)).toEqual(['one', '@two/types', 'three', 'four', 'five']);
  });

  it('is followed as Node does, and not guessed at', () => {
    const packages: Record<string, LockEntry & { dependencies?: Names }> = {
      '': {},
      'node_modules/a': { version: '1.0.0', dependencies: { b: '^2', c: '^1' } },
      'node_modules/a/node_modules/b': { version: '2.0.0' },
      'node_modules/b': { version: '1.0.0' },
      'node_modules/c': { version: '1.0.0', dependencies: { b: '^1', a: '^1' } },
    };
    const all = ['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/b', 'node_modules/c'];
    expect(shippedPackages({ packages }, ['a'])).toEqual(all);
    expect(() => shippedPackages({ packages }, ['d'])).toThrow('the app imports d');
  });
});
