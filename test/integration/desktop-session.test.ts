import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { PNG } from 'pngjs';
import { afterEach, describe, expect, test } from 'vitest';

import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import { connectBus } from '../desktop/bus-client.ts';
import { ownerOf, sessionProcesses } from '../desktop/processes.ts';
import { startDesktopSession } from '../desktop/session.ts';
import type { DesktopSession, DesktopSessionOptions } from '../desktop/session.ts';

const sessions: DesktopSession[] = [];

async function session(options: DesktopSessionOptions = {}): Promise<DesktopSession> {
  const started = await startDesktopSession(options);
  sessions.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((one) => one.dispose()));
});

const namesOf = (one: DesktopSession): string[] => one.processes().map(({ name }) => name);

describe('a desktop session', () => {
  test('runs its own display, bus and keyring as an ordinary user', async () => {
    const one = await session();
    expect(namesOf(one).toSorted()).toEqual(['Xvfb', 'dbus-daemon', 'gnome-keyring-d']);
    expect(one.user.uid).not.toBe(0);
    for (const { pid } of one.processes()) expect(ownerOf(pid)).toBe(one.user.uid);
  });

  test('gives an environment of its own, in folders that only its user can enter', async () => {
    const one = await session({ language: 'zh_CN' });
    const inherited = Object.keys(one.env).filter((key) => key in process.env && one.env[key] === process.env[key]);
    expect(inherited.filter((key) => key !== 'TZ')).toEqual([]);
    for (const key of ['HOME', 'TMPDIR', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME']) {
      const folder = one.env[key] ?? '';
      expect(folder.startsWith(`${one.folder}/`)).toBe(true);
      const { mode, uid } = statSync(folder);
      expect(mode & 0o777).toBe(0o700);
      expect(uid).toBe(one.user.uid);
    }
    expect(one.env['LANG']).toBe('zh_CN.UTF-8');
  });

  test('has nothing on its bus but what was started, and starts nothing by itself', async () => {
    const one = await session();
    const own = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
    const names = await one.bus.call({ ...own, interface: 'org.freedesktop.DBus', member: 'ListNames' });
    const wellKnown = (names as string[]).filter((name) => !name.startsWith(':')).toSorted();
    expect(wellKnown).toEqual(['org.freedesktop.DBus', 'org.freedesktop.secrets', 'org.gnome.keyring']);
    const activatable = await one.bus.call({
      ...own,
      interface: 'org.freedesktop.DBus',
      member: 'ListActivatableNames',
    });
    expect(activatable).toEqual(['org.freedesktop.DBus']);
  });

  test('takes a picture of its screen', async () => {
    const one = await session({ width: 320, height: 200, keyring: 'absent' });
    const { width, height, data } = PNG.sync.read(one.display.screenshot());
    expect({ width, height }).toEqual({ width: 320, height: 200 });
    expect(data.readUInt32BE(0)).toBe(0x00_00_00_ff);
  });

  test('leaves nothing behind', async () => {
    const one = await startDesktopSession();
    const address = one.busAddress;
    await one.dispose();
    expect(one.processes()).toEqual([]);
    expect(existsSync(one.folder)).toBe(false);
    expect(existsSync(`/tmp/.X${one.display.name.slice(1)}-lock`)).toBe(false);
    await expect(connectBus(address)).rejects.toThrow(/ENOENT|ECONNREFUSED/);
  });

  test('leaves nothing behind either when the test process is killed', async () => {
    const script = `
      import { startDesktopSession } from ${JSON.stringify(new URL('../desktop/session.ts', import.meta.url).href)};
      const one = await startDesktopSession();
      console.log(JSON.stringify({ folder: one.folder, groups: one.processes().map((p) => p.processGroup) }));
      setInterval(() => undefined, 1000);`;
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const child = spawn(process.execPath, [...typeScriptFlags(), '--input-type=module', '--eval', script], {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { folder, groups } = JSON.parse(line) as { folder: string; groups: number[] };
    expect(groups).toHaveLength(3);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Not our processes any more: nobody tells us of their end. The test's own limit ends this when it fails.
    while (existsSync(folder) || sessionProcesses(folder, new Set(groups)).length > 0) await delay(10);
  });
});

describe('its keyring', () => {
  test('is unlocked and empty, can be locked and unlocked', async () => {
    const { keyring } = await session();
    expect(await keyring.isLocked()).toBe(false);
    expect(await keyring.items()).toEqual([]);
    await keyring.lock();
    expect(await keyring.isLocked()).toBe(true);
    await keyring.unlock();
    expect(await keyring.isLocked()).toBe(false);
  });

  test('keeps what was stored over a stop and a locked start', async () => {
    const one = await session();
    await store(one, 'Tidings test item');
    const stored = [{ label: 'Tidings test item', attributes: expect.objectContaining({ service: 'tidings' }) }];
    expect(await one.keyring.items()).toEqual(stored);
    await one.keyring.stop();
    await expect(one.keyring.isLocked()).rejects.toThrow();
    await one.keyring.start('locked');
    expect(await one.keyring.isLocked()).toBe(true);
    expect(await one.keyring.items()).toHaveLength(1);
    await one.keyring.unlock();
    expect(await one.keyring.items()).toEqual(stored);
  });

  test('is absent when asked for, until it is started', async () => {
    const one = await session({ keyring: 'absent' });
    expect(namesOf(one)).not.toContain('gnome-keyring-d');
    await expect(one.keyring.isLocked()).rejects.toThrow(/org\.freedesktop\.secrets/);
    await one.keyring.start();
    expect(await one.keyring.isLocked()).toBe(false);
  });
});

/** Stores a secret in the default collection as an app would (Secret Service API, plain session). */
async function store({ bus }: DesktopSession, label: string): Promise<void> {
  const secrets = { destination: 'org.freedesktop.secrets' };
  const opened = await bus.call({
    ...secrets,
    path: '/org/freedesktop/secrets',
    interface: 'org.freedesktop.Secret.Service',
    member: 'OpenSession',
    signature: 'sv',
    body: ['plain', ['s', '']],
  });
  await bus.call({
    ...secrets,
    path: '/org/freedesktop/secrets/aliases/default',
    interface: 'org.freedesktop.Secret.Collection',
    member: 'CreateItem',
    signature: 'a{sv}(oayays)b',
    body: [
      [
        ['org.freedesktop.Secret.Item.Label', ['s', label]],
        ['org.freedesktop.Secret.Item.Attributes', ['a{ss}', [['service', 'tidings']]]],
      ],
      [(opened as [unknown, string])[1], Buffer.alloc(0), Buffer.from('hidden'), 'text/plain'],
      true,
    ],
  });
}
