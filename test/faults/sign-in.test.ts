import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect } from 'vitest';

import { signInLimitMs } from '../../electron/main/auth/auth-types.ts';
import { startDesktopSession } from '../desktop/session.ts';
import { failureOf, HandClock, isListening, signIn, startAbandoned, startBench } from '../integration/auth-bench.ts';
import { HostProcess } from '../integration/host-process.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada, lin } from '../standin/people.ts';
import { startWorld } from '../standin/world.ts';
import { startHeadlessApp } from '../support/headless-app.ts';
import { sized } from '../support/size.ts';
import { faultTest } from './fault-test.ts';

const clean: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const end of clean.splice(0).toReversed()) await end();
});

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-fault-'));
  clean.push(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

async function startAuth() {
  const bench = await startBench();
  clean.push(() => bench.dispose());
  return bench;
}

/** When a process that renews is killed. */
type Moment = 'before it is kept' | 'after it was kept' | 'at any time';

describe('a process that is killed', () => {
  faultTest(41, async () => {
    const folder = ownFolder();
    const session = await startDesktopSession();
    clean.push(() => session.dispose());
    const world = await startWorld({ folder: join(folder, 'world') });
    clean.push(() => world.dispose());
    const start = (): HostProcess => {
      const args = [join(folder, 'tokens'), JSON.stringify(world.profile)];
      const host = new HostProcess('auth-host.ts', { args, env: session.env });
      clean.push(() => host.kill());
      return host;
    };
    const renewals = (): number => world.identity.log.tokenRequestCount('refresh_token');
    const expired = { failure: { code: 'sign-in-expired' } };

    let host = start();
    const id = String(await host.call('signIn', ada));
    const outcomes: boolean[] = [];
    const moments: readonly Moment[] = [
      'before it is kept',
      'after it was kept',
      ...Array.from({ length: sized(1, 98) }, () => 'at any time' as const),
    ];
    for (const moment of moments) {
      if (moment === 'before it is kept') await host.call('holdSaves');
      const after = world.identity.log.requests.length;
      const renewal = host.call('acquire', id, 'renewed').catch(() => 'killed');
      // The old refresh token is used up from now on.
      await world.identity.log.waitFor(
        ({ grant, outcome }) => grant === 'refresh_token' && outcome?.kind === 'answered',
        { after },
      );
      if (moment === 'after it was kept') expect(await renewal).toBe(true);
      await host.kill();
      await renewal;

      host = start();
      const sent = renewals();
      const answer = await host.call('acquire', id, 'renewed');
      outcomes.push(answer === true);
      if (answer === true) continue;
      expect(answer).toMatchObject(expired);
      expect(await host.call('acquire', id, 'renewed')).toMatchObject(expired);
      expect(renewals()).toBeLessThanOrEqual(sent + 2);
      expect(await host.call('signIn', ada)).toBe(id);
      expect(await host.call('acquire', id, 'renewed')).toBe(true);
    }
    expect(outcomes.slice(0, 2)).toEqual([false, true]);
  });
});

describe('a sign-in', () => {
  faultTest(42, async () => {
    const folder = ownFolder();
    const world = await startWorld({ folder: join(folder, 'world') });
    clean.push(() => world.dispose());
    const clock = new HandClock();
    const app = await startHeadlessApp({ folder: join(folder, 'data'), profile: world.profile, clock });
    clean.push(() => app.core.dispose());
    await walkSignIn(await app.beginSignIn(), ada);
    const { accounts } = await app.snapshots.waitFor(({ signIn: { kind }, accounts: { length } }) => {
      return kind === 'idle' && length === 1;
    });
    const accountId = accounts[0]?.id ?? '';

    world.identity.order({ at: 'account', kind: 'other-account', address: lin.address });
    const address = await app.beginSignIn(accountId);
    expect(new URL(address).searchParams.get('login_hint')).toBe(ada.address);
    await walkSignIn(address, ada);
    const said = await app.snapshots.waitFor(({ signIn: { kind } }) => kind === 'other-account');
    expect(said.signIn).toMatchObject({ accountId, askedFor: ada.address, signedIn: lin.address });
    expect(said.accounts.map((account) => account.address)).toEqual([ada.address]);

    app.core.signIn.addOther();
    const both = await app.snapshots.waitFor(({ accounts: { length } }) => length === 2);
    expect(both.accounts.map((account) => account.address)).toEqual([ada.address, lin.address]);
  });

  faultTest(
    43,
    async () => {
      const bench = await startAuth();
      const controller = new AbortController();
      const { authorizeUrl, running } = await startAbandoned(bench, controller);
      const cancelledAt = performance.now();
      controller.abort();
      expect((await failureOf(running)).info.code).toBe('sign-in-cancelled');
      const tookMs = performance.now() - cancelledAt;
      expect(await isListening(authorizeUrl)).toBe(false);
      expect(tookMs).toBeLessThan(2_000);
      return tookMs;
    },
    { variant: 'by the person' },
  );

  faultTest(
    43,
    async () => {
      const bench = await startAuth();
      const { authorizeUrl, running } = await startAbandoned(bench, new AbortController());
      expect(await isListening(authorizeUrl)).toBe(true);
      bench.clock.fire(signInLimitMs);
      expect((await failureOf(running)).info.code).toBe('sign-in-timed-out');
      expect(await isListening(authorizeUrl)).toBe(false);
      return signInLimitMs;
    },
    { variant: 'by itself', clock: 'virtual' },
  );

  faultTest(44, async () => {
    const bench = await startAuth();
    const run = bench.start();
    let address: URL | null = null;
    bench.browser = (url) => {
      address = new URL(url);
      return walkSignIn(url, ada, 'refuse');
    };
    const { info, remedy } = await failureOf(signIn(bench, run.auth));
    expect(info.code).toBe('consent-refused');
    expect(remedy).toEqual({ kind: 'final' });
    expect(bench.keyring.texts.size).toBe(0);
    if (address !== null) expect(await isListening(address)).toBe(false);
    // Nothing of it is in the way of the next.
    expect((await bench.signIn(run, ada)).address).toBe(ada.address);
  });
});
