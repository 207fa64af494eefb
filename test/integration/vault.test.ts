import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DesktopSession, startDesktopSession } from '../desktop/session.ts';
import { startUnlockPrompter } from '../desktop/unlock-prompter.ts';
import { HostProcess } from './host-process.ts';

const item = 'login.example.com_6d9c2f64';
const secret = 'a-refresh-token-that-nobody-may-see';
const cache = JSON.stringify({
  Account: { ada: { username: 'ada@contoso.example' } },
  IdToken: {},
  AccessToken: {},
  RefreshToken: { one: { secret } },
  AppMetadata: {},
});

let folder: string;
let hosts: HostProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-vault-'));
  hosts = [];
});

afterEach(async () => {
  await Promise.all(hosts.map((host) => host.kill()));
  rmSync(folder, { recursive: true });
});

/** A vault in a process of its own. */
function startHost(env: Readonly<Record<string, string>>, execArgv: string[] = []): HostProcess {
  const host = new HostProcess('vault-host.ts', { args: [join(folder, 'tokens')], env, execArgv });
  hosts.push(host);
  return host;
}

/** Every file below the folders, as one text. */
function contentOf(...folders: readonly string[]): string {
  return folders
    .flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .map((name) => join(root, name))
        .filter((path) => statSync(path).isFile()),
    )
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

