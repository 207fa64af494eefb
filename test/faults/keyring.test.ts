import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect } from 'vitest';

import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { CoreProcess } from '../support/core-process.ts';
import { allOf, followIssuedSecrets, type SecretTrail } from '../support/issued-secrets.ts';
import { piecesOf, searchFiles } from '../support/secret-search.ts';
import { faultTest } from './fault-test.ts';
import { tidingsHost } from './hosted-scene.ts';

/** A real gnome-keyring in each state that a person can find it in. */
describe('a keyring', () => {
  let issued: SecretTrail;
  let desktop: Desktop;
  let world: World;
  let tidings: CoreProcess;

  beforeEach(async () => {
    issued = followIssuedSecrets([ada]);
    desktop = await startDesktop();
    world = await startWorld({ folder: join(desktop.session.folder, 'world') });
    start();
    await tidings.call('signIn', ada);
    await untilWatching();
  });

  afterEach(async () => {
    await tidings.kill();
    await world.dispose();
    await desktop.dispose();
    issued.stop();
  });

  function start(): void {
    const order = { folder: join(desktop.session.folder, 'data'), profile: world.profile, sessionOnly: false };
    tidings = new CoreProcess({ script: tidingsHost, order, env: desktop.session.env });
  }

  const vaultOf = ({ vault }: AppSnapshot): string => (vault.kind === 'unavailable' ? vault.error.code : vault.kind);
  const accountOf = ({ accounts: [account] }: AppSnapshot): string => {
    if (account === undefined) return 'none';
    return 'error' in account.state ? `${account.state.kind} ${account.state.error.code}` : account.state.kind;
  };
  const untilVault = (wanted: string) => tidings.snapshots.waitFor((snapshot) => vaultOf(snapshot) === wanted);
  const untilWatching = () => tidings.snapshots.waitFor((snapshot) => accountOf(snapshot) === 'watching');

  function deliver(subject: string): Promise<unknown> {
    world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
    return desktop.notifications.waitFor(({ body }) => body.startsWith(subject));
  }

  /** Starts with a keyring that isn't to be had, and goes on once it is. */
  async function startWithout(code: string, mend: () => Promise<void>): Promise<void> {
    await tidings.quit();
    start();
    await tidings.snapshots.waitFor((snapshot) => accountOf(snapshot) === `offline ${code}`);
    await untilVault(code);
    const { mark } = tidings.snapshots;
    await mend();
    await tidings.snapshots.waitFor((snapshot) => accountOf(snapshot) === 'watching', mark);
    expect(tidings.snapshots.all.map(accountOf)).not.toContainEqual(expect.stringContaining('needs-sign-in'));
  }

  /** No token lies in a file in the clear, and the person was sent to the sign-in page but once. */
  function expectKept(): void {
    const { refreshTokens, accessTokens, idTokens } = issued.now();
    expect([refreshTokens.length, accessTokens.length].every((count) => count > 0)).toBe(true);
    const files = searchFiles(desktop.session.folder, piecesOf(allOf({ ...issued.now(), idTokens })), (folder) =>
      folder.startsWith('world'),
    );
    expect(files.filter(({ found }) => found.length > 0)).toEqual([]);
    expect(world.identity.log.tokenRequestCount('authorization_code')).toBe(1);
  }

  faultTest(
    50,
    async () => {
      const { keyring } = desktop.session;
      await keyring.lock();
      await untilVault('locked');
      await deliver('While it is locked');
      await keyring.unlock();
      await untilVault('ready');
      expect(tidings.snapshots.all.flatMap(({ notices }) => notices)).toEqual([]);
      await keyring.lock();
      await startWithout('keyring-locked', () => keyring.unlock());
      expectKept();
    },
    { variant: 'locked' },
  );

  faultTest(
    50,
    async () => {
      const { keyring } = desktop.session;
      await keyring.stop();
      await startWithout('keyring-unavailable', () => keyring.start());
      expectKept();
    },
    { variant: 'absent' },
  );

  faultTest(
    50,
    async () => {
      const { keyring } = desktop.session;
      await keyring.stop();
      const lost = await untilVault('keyring-lost');
      expect(accountOf(lost)).toBe('watching');
      await deliver('While it is lost');
      const { mark } = tidings.snapshots;
      await keyring.start();
      await tidings.snapshots.waitFor((snapshot) => vaultOf(snapshot) === 'ready', mark);
      // The token that it has now is one that only the new keyring can have.
      const { mark: before } = world.imap.events;
      const renewals = world.identity.log.tokenRequestCount('refresh_token');
      world.imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 1 });
      world.imap.cut('fin');
      await world.imap.events.waitFor(({ kind }) => kind === 'idle-began', before);
      expect(world.identity.log.tokenRequestCount('refresh_token')).toBe(renewals + 1);
      await tidings.quit();
      start();
      await untilWatching();
      expectKept();
    },
    { variant: 'lost while running' },
  );
});
