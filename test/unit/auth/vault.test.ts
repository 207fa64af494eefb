import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dpapiKeyring } from '../../../electron/main/auth/keyring.ts';
import { keyringFailure } from '../../../electron/main/auth/keyring-failure.ts';
import { keyringLimitMs } from '../../../electron/main/auth/keyring-gate.ts';
import type { VaultNotice } from '../../../electron/main/auth/vault-notice.ts';
import { createTokenVault, type TokenVault } from '../../../electron/main/auth/vault.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { fakeDataProtection } from '../../support/fake-data-protection.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { MemoryKeyring } from './memory-keyring.ts';

const ada = { item: 'item', partition: 'common/ada' };
const lin = { item: 'item', partition: 'common/lin' };
const cacheOf = (word: string): string =>
  JSON.stringify({ Account: { [word]: {} }, IdToken: {}, AccessToken: {}, RefreshToken: {}, AppMetadata: {} });

let keyring: MemoryKeyring;
let clock: FakeClock;
let notices: VaultNotice[];

beforeEach(() => {
  keyring = new MemoryKeyring();
  clock = new FakeClock();
  notices = [];
});

/** Makes the keyring wait until the returned function is called. */
function hold(): () => void {
  let release = (): void => {};
  keyring.hold = new Promise((resolve) => {
    release = resolve;
  });
  return () => {
    release();
  };
}

function startVault(sessionOnly = false): TokenVault {
  return createTokenVault({
    folder: '',
    sessionOnly,
    expectsAccounts: () => true,
    onNotice: (notice) => notices.push(notice),
    clock,
    log: recordingLog(),
    openKeyring: () => Promise.resolve(keyring),
  });
}

describe('the vault', () => {
  it('touches no keyring before it is needed', async () => {
    const vault = startVault();
    await settle();
    expect(vault.state()).toEqual({ kind: 'unknown' });
    expect(keyring.probes).toBe(0);
  });

  it('tells each change of its state once', async () => {
    const vault = startVault();
    const seen: string[] = [];
    const stop = vault.onChange((state) => seen.push(state.kind === 'unavailable' ? state.error.code : state.kind));
    await Promise.all([vault.probe(), vault.probe()]);
    await vault.probe();
    keyring.mode = 'locked';
    await vault.probe();
    keyring.mode = 'broken';
    await vault.probe();
    vault.useSessionOnly();
    await vault.probe();
    stop();
    keyring.mode = 'ready';
    await vault.retry();
    expect(seen).toEqual(['ready', 'keyring-locked', 'keyring-lost', 'session-only']);
    expect(vault.state()).toEqual({ kind: 'ready' });
  });

  it('waits no longer than 30 s for a keyring that asks the person, and takes its late answer', async () => {
    const release = hold();
    const vault = startVault();
    const probed = vault.probe();
    await clock.advance(keyringLimitMs);
    expect(await probed).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-locked' } });
    expect(clock.pending).toBe(0);
    release();
    await settle();
    expect(vault.state()).toEqual({ kind: 'ready' });
  });

  it('hands a token out after 5 s though its save still waits', async () => {
    const vault = startVault();
    await vault.probe();
    const release = hold();
    const written = vault.tokens.write(ada, cacheOf('one'));
    await clock.advance(5_000);
    await written;
    expect(keyring.saves).toBe(0);
    release();
    await vault.flush();
    expect([...keyring.texts.values()].join('')).toContain('one');
  });

  it('writes once what changes while a save waits, and the newest of it', async () => {
    const vault = startVault();
    await vault.probe();
    const release = hold();
    const writes = [vault.tokens.write(ada, cacheOf('one'))];
    await settle();
    for (const word of ['two', 'three', 'four']) writes.push(vault.tokens.write(ada, cacheOf(word)));
    release();
    await Promise.all(writes);
    expect(keyring.saves).toBeLessThanOrEqual(2);
    expect([...keyring.texts.values()].join('')).toContain('four');
  });

  it("never overwrites other accounts' tokens that it hasn't read yet", async () => {
    await startVault().tokens.write(ada, cacheOf('ada'));
    const restarted = startVault();
    await restarted.tokens.write(lin, cacheOf('lin'));
    expect(await startVault().tokens.read(ada)).toEqual({ kind: 'present', cache: cacheOf('ada') });
  });

  it('keeps nothing outside memory in a session-only run, and moves it into the keyring on request', async () => {
    const vault = startVault(true);
    await vault.tokens.write(ada, cacheOf('ada'));
    expect(await vault.tokens.read(ada)).toEqual({ kind: 'present', cache: cacheOf('ada') });
    expect(keyring.probes + keyring.saves).toBe(0);
    expect(await vault.retry()).toEqual({ kind: 'ready' });
    await vault.flush();
    expect(await startVault().tokens.read(ada)).toEqual({ kind: 'present', cache: cacheOf('ada') });
  });

  it('leaves nothing of one account in what was set aside, though another stays', async () => {
    keyring.texts.set('item', '{"version":1,"partitions":{"common/ada":{"Acc');
    const vault = startVault();
    await vault.tokens.read(ada);
    await vault.tokens.write(ada, cacheOf('ada'));
    await vault.tokens.write(lin, cacheOf('lin'));
    expect(keyring.texts.has('item.damaged')).toBe(true);
    await vault.tokens.remove(ada);
    expect([...keyring.texts.keys()]).toEqual(['item']);
    expect(keyring.texts.get('item')).not.toContain('common/ada');
  });

  it('sets aside what was damaged while it ran, loses nothing of its own, and alarms nobody', async () => {
    const vault = startVault();
    await vault.tokens.write(ada, cacheOf('ada'));
    const newer = '{"version":2,"accounts":["of a newer version"]}';
    keyring.texts.set('item', newer);
    await vault.tokens.write(lin, cacheOf('lin'));
    expect(keyring.texts.get('item.damaged')).toBe(newer);
    expect(await startVault().tokens.read(ada)).toEqual({ kind: 'present', cache: cacheOf('ada') });
    expect(await startVault().tokens.read(lin)).toEqual({ kind: 'present', cache: cacheOf('lin') });
    expect(notices).toEqual([]);
  });

  it('sets a damaged cache aside once, and deletes it with the last account', async () => {
    keyring.texts.set('item', '{"version":1,"partitions":{"common/ada":{"Acc');
    const vault = startVault();
    expect(await vault.tokens.read(ada)).toEqual({ kind: 'absent', isDamaged: true });
    await vault.tokens.read(lin);
    expect(notices).toMatchObject([
      { kind: 'cache-set-aside', keptAs: 'item.damaged', error: { code: 'token-cache-damaged' } },
    ]);
    expect(keyring.texts.get('item.damaged')).toContain('"Acc');
    expect(await startVault().tokens.read(ada)).toEqual({ kind: 'absent', isDamaged: false });
    expect(notices).toHaveLength(1);
    await vault.tokens.remove(ada);
    expect(keyring.texts.size).toBe(0);
  });
});

