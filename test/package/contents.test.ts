import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PNG } from 'pngjs';
import { resolveElectronRuntime } from '../../scripts/lib/electron-runtime.mjs';
import { packageOfLibrary } from '../../scripts/package/deb-relations.ts';
import { noticesText, shippedLibrariesOf } from '../../scripts/package/notices.ts';
import { filesInArchive, readArchived } from './archive.ts';
import { readElf } from './elf.ts';
import { builtPackage, filesUnder, outputOf, project } from './packages.ts';

/** Bytes of all that isn't Electron's: as measured in 2026-11 (4,631,179), and 5 % more. */
const ownBudget = 4_862_000;
/** Bytes of all together on Electron 33: as measured in 2026-11 (238,451,839), and 5 % more. */
const budgetOnElectron33 = 250_374_000;

const release = builtPackage('release');
const runtime = resolveElectronRuntime();
const archive = join(release.folder, 'resources', 'app.asar');
const inPackage = filesUnder(release.folder);

/** What electron-builder takes of the runtime's folder, under the names that it has in a package. */
const ofElectron = new Set(
  filesUnder(runtime.directory)
    .filter((path) => !/^resources\/(?:app\/|default_app\.asar$)/u.test(path))
    .filter((path) => !path.startsWith('locales/') || /^locales\/(?:en-US|zh-CN)\.pak$/u.test(path))
    .map((path) => ({ electron: 'tidings', LICENSE: 'LICENSE.electron.txt' })[path] ?? path),
);
const own = inPackage.filter((path) => !ofElectron.has(path));
const sizeOf = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + statSync(join(release.folder, path)).size, 0);

let unpacked: string;

beforeEach(() => {
  unpacked = mkdtempSync(join(tmpdir(), 'tidings-contents-'));
});

afterEach(() => {
  rmSync(unpacked, { recursive: true });
});

/** The files in a folder of {@link unpacked} that aren't those of another folder, byte by byte. */
const differing = (folder: string, original: string, paths: readonly string[]): string[] =>
  paths.filter((path) => !readFileSync(join(unpacked, folder, path)).equals(readFileSync(join(original, path))));

describe('the unpacked release', () => {
  it('holds these files of ours and no other', async () => {
    const archived = filesInArchive(archive).map((path) => `resources/app.asar/${path}`);
    const list = [...own, ...archived]
      .toSorted()
      .map((path) => path.replace(`linux-${process.arch}`, 'linux-<arch>'))
      .join('\n');
    await expect(`${list}\n`).toMatchFileSnapshot('files.txt');
  });

  it('holds Electron’s own files as the runtime has them, without its default app and with two of its locales', () => {
    expect(inPackage.filter((path) => ofElectron.has(path))).toEqual([...ofElectron].toSorted());
  });

  it('stays within its size', () => {
    expect(sizeOf(own)).toBeLessThan(ownBudget);
    if (runtime.version.startsWith('33.')) expect(sizeOf(inPackage)).toBeLessThan(budgetOnElectron33);
  });

  it('has programs and libraries for this processor only', () => {
    for (const path of inPackage) {
      const bytes = readFileSync(join(release.folder, path));
      expect(bytes.subarray(0, 2).toString('latin1'), path).not.toBe('MZ');
      const elf = readElf(bytes);
      if (elf !== null) expect(elf.arch, path).toBe(process.arch);
      if (/\.(?:node|so)(?:\.|$)/u.test(path)) expect(elf, path).not.toBeNull();
    }
  });

  it('can be read and run by everybody, and written by its owner only', () => {
    const programs = ['chrome-sandbox', 'chrome_crashpad_handler', 'tidings'];
    for (const path of inPackage) {
      const mode = statSync(join(release.folder, path)).mode & 0o7777;
      expect(mode.toString(8), path).toBe(programs.includes(path) ? '755' : '644');
    }
  });

  it('tells nothing of the machine it was built on and brings no source map', () => {
    for (const path of filesInArchive(archive)) {
      const text = readArchived(archive, path).toString('latin1');
      expect(text.includes(project), path).toBe(false);
      expect(text.includes('sourceMappingURL='), path).toBe(false);
    }
  });

  it('carries its licence, Electron’s, Chromium’s, and those of every library in it', () => {
    const text = (name: string): string => readFileSync(join(release.folder, name), 'utf8');
    expect(text('LICENSE')).toBe(readFileSync(join(project, 'LICENSE'), 'utf8'));
    expect(text('LICENSE.electron.txt')).toContain('Electron contributors');
    expect(text('LICENSES.chromium.html')).toContain('<title>Credits</title>');
    const libraries = shippedLibrariesOf(project);
    expect(text('THIRD-PARTY-NOTICES.txt')).toBe(noticesText(libraries));
    const names = libraries.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['@azure/msal-node', '@github/keytar', 'dbus-native', 'imapflow', 'react', 'zod']),
    );
  });

  it('says what it is when it is no release', () => {
    expect(existsSync(join(release.folder, 'UNOFFICIAL-BUILD.txt'))).toBe(true);
    expect(release.file('.tar.gz')).toMatch(/-unofficial\.tar\.gz$/u);
    expect(release.file('.deb')).toMatch(/-unofficial\.deb$/u);
  });
});

