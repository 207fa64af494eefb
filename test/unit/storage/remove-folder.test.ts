import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isOwnName } from '../../../electron/main/storage/own-names.ts';
import { removeDataFolder } from '../../../electron/main/storage/remove-folder.ts';
import { setAsideName } from '../../../electron/main/storage/set-aside.ts';

let place: string;
let folder: string;
let outside: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'tidings-remove-'));
  folder = join(place, 'Tidings');
  outside = join(place, 'outside');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  mkdirSync(join(folder, 'tokens'));
  mkdirSync(join(folder, 'Local Storage/leveldb'), { recursive: true });
  mkdirSync(outside);
  for (const name of ['settings.json', 'window.json', 'logs/main.log', 'tokens/x.tokens', 'Cookies']) {
    writeFileSync(join(folder, name), 'x');
  }
  writeFileSync(join(outside, 'precious.txt'), 'kept');
});

afterEach(() => {
  rmSync(place, { recursive: true });
});

describe('removing the data folder', () => {
  it('takes it with all that is in it, Chromium’s files too', async () => {
    expect(await removeDataFolder(folder, 'whole')).toEqual({ found: true, leftBehind: [], keptFolder: false });
    expect(existsSync(folder)).toBe(false);
    expect(await removeDataFolder(folder, 'whole')).toEqual({ found: false, leftBehind: [], keptFolder: false });
  });

  it('removes links to files and folders, and touches nothing behind them', async () => {
    symlinkSync(outside, join(folder, 'logs/away'));
    symlinkSync(join(outside, 'precious.txt'), join(folder, 'mailboxes.json'));
    symlinkSync(join(place, 'nowhere'), join(folder, 'SingletonLock'));
    expect(await removeDataFolder(folder, 'whole')).toMatchObject({ leftBehind: [] });
    expect(existsSync(folder)).toBe(false);
    expect(readFileSync(join(outside, 'precious.txt'), 'utf8')).toBe('kept');
  });

  it('of a folder that somebody chose takes our own files only', async () => {
    writeFileSync(join(folder, 'settings.damaged-2026-11-22T20-36-00.json'), 'x');
    writeFileSync(join(folder, 'settings.json.tmp'), 'x');
    writeFileSync(join(folder, 'letter.txt'), 'x');
    expect(await removeDataFolder(folder, 'own-files')).toEqual({ found: true, leftBehind: [], keptFolder: true });
    expect(readdirSync(folder).toSorted()).toEqual(['Cookies', 'Local Storage', 'letter.txt']);
  });

  it('takes our own files only also where the folder is a link to another', async () => {
    symlinkSync(folder, join(place, 'link'));
    writeFileSync(join(folder, 'letter.txt'), 'x');
    expect(await removeDataFolder(join(place, 'link'), 'whole')).toMatchObject({ found: true, keptFolder: true });
    expect(readdirSync(folder).toSorted()).toEqual(['Cookies', 'Local Storage', 'letter.txt']);
  });

  it('says so where the folder is a file’s or can’t be looked into', async () => {
    const path = join(outside, 'precious.txt', 'Tidings');
    const { leftBehind } = await removeDataFolder(path, 'whole');
    expect(leftBehind).toEqual([{ path, reason: 'ENOTDIR' }]);
  });
});

describe('the names that are ours', () => {
  it.each([
    'settings.json',
    'mailboxes.json.tmp',
    'sign-ins.json',
    'tokens',
    'logs',
    setAsideName('window.json', 'damaged', 0, 0),
    setAsideName('settings.json', 'newer', 0, 3),
  ])('%s', (name) => {
    expect(isOwnName(name)).toBe(true);
  });

  it.each(['settings', 'my-settings.json', 'settings.old.json', 'Cookies', 'tokens.txt', '..', 'settings.json/x'])(
    'not %s',
    (name) => {
      expect(isOwnName(name)).toBe(false);
    },
  );
});
