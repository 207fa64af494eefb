import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { formatBlob } from '../../electron/main/auth/token-blob.ts';
import { tokenItemName } from '../../electron/main/auth/token-ref.ts';
import { proxyItemName } from '../../electron/main/auth/vault.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { removeEverything, type RemovalOptions } from '../../electron/main/removal.ts';
import { createAutostartEntry } from '../../electron/main/shell/login-item.ts';
import { createSessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import { defaultSettings, type Settings } from '../../electron/shared/settings.ts';
import { type DesktopSession, startDesktopSession } from '../desktop/session.ts';
import { MemoryKeyring } from '../unit/auth/memory-keyring.ts';
import { recordingLog } from '../support/recording-log.ts';

const profile = { ...builtInProfile, clientId: '1b4e28ba-2fa1-41d2-883f-0016d3cca427' };
const otherProfile = { ...profile, clientId: '00000000-2fa1-41d2-883f-0016d3cca427' };
const emptyCache = JSON.stringify({ Account: {}, IdToken: {}, AccessToken: {}, RefreshToken: {}, AppMetadata: {} });
const account = {
  id: 'a',
  homeAccountId: 'o.t',
  address: 'ada@x.example',
  displayName: '',
  profile,
  addedAt: 0,
  sharedMailboxes: [],
};

let session: DesktopSession;
let place: string;
let dataFolder: string;

beforeEach(async () => {
  session = await startDesktopSession();
  place = mkdtempSync(join(tmpdir(), 'tidings-removal-'));
  dataFolder = join(place, 'Tidings');
  mkdirSync(dataFolder);
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', session.busAddress);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
  await session.dispose();
});

const loginItem = () => {
  const program = { path: process.execPath, args: ['--hidden'] };
  return createAutostartEntry({ appName: 'Tidings', program, env: {}, homeFolder: place, clock: systemClock });
};

function remove(changes: Partial<RemovalOptions> = {}) {
  return removeEverything({
    dataFolder,
    isUsualPlace: true,
    leaveTokens: false,
    extent: 'whole',
    platform: 'linux',
    loginItem: loginItem(),
    clock: systemClock,
    log: recordingLog(),
    ...changes,
  });
}

function writeSettings(changes: Partial<Settings>): void {
  writeFileSync(join(dataFolder, 'settings.json'), JSON.stringify({ ...defaultSettings, ...changes }));
}

/** As keytar does. */
async function putItem(name: string, service = 'Tidings'): Promise<void> {
  const bus = createSessionBus({ address: session.busAddress, clock: systemClock, log: recordingLog() });
  const target = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' };
  const opened = await bus.call({
    ...target,
    interface: 'org.freedesktop.Secret.Service',
    member: 'OpenSession',
    signature: 'sv',
    body: ['plain', ['s', '']],
  });
  const attributes = [
    ['service', service],
    ['account', name],
    ['xdg:schema', 'org.freedesktop.Secret.Generic'],
  ];
  await bus.call({
    ...target,
    path: '/org/freedesktop/secrets/aliases/default',
    interface: 'org.freedesktop.Secret.Collection',
    member: 'CreateItem',
    signature: 'a{sv}(oayays)b',
    body: [
      [
        ['org.freedesktop.Secret.Item.Label', ['s', `${service}/${name}`]],
        ['org.freedesktop.Secret.Item.Attributes', ['a{ss}', attributes]],
      ],
      [String(opened.body[1]), Buffer.alloc(0), Buffer.from('secret'), 'text/plain'],
      false,
    ],
  });
  await bus.dispose();
}

const labels = async () => (await session.keyring.items()).map(({ label }) => label).toSorted();

describe('with a real keyring', () => {
  it('takes the tokens of every app registration, and no other program’s secret', async () => {
    writeSettings({ accounts: [account] });
    await putItem(tokenItemName(profile));
    await putItem(tokenItemName(otherProfile));
    await putItem(`${tokenItemName(profile)}.damaged`);
    await putItem(proxyItemName(appPaths(dataFolder).tokensFolder));
    await putItem('My diary');
    await putItem(tokenItemName(profile), 'Other program');
    await loginItem().set(true);
    expect(await remove()).toEqual({
      tokens: { kind: 'removed' },
      autostart: { kind: 'removed' },
      data: { kind: 'removed' },
    });
    expect(await labels()).toEqual([`Other program/${tokenItemName(profile)}`, 'Tidings/My diary']);
    expect(existsSync(dataFolder)).toBe(false);
    expect(await loginItem().isOn()).toBe(false);
  });

  it.each(['gone', 'unreadable'])('finds tokens also where the settings are %s', async (how) => {
    if (how === 'gone') rmSync(dataFolder, { recursive: true });
    else writeFileSync(join(dataFolder, 'settings.json'), '{"schemaVersion":');
    await putItem(tokenItemName(profile));
    expect((await remove()).tokens).toEqual({ kind: 'removed' });
    expect(await labels()).toEqual([]);
  });

  it('says that it is locked, removes the rest, and the tokens later', async () => {
    writeSettings({ accounts: [account] });
    await putItem(tokenItemName(profile));
    await session.keyring.lock();
    expect(await remove()).toMatchObject({
      tokens: { kind: 'failed', error: { code: 'keyring-locked' } },
      data: { kind: 'removed' },
    });
    expect(await labels()).toHaveLength(1);
    await session.keyring.unlock();
    expect(await remove()).toMatchObject({ tokens: { kind: 'removed' }, data: { kind: 'none' } });
  });

  it('leaves the tokens where the person said so', async () => {
    await putItem(tokenItemName(profile));
    expect(await remove({ leaveTokens: true })).toMatchObject({ tokens: { kind: 'left' } });
    expect(await labels()).toHaveLength(1);
  });
});

describe('without a keyring', () => {
  it('says so where tokens were kept in one, or where nobody knows', async () => {
    await session.keyring.stop();
    writeSettings({ accounts: [account] });
    const failed = { tokens: { kind: 'failed', error: { code: 'keyring-unavailable' } } };
    expect(await remove()).toMatchObject({ ...failed, data: { kind: 'removed' } });
    expect(await remove()).toMatchObject({ ...failed, data: { kind: 'none' } });
  });

  it('is content where none was used', async () => {
    await session.keyring.stop();
    writeSettings({ accounts: [account], tokenStorage: 'session-only' });
    expect(await remove()).toMatchObject({ tokens: { kind: 'not-used' }, data: { kind: 'removed' } });
  });
});

it('reads a damaged settings file without changing anything before it is removed', async () => {
  writeFileSync(join(dataFolder, 'settings.json'), '{');
  await remove({ extent: 'own-files', isUsualPlace: false });
  expect(readdirSync(dataFolder)).toEqual([]);
});

it('takes from a keyring that has more than one data folder’s only what is this one’s', async () => {
  const keyring = new MemoryKeyring();
  const [own, other] = [dataFolder, join(place, 'Other')].map((at) => proxyItemName(appPaths(at).tokensFolder));
  keyring.texts.set(own ?? '', 'mellon').set(other ?? '', 'another');
  keyring.texts.set(tokenItemName(profile), formatBlob(new Map([['common/somebody', emptyCache]])));
  const options = { isUsualPlace: false, openKeyring: () => Promise.resolve(keyring) };
  writeSettings({ profile: { proxy: 'http://proxy.example:8080' } });
  expect(await remove(options)).toMatchObject({ tokens: { kind: 'none' } });
  expect(keyring.calls).toBe(0);
  mkdirSync(dataFolder);
  writeSettings({ profile: { proxy: 'http://ada@proxy.example:8080' } });
  expect(await remove(options)).toMatchObject({ tokens: { kind: 'removed' } });
  expect([...keyring.texts.keys()]).toEqual([other, tokenItemName(profile)]);
});