describe('with a real keyring', () => {
  let session: DesktopSession;

  beforeEach(async () => {
    session = await startDesktopSession();
  });

  afterEach(async () => {
    await session.dispose();
  });

  const tidingsItems = async (): Promise<readonly string[]> =>
    (await session.keyring.items()).map(({ attributes }) => `${attributes['service']}/${attributes['account']}`);

  it('keeps tokens over a restart, in the keyring and nowhere in the clear', async () => {
    const first = startHost(session.env);
    expect(await first.call('state')).toEqual({ kind: 'unknown' });
    await first.call('write', item, 'common/ada', cache);
    expect(await first.call('state')).toEqual({ kind: 'ready' });
    await first.kill();

    const second = startHost(session.env);
    expect(await second.call('read', item, 'common/ada')).toEqual({ kind: 'present', cache });
    expect(await tidingsItems()).toEqual([`Tidings/${item}`]);
    const kept = ['HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME'].map((name) => session.env[name] ?? '');
    expect(contentOf(folder, ...kept)).not.toContain(secret);
  });

  it('leaves nothing behind when the last account is removed', async () => {
    const host = startHost(session.env);
    await host.call('write', item, 'common/ada', cache);
    await host.call('write', item, 'common/lin', cache);
    await host.call('remove', item, 'common/ada');
    expect(await tidingsItems()).toEqual([`Tidings/${item}`]);
    await host.call('remove', item, 'common/lin');
    expect(await tidingsItems()).toEqual([]);
    expect(await startHost(session.env).call('read', item, 'common/ada')).toMatchObject({ kind: 'absent' });
  });

  it('tells a locked keyring from one without tokens, and goes on when it is unlocked', async () => {
    await startHost(session.env).call('write', item, 'common/ada', cache);
    await session.keyring.lock();
    const host = startHost(session.env);
    expect(await host.call('read', item, 'common/ada')).toMatchObject({ failure: { code: 'keyring-locked' } });
    expect(await host.call('state')).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-locked' } });
    await session.keyring.unlock();
    expect(await host.call('retry')).toEqual({ kind: 'ready' });
    expect(await host.call('read', item, 'common/ada')).toEqual({ kind: 'present', cache });
  });

  it('keeps a token in memory when the keyring gets locked, and saves it once that is over', async () => {
    const host = startHost(session.env);
    await host.call('write', item, 'common/ada', cache);
    await session.keyring.lock();
    const rotated = cache.replace(secret, `${secret}-2`);
    await host.call('write', item, 'common/ada', rotated);
    expect(await host.call('read', item, 'common/ada')).toEqual({ kind: 'present', cache: rotated });
    expect(await host.call('notices')).toMatchObject([{ kind: 'save-failed', error: { code: 'keyring-locked' } }]);
    await session.keyring.unlock();
    await host.call('retry');
    await host.call('untilNotice', 'save-recovered');
    expect(await host.call('notices')).toMatchObject([{ kind: 'save-failed' }, { kind: 'save-recovered' }]);
    await host.kill();
    expect(await startHost(session.env).call('read', item, 'common/ada')).toEqual({ kind: 'present', cache: rotated });
  });

  it('does not say that tokens are deleted while they are locked away, nor deletes them later', async () => {
    const host = startHost(session.env);
    await host.call('write', item, 'common/ada', cache);
    await session.keyring.lock();
    expect(await host.call('remove', item, 'common/ada')).toMatchObject({ failure: { code: 'keyring-locked' } });
    await session.keyring.unlock();
    await host.call('retry');
    await host.call('flush');
    expect(await startHost(session.env).call('read', item, 'common/ada')).toEqual({ kind: 'present', cache });
    await host.call('remove', item, 'common/ada');
    expect(await tidingsItems()).toEqual([]);
  });

  it('deletes what a session-only run found locked away as soon as it is unlocked', async () => {
    await startHost(session.env).call('write', item, 'common/ada', cache);
    await session.keyring.lock();
    const host = startHost(session.env);
    await host.call('useSessionOnly');
    await host.call('remove', item, 'common/ada');
    expect(await host.call('notices')).toMatchObject([{ kind: 'deletion-waits', error: { code: 'keyring-locked' } }]);
    expect(await host.call('retry')).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-locked' } });
    expect(await host.call('state')).toEqual({ kind: 'session-only' });
    await session.keyring.unlock();
    expect(await host.call('retry')).toEqual({ kind: 'ready' });
    await host.call('untilNotice', 'deletion-done');
    expect(await tidingsItems()).toEqual([]);
    expect(await host.call('notices')).toMatchObject([{ kind: 'deletion-waits' }, { kind: 'deletion-done' }]);
  });

  it('notices by itself that it is unlocked, and that it was locked, without an alarm', async () => {
    await startHost(session.env).call('write', item, 'common/ada', cache);
    await session.keyring.lock();
    const host = startHost(session.env);
    expect(await host.call('read', item, 'common/ada')).toMatchObject({ failure: { code: 'keyring-locked' } });
    await session.keyring.unlock();
    await host.call('untilState', 'ready');
    expect(await host.call('read', item, 'common/ada')).toEqual({ kind: 'present', cache });
    await session.keyring.lock();
    await host.call('untilState', 'locked');
    await session.keyring.unlock();
    await host.call('untilState', 'ready');
    expect(await host.call('states')).toEqual(['keyring-locked', 'ready', 'locked', 'ready']);
    expect(await host.call('notices')).toEqual([]);
  });

  it('says that the keyring has stopped when it is lost while running, and uses the one that comes', async () => {
    const host = startHost(session.env);
    await host.call('write', item, 'common/ada', cache);
    await session.keyring.stop();
    await host.call('untilState', 'keyring-lost');
    await host.call('write', item, 'common/lin', cache);
    expect(await host.call('notices')).toMatchObject([{ kind: 'save-failed', error: { code: 'keyring-lost' } }]);
    expect(await host.call('read', item, 'common/lin')).toEqual({ kind: 'present', cache });
    expect(await host.call('remove', item, 'common/ada')).toMatchObject({ failure: { code: 'keyring-lost' } });

    await session.keyring.start();
    await host.call('untilState', 'ready');
    await host.call('untilNotice', 'save-recovered');
    expect(await host.call('notices')).toMatchObject([{ kind: 'save-failed' }, { kind: 'save-recovered' }]);
    expect(await tidingsItems()).toEqual([`Tidings/${item}`]);
    await host.kill();
    // libsecret finds what was written past it.
    const second = startHost(session.env);
    expect(await second.call('read', item, 'common/ada')).toEqual({ kind: 'present', cache });
    expect(await second.call('read', item, 'common/lin')).toEqual({ kind: 'present', cache });
  });

  it('is not damaged by two Tidings that start together', async () => {
    const two = [startHost(session.env), startHost(session.env)] as const;
    const rounds = async (host: HostProcess, partition: string): Promise<void> => {
      for (let round = 0; round < 5; round += 1) await host.call('write', item, partition, cache);
    };
    await Promise.all([rounds(two[0], 'common/ada'), rounds(two[1], 'common/lin')]);
    await two[0].call('write', item, 'common/ada', cache.replace(secret, `${secret}-2`));
    await two[1].call('write', item, 'common/lin', cache);
    for (const host of two) expect(await host.call('notices')).toEqual([]);
    const later = startHost(session.env);
    expect(await later.call('read', item, 'common/ada')).toMatchObject({ cache: expect.stringContaining('-2') });
    expect(await later.call('read', item, 'common/lin')).toEqual({ kind: 'present', cache });
    expect(await later.call('notices')).toEqual([]);
    expect(await tidingsItems()).toEqual([`Tidings/${item}`]);
  });

  it('takes a keyring that restarts for no loss, and loses nothing of what it had', async () => {
    const host = startHost(session.env);
    await host.call('write', item, 'common/ada', cache);
    await host.call('write', item, 'common/lin', cache);
    await session.keyring.stop();
    await session.keyring.start();
    await host.call('untilReplaced');
    await host.call('write', item, 'common/ada', cache.replace(secret, `${secret}-2`));
    await host.call('remove', item, 'common/lin');
    expect(await host.call('states')).toEqual(['ready']);
    expect(await host.call('notices')).toEqual([]);
    const [kept = ''] = await session.keyring.secrets();
    expect([kept.includes(`${secret}-2`), kept.includes('common/lin')]).toEqual([true, false]);
    await host.call('remove', item, 'common/ada');
    expect(await tidingsItems()).toEqual([]);
  });

  describe('whose dialog a person answers', () => {
    it('goes on with the call that waits for it, also after a wrong password', async () => {
      await startHost(session.env).call('write', item, 'common/ada', cache);
      await session.keyring.lock();
      const prompter = await startUnlockPrompter(session.bus);
      const host = startHost(session.env);
      const read = host.call('read', item, 'common/ada');
      await prompter.enterPassword('not this one');
      await prompter.enterPassword();
      expect(await read).toEqual({ kind: 'present', cache });
      expect(await host.call('state')).toEqual({ kind: 'ready' });
      expect(prompter.dialogs).toBe(2);
    });

    it('asks nothing more by itself when it is dismissed, and asks again when the person looks again', async () => {
      const first = startHost(session.env);
      await first.call('write', item, 'common/ada', cache);
      await first.call('write', item, 'common/lin', cache);
      await session.keyring.lock();
      const prompter = await startUnlockPrompter(session.bus);
      const host = startHost(session.env);
      const locked = { failure: { code: 'keyring-locked' } };
      const reads = Promise.all([host.call('read', item, 'common/ada'), host.call('read', item, 'common/lin')]);
      await prompter.dismiss();
      expect(await reads).toMatchObject([locked, locked]);
      expect(await host.call('read', item, 'common/ada')).toMatchObject(locked);
      expect(prompter.dialogs).toBe(1);

      const retried = host.call('retry');
      await prompter.enterPassword();
      expect(await retried).toEqual({ kind: 'ready' });
      expect(await host.call('read', item, 'common/lin')).toEqual({ kind: 'present', cache });
      expect(prompter.dialogs).toBe(2);
    });
  });
});

