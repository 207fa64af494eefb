import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect } from 'vitest';

import { classifyTokenError } from '../../electron/main/accounts/token-failure.ts';
import { requestLimitMs } from '../../electron/main/auth/network-client.ts';
import { refusalPauseMs } from '../../electron/main/auth/token-service.ts';
import { type Clock, systemClock } from '../../electron/main/clock.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { accountOf, type Bench, failureOf, HandClock, type Run, startBench } from '../integration/auth-bench.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type HeadlessApp, startHeadlessApp } from '../support/headless-app.ts';
import { inWorld } from './fault-scene.ts';
import { faultTest } from './fault-test.ts';
import { minute } from './virtual-time.ts';

const fresh = { forceRefresh: true };
const clean: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of clean.splice(0).toReversed()) await end();
});

/** The app without a screen, on which Ada has signed in. */
async function startApp(clock: Clock): Promise<{ app: HeadlessApp; world: World }> {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-fault-'));
  clean.push(() => {
    rmSync(folder, { recursive: true });
  });
  const world = await startWorld({ folder: join(folder, 'world') });
  clean.push(() => world.dispose());
  const app = await startHeadlessApp({ folder: join(folder, 'data'), profile: world.profile, clock });
  clean.push(() => app.core.dispose());
  const idles = world.imap.events.waitFor(({ kind }) => kind === 'idle-began');
  await walkSignIn(await app.beginSignIn(), ada);
  await app.snapshots.waitFor(({ accounts }) => accounts.some(({ state }) => state.kind === 'watching'));
  await idles;
  return { app, world };
}

/** The tokens of Ada, who has signed in. */
async function startTokens(): Promise<{ bench: Bench; run: Run; account: ReturnType<typeof accountOf> }> {
  const bench = await startBench();
  clean.push(() => bench.dispose());
  bench.clock.instant.add(refusalPauseMs);
  const run = bench.start();
  return { bench, run, account: accountOf(bench, await bench.signIn(run, ada)) };
}

const renewalsAt = ({ identity }: Pick<World, 'identity'>): number => identity.log.tokenRequestCount('refresh_token');
const stateOf = ({ accounts }: AppSnapshot) => accounts[0]?.state;

describe('a token that ends', () => {
  faultTest(
    35,
    async () => {
      const clock = new FakeClock();
      const options = { clock, now: () => clock.now(), tokenLifetimeMs: 60 * minute };
      await inWorld(
        'stand-in',
        async ({ world, watched, deliver }) => {
          world.imap.order({ kind: 'end-at-expiry' });
          watched.start();
          await watched.counted(0);
          /** In steps that leave the server its time to answer: the app's limits run by this clock. */
          const pass = async (minutes: number): Promise<void> => {
            for (let left = minutes; left > 0; left -= 1) {
              await clock.advance(minute);
              await watched.reached('idling');
            }
          };
          for (let hour = 1; hour <= 3; hour += 1) {
            const logins = world.imap.counts.logins;
            await pass(57);
            await world.imap.events.waitUntil(() => world.imap.counts.logins === logins + 1);
            await watched.reached('idling');
            // The end of the token before: what comes now is pushed over the new connection.
            await pass(4);
            await deliver(`Hour ${hour}`);
            await watched.counted(hour);
          }
          await watched.quit();
          expect(watched.told()).toEqual(['Hour 1', 'Hour 2', 'Hour 3']);
          expect(watched.attempts).toBe(4);
          const kinds = watched.statuses.map(({ state }) => state.kind);
          expect(kinds.lastIndexOf('connecting')).toBeLessThan(kinds.indexOf('watching'));
          expect(kinds).not.toContain('offline');
        },
        options,
      );
    },
    { clock: 'virtual' },
  );

  faultTest(36, async () => {
    const { app, world } = await startApp(systemClock);
    const before = renewalsAt(world);
    const { mark } = app.snapshots;
    const refused = world.imap.counts.refusedLogins;
    world.imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 1 });
    const idles = world.imap.events.waitFor(({ kind }) => kind === 'idle-began', world.imap.events.mark);
    world.imap.cut('fin');
    await idles;
    expect(renewalsAt(world)).toBe(before + 1);
    expect(world.imap.counts.refusedLogins).toBe(refused + 1);
    const kinds = app.snapshots.all.slice(mark).map((snapshot) => stateOf(snapshot)?.kind);
    expect(kinds).not.toContain('needs-sign-in');
    expect(kinds).not.toContain('refused');
  });
});

