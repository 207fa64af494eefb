import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  autostartFile,
  createAutostartEntry,
  createSystemLoginItem,
  type SystemLoginItems,
} from '../../../electron/main/shell/login-item.ts';
import { followLoginItem } from '../../../electron/main/shell/login-item-follower.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

let home: string;
let program: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tidings-login-'));
  program = join(home, 'tidings');
  writeFileSync(program, '');
  chmodSync(program, 0o755);
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

function item(env: Readonly<Record<string, string>> = {}) {
  const options = { appName: 'Tidings', program: { path: program, args: ['--hidden'] }, env, homeFolder: home };
  return createAutostartEntry({ ...options, clock: new FakeClock() });
}

const file = () => autostartFile({ env: {}, homeFolder: home });

describe('the autostart entry of Linux', () => {
  it('lies in the configuration folder, and not in a relative one', () => {
    expect(file()).toBe(join(home, '.config/autostart/tidings.desktop'));
    expect(autostartFile({ env: { XDG_CONFIG_HOME: '/x' }, homeFolder: home })).toBe('/x/autostart/tidings.desktop');
    expect(autostartFile({ env: { XDG_CONFIG_HOME: 'x' }, homeFolder: home })).toBe(file());
  });

  it('is on once it was written, off once it was taken away, and leaves nothing', async () => {
    expect(await item().isOn()).toBe(false);
    await item().set(true);
    expect(await item().isOn()).toBe(true);
    expect(readFileSync(file(), 'utf8')).toContain(`Exec=${program} --hidden\nTryExec=${program}\n`);
    await item().set(false);
    expect(await item().isOn()).toBe(false);
    expect(readdirSync(join(file(), '..'))).toEqual([]);
    expect(await item().remove()).toBe(false);
  });

  it('leaves the folder, which isn’t ours alone, as it is', async () => {
    mkdirSync(join(file(), '..'), { recursive: true, mode: 0o755 });
    chmodSync(join(file(), '..'), 0o755);
    await item().set(true);
    expect(statSync(join(file(), '..')).mode & 0o777).toBe(0o755);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false', 'TryExec=/nowhere/tidings'])(
    'is off when somebody wrote %s, and on again when it is switched on',
    async (line) => {
      await item().set(true);
      const key = line.slice(0, line.indexOf('='));
      const kept = readFileSync(file(), 'utf8').replace(new RegExp(`^${key}=.*\n`, 'mu'), '');
      writeFileSync(file(), `${kept}${line}\n`);
      expect(await item().isOn()).toBe(false);
      await item().set(true);
      expect(await item().isOn()).toBe(true);
    },
  );

  it('is off when the program is gone', async () => {
    await item().set(true);
    rmSync(program);
    expect(await item().isOn()).toBe(false);
  });

  it('finds a program that an entry names without its folder', async () => {
    await item().set(true);
    writeFileSync(file(), '[Desktop Entry]\nName=Tidings\nExec=tidings\nTryExec=tidings\n');
    expect(await item({ PATH: `/nowhere:${home}` }).isOn()).toBe(true);
    expect(await item({ PATH: '/nowhere' }).isOn()).toBe(false);
  });

  it('neither changes nor removes another program’s entry of that name', async () => {
    mkdirSync(join(file(), '..'), { recursive: true });
    const theirs = '[Desktop Entry]\nName=Tidings of Comfort\nExec=/bin/true\n';
    writeFileSync(file(), theirs);
    const refusal = { info: { code: 'disk-failed', detail: expect.stringContaining('another program') } };
    await expect(item().set(true)).rejects.toMatchObject(refusal);
    await expect(item().remove()).rejects.toMatchObject(refusal);
    await expect(item().isOn()).rejects.toMatchObject(refusal);
    expect(readFileSync(file(), 'utf8')).toBe(theirs);
  });

  it('removes a damaged entry, and of a link the link only', async () => {
    mkdirSync(join(file(), '..'), { recursive: true });
    writeFileSync(file(), '');
    expect(await item().remove()).toBe(true);
    const target = join(home, 'elsewhere.desktop');
    writeFileSync(target, '[Desktop Entry]\nName=Tidings\nExec=x\n');
    symlinkSync(target, file());
    expect(await item().remove()).toBe(true);
    expect(existsSync(target)).toBe(true);
    symlinkSync(join(home, 'nowhere'), file());
    expect(await item().isOn()).toBe(false);
    expect(await item().remove()).toBe(true);
    expect(() => lstatSync(file())).toThrow('ENOENT');
  });

  it('says so when it can’t be written, and leaves what was there', async () => {
    mkdirSync(join(home, '.config'));
    writeFileSync(join(home, '.config/autostart'), 'no folder');
    await expect(item().set(true)).rejects.toMatchObject({ info: { code: 'disk-failed' } });
    expect(await item().isOn()).toBe(false);
  });
});

describe('the login item of Windows and macOS', () => {
  function system(found: { openAtLogin: boolean; executableWillLaunchAtLogin: boolean }) {
    const set: unknown[] = [];
    const items: SystemLoginItems = {
      getLoginItemSettings: () => found,
      setLoginItemSettings: (settings) => set.push(settings),
    };
    return { set, items };
  }
  const target = { path: 'C:\\Tidings\\Tidings.exe', args: ['--hidden'] };

  it('is off on Windows when the Task Manager says so', async () => {
    const { items } = system({ openAtLogin: true, executableWillLaunchAtLogin: false });
    expect(await createSystemLoginItem(items, target, 'win32').isOn()).toBe(false);
    expect(await createSystemLoginItem(items, target, 'darwin').isOn()).toBe(true);
  });

  it('is set with the switch that keeps the window away, and removed', async () => {
    const { items, set } = system({ openAtLogin: true, executableWillLaunchAtLogin: true });
    const own = createSystemLoginItem(items, target, 'win32');
    await own.set(true);
    expect(await own.remove()).toBe(true);
    expect(set).toEqual([
      { ...target, openAtLogin: true, enabled: true },
      { ...target, openAtLogin: false, enabled: false },
    ]);
  });
});

describe('what the window shows of it', () => {
  it('is unknown before the first look, and follows what was changed elsewhere', async () => {
    let changes = 0;
    const follower = followLoginItem(item(), () => (changes += 1), recordingLog());
    expect(follower.startsAtLogin()).toBeNull();
    await follower.look();
    expect(follower.startsAtLogin()).toBe(false);
    await item().set(true);
    await follower.look();
    await follower.look();
    expect(follower.startsAtLogin()).toBe(true);
    expect(changes).toBe(2);
  });

  it('stays true when a change fails', async () => {
    const follower = followLoginItem(item(), () => undefined, recordingLog());
    mkdirSync(join(home, '.config'));
    writeFileSync(join(home, '.config/autostart'), 'no folder');
    await expect(follower.set(true)).rejects.toMatchObject({ info: { code: 'disk-failed' } });
    expect(follower.startsAtLogin()).toBe(false);
  });

  it('is never known where it isn’t offered', async () => {
    const follower = followLoginItem(null, () => undefined, recordingLog());
    await follower.look();
    await follower.set(true);
    expect(follower.startsAtLogin()).toBeNull();
  });
});
