import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { proxyItemName } from '../../electron/main/auth/vault.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { type HeadlessApp, startHeadlessApp } from '../support/headless-app.ts';
import { FakeSecretStore } from '../unit/auth/fake-secret-store.ts';
import { type ScriptedProxy, startGateway, startRefusingProxy } from '../support/proxies.ts';

/** Never names that anybody could look up (RFC 6761): who reaches them, does so by a proxy. */
const loginHost = 'login.tidings.test';
const mailHost = 'mail.tidings.test';

/** The core in a network whose only way out is a proxy, for tokens and for mail. */
describe('the app behind a proxy', () => {
  let folder: string;
  let world: World;
  let app: HeadlessApp;
  let gateway: ScriptedProxy;
  let other: ScriptedProxy;
  let refusing: ScriptedProxy;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidings-proxied-'));
    // Too short a life for MSAL's cache: each connection asks for a token.
    const identity = { host: loginHost, accessTokenLifetimeSeconds: 200 };
    world = await startWorld({ folder: join(folder, 'world'), identity, imapNames: [mailHost] });
    [gateway, other] = [await startGateway(), await startGateway()];
    refusing = await startRefusingProxy('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic');
    const profile = { ...world.profile, imap: { host: mailHost, port: world.imap.port } };
    app = await startHeadlessApp({ folder: join(folder, 'data'), profile, clock: systemClock });
  });

  afterAll(async () => {
    await app.core.dispose();
    await Promise.all([world, gateway, other, refusing].map((each) => each.dispose()));
    rmSync(folder, { recursive: true });
  });

  const stateOf = ({ accounts }: AppSnapshot) => accounts[0]?.state;
  const asked = (proxy: ScriptedProxy, host: string) => proxy.targets.filter((target) => target.startsWith(`${host}:`));
  const untilWatching = (mark?: number) =>
    app.snapshots.waitFor((snapshot) => stateOf(snapshot)?.kind === 'watching', mark);
  const renewals = (): number => world.identity.log.tokenRequestCount('refresh_token');

  function use({ host, port }: ScriptedProxy, who = { user: '', password: '' }): Promise<void> {
    return app.core.network.use({ mode: 'manual', address: `http://${host}:${port}`, ...who });
  }

  it('signs in, renews and watches by it', async () => {
    await use(gateway);
    await walkSignIn(await app.beginSignIn(), ada);
    await untilWatching();
    expect(world.identity.log.tokenRequestCount('authorization_code')).toBe(1);
    expect(renewals()).toBeGreaterThan(0);
    expect(asked(gateway, loginHost).length).toBeGreaterThanOrEqual(1 + renewals());
    expect(asked(gateway, mailHost)).toHaveLength(world.imap.counts.connections);
  });

  it('leaves the old way at once when another is chosen, logged out', async () => {
    const { connections } = world.imap.counts;
    const over = world.imap.events.waitFor(
      (event) => event.kind === 'command' && event.name === 'LOGOUT',
      world.imap.events.mark,
    );
    const { mark } = app.snapshots;
    await use(other);
    await over;
    await world.imap.events.waitUntil(() => world.imap.counts.connections === connections + 1);
    await untilWatching(mark);
    expect(asked(other, mailHost)).toHaveLength(1);
    expect(asked(other, loginHost).length).toBeGreaterThan(0);
    expect(asked(gateway, mailHost)).toHaveLength(connections);
  });

  it('asks a proxy that refuses it once for a token, and not again for five minutes unless a person asks', async () => {
    const { mark } = app.snapshots;
    await use(refusing, { user: 'ada', password: 'wrong' });
    const refused = await app.snapshots.waitFor((snapshot) => stateOf(snapshot)?.kind === 'refused', mark);
    const state = stateOf(refused);
    if (state?.kind !== 'refused') throw new Error('not refused');
    expect(state.error.code).toBe('proxy-sign-in-refused');
    expect(Math.round((state.retryAt - state.error.at) / 1_000)).toBe(300);
    expect(refusing.targets).toEqual([`${loginHost}:${new URL(world.identity.authority).port}`]);
    app.core.checkNow(null);
    await expect.poll(() => refusing.targets).toHaveLength(2);
  });

  it.runIf(process.platform === 'linux')(
    'deletes a password that an earlier run left in a locked keyring',
    async () => {
      const dataFolder = join(folder, 'later');
      const leftover = proxyItemName(appPaths(dataFolder).tokensFolder);
      const keyring = Object.assign(new FakeSecretStore(), { isReplaced: true, dispose: () => {} });
      keyring.texts.set(leftover, JSON.stringify({ proxy: 'http://ada@proxy.example:8080', password: 'mellon' }));
      const options = { profile: world.profile, clock: systemClock, secretStore: keyring };
      const later = await startHeadlessApp({ folder: dataFolder, ...options });
      expect(await later.core.vault.retry()).toEqual({ kind: 'ready' });
      await expect.poll(() => keyring.texts.has(leftover)).toBe(false);
      await later.core.dispose();
    },
  );
});
