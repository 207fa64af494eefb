import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type DesktopSession, startDesktopSession } from '../desktop/session.ts';
import { ada, lin, type StandinPerson } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { allOf, followIssuedSecrets, type SecretTrail } from '../support/issued-secrets.ts';
import { HostProcess } from './host-process.ts';

/** What the app's own sign-in and renewal leave in a real keyring, in processes that end and begin again. */
describe('accounts whose tokens are in a real keyring', () => {
  let issued: SecretTrail;
  let session: DesktopSession;
  let world: World;
  let folder: string;
  let hosts: HostProcess[];

  beforeEach(async () => {
    issued = followIssuedSecrets([ada, lin]);
    hosts = [];
    folder = mkdtempSync(join(tmpdir(), 'tidings-vault-'));
    session = await startDesktopSession();
    world = await startWorld({ folder: join(folder, 'world') });
  });

  afterEach(async () => {
    await Promise.all(hosts.map((host) => host.kill()));
    await world.dispose();
    await session.dispose();
    rmSync(folder, { recursive: true });
    issued.stop();
  });

  function start(): HostProcess {
    const args = [join(folder, 'tokens'), JSON.stringify(world.profile)];
    const host = new HostProcess('auth-host.ts', { args, env: session.env });
    hosts.push(host);
    return host;
  }

  const signIn = async (host: HostProcess, person: StandinPerson): Promise<string> =>
    String(await host.call('signIn', person));
  const renewals = (): number => world.identity.log.tokenRequestCount('refresh_token');
  const kept = async (): Promise<string> => (await session.keyring.secrets()).join('\n');

  it('share one item, and removing one leaves the other’s at work and nothing of its own', async () => {
    const first = start();
    const adaId = await signIn(first, ada);
    const ofAda = issued.now();
    const linId = await signIn(first, lin);
    await first.call('acquire', adaId, 'renewed');
    const adasRenewed = issued.now().refreshTokens.at(-1) ?? '';
    expect(await session.keyring.items()).toHaveLength(1);
    expect(await kept()).toContain(adasRenewed);

    expect(await first.call('remove', adaId)).toBeNull();
    const rest = await kept();
    const adasOwn = [...allOf({ ...ofAda, clientInfos: [] }), adasRenewed];
    expect(adasOwn.length).toBeGreaterThanOrEqual(6);
    expect(adasOwn.filter((secret) => rest.includes(secret))).toEqual([]);
    for (const trace of [ada.address, ada.oid, adaId]) expect(rest).not.toContain(trace);
    await first.kill();

    const second = start();
    expect(await second.call('acquire', linId, 'cached')).toBe(true);
    expect(await second.call('acquire', linId, 'renewed')).toBe(true);
    expect(await second.call('acquire', adaId, 'cached')).toMatchObject({ failure: { code: 'sign-in-expired' } });
  });

  it('are in the keyring as soon as a token is handed out, so that a crash then loses nothing', async () => {
    const first = start();
    const id = await signIn(first, ada);
    // Two, since the stand-in takes each refresh token once only: with one behind, the next start would be refused.
    await first.call('acquire', id, 'renewed');
    await first.call('acquire', id, 'renewed');
    await first.kill();
    const second = start();
    expect(await second.call('acquire', id, 'renewed')).toBe(true);
    expect(renewals()).toBe(3);
  });

  it('are asked for once when a crash took the newest with it, never in a loop', async () => {
    const first = start();
    const id = await signIn(first, ada);
    await session.keyring.lock();
    expect(await first.call('acquire', id, 'renewed')).toBe(true);
    await first.kill();
    await session.keyring.unlock();

    const second = start();
    const signInAgain = { failure: { code: 'sign-in-expired' } };
    expect(await second.call('acquire', id, 'cached')).toBe(true);
    expect(await second.call('acquire', id, 'renewed')).toMatchObject(signInAgain);
    // The one that was refused was tried once more, and is sent no more: not later, nor after another start.
    const tries = renewals();
    expect(tries).toBe(3);
    expect(await second.call('acquire', id, 'renewed')).toMatchObject(signInAgain);
    await second.kill();
    const third = start();
    expect(await third.call('acquire', id, 'cached')).toMatchObject(signInAgain);
    expect(renewals()).toBe(tries);
    expect(await signIn(third, ada)).toBe(id);
    expect(await third.call('acquire', id, 'renewed')).toBe(true);
  });

  it('are renewed all the same when the keyring has stopped, and the one kept there serves the next start', async () => {
    const first = start();
    const adaId = await signIn(first, ada);
    const linId = await signIn(first, lin);
    await session.keyring.stop();
    expect(await first.call('acquire', adaId, 'renewed')).toBe(true);
    expect(await first.call('acquire', adaId, 'renewed')).toBe(true);
    expect(await first.call('notices')).toMatchObject([{ kind: 'save-failed', error: { code: 'keyring-lost' } }]);
    await session.keyring.start();
    // Still in memory, though the keyring that is there now can't be had in this process.
    expect(await first.call('retry')).toMatchObject({ kind: 'unavailable', error: { code: 'keyring-lost' } });
    expect(await first.call('acquire', adaId, 'renewed')).toBe(true);
    await first.kill();

    const second = start();
    expect(await second.call('acquire', linId, 'renewed')).toBe(true);
    expect(await second.call('retry')).toEqual({ kind: 'ready' });
  });
});
