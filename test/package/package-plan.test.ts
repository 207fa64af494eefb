import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noticesText, shippedLibrariesOf } from '../../scripts/package/notices.ts';
import { parsePackageOptions } from '../../scripts/package/package-options.ts';
import { type PackageCircumstances, planPackage } from '../../scripts/package/package-plan.ts';

const official: PackageCircumstances = { runtimeKind: 'official', clientId: 'a-client-id', version: '1.2.3' };
const plan = (args: string, circumstances: Partial<PackageCircumstances> = {}) =>
  planPackage(parsePackageOptions(args.split(' ').filter((word) => word !== '')), { ...official, ...circumstances });

describe('what npm run package makes', () => {
  it('is a release on the official Electron with the publisher’s client id', () => {
    expect(plan('')).toEqual({
      flavour: 'release',
      version: '1.2.3',
      suffix: '',
      targets: 'here',
      sign: false,
      unofficial: [],
    });
    expect(plan('--all --sign')).toMatchObject({ suffix: '', targets: 'all', sign: true });
  });

  it('is refused as a release without the client id, saying how to give one', () => {
    expect(() => plan('', { clientId: null })).toThrow(/client id.*TIDINGS_PACKAGED_PROFILE.*--unofficial/u);
    expect(plan('--dir', { clientId: null })).toMatchObject({ targets: 'dir', suffix: '' });
    expect(plan('--unofficial', { clientId: null })).toMatchObject({ suffix: '-unofficial' });
  });

  it.each([
    ['', 'stop-gap', '-unofficial', /stop-gap/u],
    ['--unofficial', 'official', '-unofficial', /test package/u],
    ['--e2e', 'official', '-e2e-unofficial', /drive it/u],
    ['--e2e', 'stop-gap', '-e2e-unofficial', /stop-gap/u],
  ] as const)('with "%s" on the %s Electron is named %s and can’t be signed', (args, runtimeKind, suffix, why) => {
    const made = plan(args, { runtimeKind, clientId: null });
    expect(made.suffix).toBe(suffix);
    expect(made.unofficial.join(' ')).toMatch(why);
    expect(() => plan(`${args} --sign`, { runtimeKind })).toThrow(/must not be signed/u);
  });

  it('can’t be every target on the stop-gap, which is there for this system only', () => {
    expect(() => plan('--all', { runtimeKind: 'stop-gap' })).toThrow(/--all/u);
  });

  it('can have another version', () => {
    expect(plan('--app-version 2.0.0-beta.1').version).toBe('2.0.0-beta.1');
    expect(() => plan('--app-version two')).toThrow('--app-version two');
  });

  it.each(['--publish', '--e2', 'deb'])('is refused with %s', (word) => {
    expect(() => plan(word)).toThrow(word);
  });
});

describe('electron-builder.yml', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'electron-builder.yml'), 'utf8');

  it.each([
    ['linux', ['tar.gz', 'AppImage', 'rpm']],
    ['win', ['nsis']],
    ['mac', ['dmg', 'zip']],
  ])('describes what is made for %s, for both processors', (system, targets) => {
    const section = new RegExp(`^${system}:\\n((?: .*\\n)+)`, 'mu').exec(text)?.[1] ?? '';
    const described = [...section.matchAll(/^ {4}- \{ target: (\S+), arch: \[(.*)\] \}$/gmu)];
    expect(described.map(([, target, arch]) => [target, arch])).toEqual(targets.map((name) => [name, 'x64, arm64']));
  });
});

describe('the notices', () => {
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'tidings-notices-'));
    for (const part of ['main', 'preload', 'renderer']) bundled(part, []);
    const keytar = join(project, 'node_modules', 'keytar');
    mkdirSync(keytar, { recursive: true });
    writeFileSync(join(keytar, 'package.json'), '{"name":"@x/keytar","version":"7.0.0","license":"MIT"}');
    writeFileSync(join(keytar, 'LICENSE.md'), 'Keytar’s licence');
  });

  afterEach(() => {
    rmSync(project, { recursive: true });
  });

  function bundled(part: string, libraries: readonly object[]): void {
    const folder = join(project, 'out', part, '.vite');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'licenses.json'), JSON.stringify(libraries));
  }

  const library = { name: 'one', version: '1.0.0', identifier: 'MIT', text: 'The text\r\nof one' };

  it('name every library of all parts once, with its text', () => {
    bundled('main', [library]);
    bundled('renderer', [library, { ...library, version: '2.0.0' }]);
    const text = noticesText(shippedLibrariesOf(project));
    expect(text.match(/^\S+ \d\.0\.0 \(MIT\)$/gmu)).toEqual([
      '@x/keytar 7.0.0 (MIT)',
      'one 1.0.0 (MIT)',
      'one 2.0.0 (MIT)',
    ]);
    expect(text).toContain('The text\nof one');
  });

  it.each([
    ['copyleft', { ...library, identifier: 'GPL-3.0-only' }, 'one 1.0.0 is under GPL-3.0-only'],
    [
      'a choice that nobody made',
      { ...library, identifier: '(MIT OR GPL-2.0)' },
      'one 1.0.0 is under (MIT OR GPL-2.0)',
    ],
    ['no licence', { name: 'one', version: '1.0.0', text: 'x' }, 'one 1.0.0 is under no licence'],
    ['no text', { ...library, text: '' }, 'one 1.0.0 comes without the text'],
  ])('stop a package with %s', (_what, entry, message) => {
    bundled('main', [entry]);
    expect(() => shippedLibrariesOf(project)).toThrow(message);
  });

  it('stop a package of something that wasn’t built', () => {
    rmSync(join(project, 'out', 'renderer'), { recursive: true });
    expect(() => shippedLibrariesOf(project)).toThrow('out/renderer');
  });
});
