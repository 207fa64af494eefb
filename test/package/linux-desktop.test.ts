import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryByElectronBuilder } from './electron-builder-entry.ts';
import { filesUnder, outputOf, project } from './packages.ts';

const linux = join(project, 'assets', 'linux');
const entryFile = join(linux, 'tidings.desktop');

/** The groups of a desktop entry, each with its keys. */
function parseEntry(text: string): Record<string, Record<string, string>> {
  const groups: Record<string, Record<string, string>> = {};
  let group: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const heading = /^\[(.+)\]$/u.exec(line)?.[1];
    if (heading !== undefined) groups[heading] = group = {};
    const [key, ...value] = line.split('=');
    if (heading === undefined && key !== undefined && value.length > 0) group[key] = value.join('=');
  }
  return groups;
}

describe('what a desktop shows', () => {
  const groups = parseEntry(readFileSync(entryFile, 'utf8'));
  const main = groups['Desktop Entry'] ?? {};
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };

  it('is a valid desktop entry', () => {
    outputOf('desktop-file-validate', [entryFile]);
  });

  it('is a valid AppStream description', () => {
    // Offline: the validator would otherwise try to load the addresses in it.
    outputOf('appstreamcli', ['validate', '--no-net', join(linux, 'app.tidings.Tidings.metainfo.xml')]);
  });

  it('describes the version that is built', () => {
    const text = readFileSync(join(linux, 'app.tidings.Tidings.metainfo.xml'), 'utf8');
    expect(/<release version="([^"]+)"/u.exec(text)?.[1]).toBe(version);
  });

  it('starts the app in ways that it knows', () => {
    const folder = join(project, 'electron', 'main');
    const source = filesUnder(folder)
      .map((path) => readFileSync(join(folder, path), 'utf8'))
      .join('\n');
    const switches = Object.values(groups).flatMap(({ Exec = '' }) => Exec.match(/--[\w-]+/gu) ?? []);
    for (const name of switches) expect(source.includes(`'${name}'`), name).toBe(true);
    const actions = (main['Actions'] ?? '').split(';').filter((name) => name !== '');
    expect(Object.keys(groups)).toEqual(['Desktop Entry', ...actions.map((name) => `Desktop Action ${name}`)]);
  });

  it.each([
    ['rpm', { Exec: '/opt/Tidings/tidings %U' }],
    // Nothing but the file that was unpacked; least of all --no-sandbox, which electron-builder would add.
    ['AppImage', { Exec: 'AppRun %U', 'X-AppImage-Version': version }],
  ] as const)('is the same in the %s that electron-builder makes, but for the program’s path', async (target, own) => {
    const text = await entryByElectronBuilder(target);
    expect(parseEntry(text)).toEqual({ ...groups, 'Desktop Entry': { ...main, ...own } });
    const folder = mkdtempSync(join(tmpdir(), 'tidings-entry-'));
    try {
      writeFileSync(join(folder, 'tidings.desktop'), text);
      outputOf('desktop-file-validate', [join(folder, 'tidings.desktop')]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the AppArmor profile of the .deb', () => {
  let root: string;
  const profile = 'usr/lib/tidings/resources/apparmor-profile';
  const installed = (): string => join(root, 'etc/apparmor.d/tidings');
  const calls = (): string[] => {
    const file = join(root, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tidings-deb-'));
    for (const path of [profile, 'etc/apparmor.d/abstractions/base', 'bin/none']) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
    }
    writeFileSync(join(root, profile), readFileSync(join(linux, 'apparmor-profile')));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** Puts a program before the system's that notes its call and ends with `status`. */
  function standIn(name: string, status: number): void {
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\necho ${name} "$@" >>"${root}/calls"\nexit ${status}\n`, {
      mode: 0o755,
    });
  }

  function runScript(name: 'postinst' | 'postrm', ...args: string[]): void {
    const ended = spawnSync('sh', [join(linux, 'deb', name), ...args], {
      encoding: 'utf8',
      env: { PATH: `${join(root, 'bin')}${delimiter}/usr/bin${delimiter}/bin`, DPKG_ROOT: root },
    });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
  }

  it('allows user namespaces and restricts nothing', () => {
    const rules = readFileSync(join(linux, 'apparmor-profile'), 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(rules).toEqual([
      'abi <abi/4.0>,',
      'include <tunables/global>',
      'profile tidings /usr/lib/tidings/tidings flags=(unconfined) {',
      'userns,',
      'include if exists <local/tidings>',
      '}',
    ]);
  });

  it('is installed and loaded where AppArmor is active, and goes with the package', () => {
    standIn('apparmor_parser', 0);
    standIn('aa-enabled', 0);
    standIn('ischroot', 1);
    runScript('postinst', 'configure', '');
    expect(readFileSync(installed(), 'utf8')).toBe(readFileSync(join(linux, 'apparmor-profile'), 'utf8'));
    expect(calls().at(-2)).toBe('ischroot');
    expect(calls().at(-1)).toBe(`apparmor_parser --replace --write-cache --skip-read-cache ${installed()}`);
    runScript('postrm', 'upgrade', '0.2.0');
    expect(existsSync(installed())).toBe(true);
    runScript('postrm', 'remove');
    expect(existsSync(installed())).toBe(false);
    expect(calls().at(-1)).toBe(`apparmor_parser --remove ${installed()}`);
    runScript('postrm', 'purge');
  });

  it.each([
    ['AppArmor isn’t active', 1, 1],
    ['the system is built in a chroot', 0, 0],
  ])('is installed and not loaded where %s', (_what, enabled, chroot) => {
    standIn('apparmor_parser', 0);
    standIn('aa-enabled', enabled);
    standIn('ischroot', chroot);
    runScript('postinst', 'configure', '');
    expect(existsSync(installed())).toBe(true);
    expect(calls().filter((call) => call.startsWith('apparmor_parser --replace'))).toEqual([]);
  });

  it('is left out where AppArmor is too old for it', () => {
    standIn('apparmor_parser', 1);
    standIn('aa-enabled', 0);
    runScript('postinst', 'configure', '');
    expect(existsSync(installed())).toBe(false);
    runScript('postrm', 'remove');
  });

  it('is left out where there is no AppArmor', () => {
    rmSync(join(root, 'etc'), { recursive: true });
    runScript('postinst', 'configure', '');
    runScript('postrm', 'purge');
    expect(calls()).toEqual([]);
  });
});
