import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { createAuthService } from '../../electron/main/auth/auth-service.ts';
import { refusalPauseMs } from '../../electron/main/auth/token-service.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import type { RefusalDetails } from '../standin/identity/aadsts.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { type HeadlessApp, type HeadlessAppOptions, startHeadlessApp } from '../support/headless-app.ts';
import { HandClock } from './auth-bench.ts';

let folder: string;
let here: World;
/** Another provider, with mail servers of its own. */
let elsewhere: World;
const apps: HeadlessApp[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-lost-'));
  [here, elsewhere] = await Promise.all([
    startWorld({ folder: join(folder, 'here') }),
    startWorld({ folder: join(folder, 'elsewhere') }),
  ]);
  // Less than MSAL gives from its cache: each connect renews.
  for (const { identity } of [here, elsewhere]) identity.setAccessTokenLifetime(250);
});

afterEach(async () => {
  await Promise.all(apps.splice(0).map(({ core }) => core.dispose()));
  for (const { identity } of [here, elsewhere]) identity.clearFaults();
});

afterAll(async () => {
  await Promise.all([here.dispose(), elsewhere.dispose()]);
  rmSync(folder, { recursive: true });
});

async function start(over: Partial<HeadlessAppOptions> = {}): Promise<HeadlessApp> {
  const clock = new HandClock();
  clock.instant.add(refusalPauseMs);
  const own = { folder: mkdtempSync(join(folder, 'app-')), profile: here.profile, clock };
  const app = await startHeadlessApp({ ...own, ...over });
  apps.push(app);
  return app;
}

/** Resolves with the accounts once the sign-in is over and all are as wanted, `count` of them. */
async function untilAll(app: HeadlessApp, count: number, isRight: (account: AccountSnapshot) => boolean) {
  const { accounts } = await app.snapshots.waitFor(
    ({ signIn, accounts: all }) => signIn.kind === 'idle' && all.length === count && all.every(isRight),
    app.snapshots.mark - 1,
  );
  return accounts;
}

const watching = ({ state }: AccountSnapshot): boolean => state.kind === 'watching';

async function connectAnew({ core }: HeadlessApp): Promise<void> {
  await core.accounts.suspend();
  core.resume();
}

describe('a renewal that is refused', () => {
  it.each<[number, RefusalDetails, string, string]>([
    [50_173, {}, 'password-changed', 'you'],
    [50_173, { suberror: 'bad_token' }, 'password-changed', 'you'],
    [700_082, {}, 'session-over', 'you'],
    [70_043, {}, 'sign-in-frequency', 'you'],
    [50_076, { suberror: 'basic_action' }, 'mfa-needed', 'you'],
    [65_001, { suberror: 'consent_required' }, 'consent-missing', 'you'],
    [50_057, {}, 'account-disabled', 'administrator'],
    [53_003, {}, 'conditional-access', 'administrator'],
  ])('says why in words, until the person has signed in again: AADSTS%i %o', async (aadsts, details, why, who) => {
    const app = await start();
    await walkSignIn(await app.beginSignIn(), ada);
    await untilAll(app, 1, watching);
    const refused = here.identity.order({ at: 'token', grant: 'refresh_token', kind: 'refused', aadsts, details }, 2);
    await connectAnew(app);
    const [lost] = await untilAll(app, 1, ({ state }) => state.kind === 'needs-sign-in');
    expect(lost?.state).toMatchObject({ error: { explanation: why, who, aadsts: String(aadsts) } });
    refused.clear();

    await walkSignIn(await app.beginSignIn(lost?.id), ada);
    await untilAll(app, 1, watching);
  });
});

describe('the next run', () => {
  it('says that the sign-in isn’t kept, where the person chose that, and makes no news of it', async () => {
    const before = await start();
    await walkSignIn(await before.beginSignIn(), ada);
    await untilAll(before, 1, watching);
    const app = await start({ accounts: before.core.accounts.records() });
    const [account] = await untilAll(app, 1, ({ state }) => state.kind === 'needs-sign-in');
    expect(account?.state).toMatchObject({ error: { explanation: 'session-only', who: 'you' } });
    expect(app.lost).toEqual([]);
  });

  it('asks for no token with what was refused, though the keyring still has it', async () => {
    const before = await start();
    await walkSignIn(await before.beginSignIn(), ada);
    const [{ id }] = (await untilAll(before, 1, watching)) as [AccountSnapshot];
    const accounts = before.core.accounts.records();
    const own = mkdtempSync(join(folder, 'app-'));
    const lost = { [id]: { code: 'sign-in-expired', explanation: 'password-changed', at: 1, aadsts: '50173' } };
    writeFileSync(appPaths(own).signInsFile, JSON.stringify({ schemaVersion: 1, lost }));
    let asked = 0;
    const createAuth: HeadlessAppOptions['createAuth'] = (options) => ({
      ...createAuthService(options),
      acquireToken: () => {
        asked += 1;
        return Promise.resolve({ token: 'from the keyring', expiresAt: Date.now() + 3_600_000 });
      },
    });
    const app = await start({ folder: own, accounts, createAuth });
    const [account] = await untilAll(app, 1, ({ state }) => state.kind === 'needs-sign-in');
    expect(account?.state).toMatchObject({ error: { explanation: 'password-changed' } });
    expect(asked).toBe(0);
    expect(app.lost).toEqual([]);
  });
});

describe('accounts of two clouds', () => {
  it('are watched side by side, and each signs in again at its own', async () => {
    const app = await start();
    await walkSignIn(await app.beginSignIn(), ada);
    await untilAll(app, 1, watching);
    const { mark } = app.opened;
    app.core.signIn.begin(elsewhere.profile);
    const page = await app.opened.waitFor(() => true, mark);
    await walkSignIn(page, ada);
    // The same person's ids elsewhere are another account.
    const [one, other] = await untilAll(app, 2, watching);

    elsewhere.identity.revokeRefreshTokens(ada.address);
    await connectAnew(app);
    await untilAll(app, 2, ({ id, state }) => state.kind === (id === other?.id ? 'needs-sign-in' : 'watching'));
    const address = await app.beginSignIn(other?.id);
    expect(new URL(address).host).toBe(new URL(page).host);
    const { host } = new URL(elsewhere.profile.authority);
    expect(app.core.signIn.state).toMatchObject({ kind: 'waiting', accountId: other?.id, host });
    await walkSignIn(address, ada);
    expect((await untilAll(app, 2, watching)).map(({ id }) => id)).toEqual([one?.id, other?.id]);
  });
});