describe('the tar.gz', () => {
  it('holds the unpacked release byte by byte, in one folder and with its modes', () => {
    const said = ['--verbose', '--verbose'];
    const into = ['--strip-components=1', '--directory', unpacked];
    const listed = outputOf('tar', ['--extract', ...said, ...into, '--file', release.file('.tar.gz')])
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('d'))
      .map((line) => {
        const words = line.split(/\s+/u);
        return { mode: words[0] ?? '', path: words.slice(5).join(' ') };
      });
    expect(new Set(listed.map(({ path }) => path.split('/')[0])).size).toBe(1);
    expect(listed.map(({ path }) => path.slice(path.indexOf('/') + 1)).toSorted()).toEqual(inPackage);
    const runnable = listed.filter(({ mode }) => mode.includes('x')).map(({ path }) => path.split('/').at(-1));
    expect(new Set(runnable)).toEqual(new Set(['chrome-sandbox', 'chrome_crashpad_handler', 'tidings']));
    expect(differing('.', release.folder, inPackage)).toEqual([]);
  });
});

describe('the .deb', () => {
  const deb = release.file('.deb');
  const listed = outputOf('dpkg-deb', ['--contents', deb])
    .trim()
    .split('\n')
    .map((line) => {
      const [mode = '', owner = '', , , , ...path] = line.split(/\s+/u);
      return { mode, owner, path: path.join(' ').replace(/^\.\//u, '') };
    });
  const field = (name: string): string => outputOf('dpkg-deb', ['--field', deb, name]).trim();

  it('holds the unpacked release, with the sandbox’s helper for systems without user namespaces', () => {
    const base = 'usr/lib/tidings/';
    const app = listed.filter(({ path, mode }) => path.startsWith(base) && !mode.startsWith('d'));
    const expected = [...inPackage.filter((path) => path !== 'LICENSE'), 'resources/apparmor-profile'].toSorted();
    expect(app.map(({ path }) => path.slice(base.length)).toSorted()).toEqual(expected);
    expect(app.filter(({ mode }) => /s/u.test(mode))).toEqual([
      { mode: '-rwsr-xr-x', owner: 'root/root', path: `${base}chrome-sandbox` },
    ]);
  });

  it('puts these files on the system beside it, all root’s and readable by everybody', async () => {
    const others = listed.filter(({ path, mode }) => !path.startsWith('usr/lib/') && !mode.startsWith('d'));
    const text = others.map(({ mode, path }) => `${mode} ${path}`).toSorted();
    await expect(`${text.join('\n')}\n`).toMatchFileSnapshot('files-deb.txt');
    expect(listed.filter(({ owner }) => owner !== 'root/root')).toEqual([]);
    const folders = listed.filter(({ mode }) => mode.startsWith('d'));
    expect(new Set(folders.map(({ mode }) => mode))).toEqual(new Set(['drwxr-xr-x']));
  });

  it('holds them byte by byte, and the desktop’s files as they are checked (linux-desktop.test.ts)', () => {
    outputOf('dpkg-deb', ['--extract', deb, unpacked]);
    const app = inPackage.filter((path) => path !== 'LICENSE');
    expect(differing('usr/lib/tidings', release.folder, app)).toEqual([]);
    const assets = join(project, 'assets');
    const linux = join(assets, 'linux');
    expect(differing('usr/share/applications', linux, ['tidings.desktop'])).toEqual([]);
    expect(differing('usr/share/metainfo', linux, ['app.tidings.Tidings.metainfo.xml'])).toEqual([]);
    expect(differing('usr/lib/tidings/resources', linux, ['apparmor-profile'])).toEqual([]);
    const licence = readFileSync(join(project, 'LICENSE'), 'utf8').trim();
    expect(readFileSync(join(unpacked, 'usr/share/doc/tidings/copyright'), 'utf8')).toContain(licence);
    const icons = join(unpacked, 'usr/share/icons/hicolor');
    for (const path of filesUnder(icons)) {
      const [size = ''] = path.split('/');
      const bytes = readFileSync(join(icons, path));
      expect(bytes.equals(readFileSync(join(assets, 'icons', `${size}.png`))), path).toBe(true);
      const { width, height } = PNG.sync.read(bytes);
      expect(`${width}x${height}`).toBe(size);
    }
    outputOf('dpkg-deb', ['--control', deb, join(unpacked, 'control')]);
    expect(differing('control', join(linux, 'deb'), ['postinst', 'postrm'])).toEqual([]);
  });

  it('asks for every library that the programs in it are linked to', () => {
    const asked = field('Depends').split(', ');
    const inside = new Set(inPackage.map((path) => path.split('/').at(-1)));
    for (const path of inPackage) {
      for (const library of readElf(readFileSync(join(release.folder, path)))?.needed ?? []) {
        if (!inside.has(library)) expect(asked, `${path} needs ${library}`).toContain(packageOfLibrary[library]);
      }
    }
  });

  it('is older than a release of its version', () => {
    const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
    expect(field('Version')).toBe(`${version}~unofficial`);
    outputOf('dpkg', ['--compare-versions', field('Version'), 'lt', version]);
  });
});