describe('a token endpoint', () => {
  faultTest(
    37,
    async () => {
      const { bench, run, account } = await startTokens();
      const hang = bench.identity.order({ at: 'token', kind: 'hang' });
      const asked = run.auth.acquireToken(account, fresh);
      asked.catch(() => undefined);
      await bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
      bench.clock.fire(requestLimitMs);
      const failure = await failureOf(asked);
      expect(failure.info.code).toBe('timed-out');
      expect(classifyTokenError(failure, 0).kind).toBe('passing');
      hang.clear();
      await run.auth.acquireToken(account, fresh);
      return requestLimitMs;
    },
    { clock: 'virtual' },
  );

  faultTest(
    38,
    async () => {
      const { bench, run, account } = await startTokens();
      const faults = [
        { at: 'token', kind: 'throttled', retryAfterSeconds: 120 },
        { at: 'token', kind: 'server-error', status: 503, retryAfterSeconds: 120 },
      ] as const;
      for (const fault of faults) {
        bench.identity.order(fault);
        const sent = renewalsAt(bench) + 1;
        const failure = await failureOf(run.auth.acquireToken(account, fresh));
        expect(classifyTokenError(failure, 0)).toMatchObject({ kind: 'passing', notBeforeMs: 120_000 });
        // However often somebody asks, nothing is sent before.
        for (let minutes = 0; minutes < 2; minutes += 1) {
          await failureOf(run.auth.acquireToken(account, fresh));
          expect(renewalsAt(bench)).toBe(sent);
          bench.clock.offsetMs += 59_000;
        }
        bench.clock.offsetMs += 2_001;
        await run.auth.acquireToken(account, fresh);
        expect(renewalsAt(bench)).toBe(sent + 1);
      }
    },
    { clock: 'virtual' },
  );
});

describe('a refresh token that is refused', () => {
  faultTest(
    39,
    async () => {
      const clock = new HandClock();
      clock.instant.add(refusalPauseMs);
      const { app, world } = await startApp(clock);
      const { mark } = app.snapshots;
      const before = renewalsAt(world);
      world.identity.revokeRefreshTokens(ada.address);
      world.imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 1 });
      world.imap.cut('fin');
      // Its first try to reconnect comes by a backoff, which nobody waits for here.
      const failed = app.snapshots.waitFor((snapshot) => stateOf(snapshot)?.kind === 'needs-sign-in');
      await app.snapshots.waitFor((snapshot) => stateOf(snapshot)?.kind === 'offline', mark);
      app.core.checkNow(null);
      await failed;
      for (let often = 0; often < 5; often += 1) {
        app.core.checkNow(null);
        app.core.networkChanged();
        app.core.suspend();
        app.core.resume();
      }
      const asked = app.snapshots.all.slice(mark).filter((snapshot) => stateOf(snapshot)?.kind === 'needs-sign-in');
      expect(new Set(asked.map((snapshot) => JSON.stringify(stateOf(snapshot)))).size).toBe(1);
      expect(renewalsAt(world)).toBe(before + 2);

      await walkSignIn(await app.beginSignIn(app.core.accounts.records()[0]?.id), ada);
      await app.snapshots.waitFor((snapshot) => stateOf(snapshot)?.kind === 'watching', app.snapshots.mark);
    },
    { clock: 'virtual' },
  );

  faultTest(40, async () => {
    const { bench, run, account } = await startTokens();
    bench.identity.revokeRefreshTokens(ada.address);
    await failureOf(run.auth.acquireToken(account, fresh));
    const sent = renewalsAt(bench);
    for (let restart = 0; restart < 3; restart += 1) {
      const restarted = bench.start();
      for (const how of [fresh, { forceRefresh: false }]) {
        const failure = await failureOf(restarted.auth.acquireToken(account, how));
        expect(classifyTokenError(failure, 0).kind).toBe('needs-sign-in');
      }
    }
    expect(renewalsAt(bench)).toBe(sent);
  });
});