describe('without a keyring', () => {
  const bare = (): Record<string, string> => ({
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
  });

  it('says so, writes nothing, and keeps tokens in memory once the person chose that', async () => {
    const host = startHost(bare());
    expect(await host.call('probe')).toMatchObject({
      kind: 'unavailable',
      error: { code: 'keyring-unavailable', detail: expect.stringContaining('D-Bus') },
    });
    expect(await host.call('read', item, 'common/ada')).toMatchObject({ failure: { code: 'keyring-unavailable' } });
    await host.call('useSessionOnly');
    await host.call('write', item, 'common/ada', cache);
    expect(await host.call('read', item, 'common/ada')).toEqual({ kind: 'present', cache });
    expect(contentOf(folder)).not.toContain(secret);
    await host.call('remove', item, 'common/ada');
    expect(await host.call('read', item, 'common/ada')).toMatchObject({ kind: 'absent' });
  });

  it('survives a system without libsecret', async () => {
    const shim = join(folder, 'no-libsecret.cjs');
    writeFileSync(
      shim,
      `const load = process.dlopen;
       process.dlopen = (module, file, ...rest) => {
         if (file.includes('keytar')) throw new Error('libsecret-1.so.0: cannot open shared object file');
         return load.call(process, module, file, ...rest);
       };`,
    );
    const host = startHost(bare(), ['--require', shim]);
    expect(await host.call('probe')).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-unavailable' } });
    await host.call('useSessionOnly');
    await host.call('write', item, 'common/ada', cache);
    expect(await host.call('state')).toEqual({ kind: 'session-only' });
  });
});
