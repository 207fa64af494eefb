import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DrivenApp } from '../desktop/app.ts';
import { launchApp } from '../desktop/app.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { filesInArchive, readArchived } from './archive.ts';
import { type BuiltPackage, builtPackage, filesUnder, outputOf } from './packages.ts';

const release = builtPackage('release');
const e2e = builtPackage('e2e');
const archiveOf = ({ folder }: BuiltPackage): string => join(folder, 'resources', 'app.asar');

async function fusesOf({ executable }: BuiltPackage): Promise<Record<string, string>> {
  const wire = await getCurrentFuseWire(executable);
  const names = Object.entries(FuseV1Options).filter(([name]) => Number.isNaN(Number(name)));
  return Object.fromEntries(
    names.map(([name, index]) => [name, String.fromCodePoint(Number(wire[index as FuseV1Options]))]),
  );
}

const locked = {
  RunAsNode: '0',
  EnableCookieEncryption: '1',
  EnableNodeOptionsEnvironmentVariable: '0',
  EnableNodeCliInspectArguments: '0',
  EnableEmbeddedAsarIntegrityValidation: '1',
  OnlyLoadAppFromAsar: '1',
  LoadBrowserProcessSpecificV8Snapshot: '0',
  GrantFileProtocolExtraPrivileges: '0',
};

describe('the two builds', () => {
  it('have all fuses as decided; the one for tests can be inspected', async () => {
    expect(await fusesOf(release)).toEqual(locked);
    expect(await fusesOf(e2e)).toEqual({ ...locked, EnableNodeCliInspectArguments: '1' });
  });

  it('have the same files, which differ in what lets tests drive the app only', () => {
    expect(filesUnder(e2e.folder)).toEqual(filesUnder(release.folder));
    const differing = filesUnder(release.folder).filter(
      (path) => !readFileSync(join(release.folder, path)).equals(readFileSync(join(e2e.folder, path))),
    );
    expect(differing).toEqual(['UNOFFICIAL-BUILD.txt', 'resources/app.asar', 'tidings']);
    const modes = ({ folder }: BuiltPackage) => filesUnder(folder).map((path) => lstatSync(join(folder, path)).mode);
    expect(modes(e2e)).toEqual(modes(release));
  });

  it('have programs that differ in one byte, the fuse', () => {
    const [ours, theirs] = [readFileSync(release.executable), readFileSync(e2e.executable)];
    expect(theirs.length).toBe(ours.length);
    let differing = 0;
    for (let index = 0; index < ours.length; index += 1) if (ours[index] !== theirs[index]) differing += 1;
    expect(differing).toBe(1);
  });

  it('have code that differs in one constant, wherever it is used', () => {
    const names = filesInArchive(archiveOf(release));
    expect(filesInArchive(archiveOf(e2e))).toEqual(names);
    const changed = names.flatMap((path) => {
      const [ours, theirs] = [readArchived(archiveOf(release), path), readArchived(archiveOf(e2e), path)];
      if (ours.equals(theirs)) return [];
      const [before, after] = [ours.toString('utf8').split('\n'), theirs.toString('utf8').split('\n')];
      expect(after.length, path).toBe(before.length);
      return before.flatMap((line, index) =>
        line === after[index] ? [] : [`${path}: ${line.trim()} | ${after[index]?.trim() ?? ''}`],
      );
    });
    expect(changed).toEqual([
      'out/main/chunks/app.js: allowDebugging: false, | allowDebugging: true,',
      'out/main/index.js: const switches = forbiddenSwitches(process.argv, false); | ' +
        'const switches = forbiddenSwitches(process.argv, true);',
    ]);
  });
});

describe('the build for tests', () => {
  let desktop: Desktop;
  let app: DrivenApp;

  beforeAll(async () => {
    desktop = await startDesktop();
    const folder = join(desktop.session.folder, 'app');
    outputOf('cp', ['--recursive', '--preserve=mode', e2e.folder, folder]);
    app = await launchApp(desktop.session, { executable: join(folder, 'tidings'), args: [] });
  });

  afterAll(async () => {
    await desktop.dispose();
  });

  it('can be driven, packed as the release is', async () => {
    const page = await app.firstWindow();
    await page
      .getByRole('heading', { name: /Tidings/u })
      .first()
      .waitFor();
    expect(await app.electron.evaluate((api) => api.app.isPackaged)).toBe(true);
    await app.quit();
  });
});