describe("the keyring's words", () => {
  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keyring-unavailable'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'keyring-unavailable'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'keyring-unavailable'],
    ['Cannot create an item in a locked collection', 'keyring-locked'],
    ['User interaction is not allowed.', 'keyring-locked'],
    ["ENOSPC: ENOSPC: no space left on device, open '/home/ada/x'", 'disk-full'],
    ["EACCES: permission denied, open '/home/ada/x'", 'disk-failed'],
  ])('%s means %s', (message, code) => {
    const wrapped = `CachePersistenceError: Verifing persistence failed with the error: Error: ${message}`;
    const { info } = keyringFailure(new Error(wrapped), 1);
    expect(info.code).toBe(code);
    expect(info.detail).not.toContain('/home/ada');
    expect(info.detail).not.toContain('Verifing');
  });
});

describe('files encrypted by DPAPI', () => {
  let folder: string;
  let fullDisk: boolean;

  beforeEach(() => {
    fullDisk = false;
    folder = mkdtempSync(join(tmpdir(), 'tidings-dpapi-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const extensions = fakeDataProtection(() => fullDisk);

  it('are replaced whole: a save that fails half-way leaves the old one', async () => {
    const item = await dpapiKeyring(extensions, { folder }).item('item');
    await item.save('one');
    await item.save('two');
    fullDisk = true;
    await expect(item.save('three')).rejects.toThrow('ENOSPC');
    expect(await item.load()).toBe('two');
  });

  it('are set aside when they cannot be decrypted, and deleted with their copy', async () => {
    const item = await dpapiKeyring(extensions, { folder }).item('item');
    await writeFile(join(folder, 'item.tokens'), 'garbage');
    await expect(item.load()).rejects.toMatchObject({ info: { code: 'token-cache-damaged' } });
    expect(await item.setAside(null)).toBe('item.damaged');
    expect(await item.load()).toBeNull();
    expect(await readFile(join(folder, 'item.damaged.tokens'), 'utf8')).toBe('garbage');
    await item.delete();
    await expect(readFile(join(folder, 'item.damaged.tokens'))).rejects.toThrow('ENOENT');
  });
});
