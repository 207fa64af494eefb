import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestLimitMs } from '../../electron/main/auth/network-client.ts';
import { refusalPauseMs } from '../../electron/main/auth/token-service.ts';
import { ada, lin, sam } from '../standin/people.ts';
import { accountOf, type Bench, failureOf, type Run, startBench } from './auth-bench.ts';
import type { AccountKey } from '../../electron/main/auth/auth-types.ts';

const fresh = { forceRefresh: true };
const cached = { forceRefresh: false };

let bench: Bench;
let run: Run;
let account: AccountKey;

beforeEach(async () => {
  bench = await startBench();
  bench.clock.instant.add(refusalPauseMs);
  run = bench.start();
  account = accountOf(bench, await bench.signIn(run, ada));
});

afterEach(async () => {
  await bench.dispose();
});

function renewals(): number {
  return bench.identity.log.tokenRequestCount('refresh_token');
}

/** All that the keyring holds, as one text. */
function kept(): string {
  return [...bench.keyring.texts.values()].join('\n');
}

describe('a token', () => {
  it('is kept until it is about to expire, then silently renewed', async () => {
    const first = await run.auth.acquireToken(account, cached);
    expect(await run.auth.acquireToken(account, cached)).toEqual(first);
    expect(renewals()).toBe(0);

    // MSAL serves nothing from its cache that has less than 300 s to live.
    bench.identity.setAccessTokenLifetime(250);
    const short = await run.auth.acquireToken(account, fresh);
    const next = await run.auth.acquireToken(account, cached);
    expect(next.token).not.toBe(short.token);
    expect(renewals()).toBe(2);
  });

  it('is renewed at once when asked to, each time with the newest refresh token', async () => {
    const tokens = new Set<string>();
    for (let turn = 0; turn < 3; turn += 1) tokens.add((await run.auth.acquireToken(account, fresh)).token);
    expect(tokens.size).toBe(3);
    expect(renewals()).toBe(3);
  });

  it('is renewed once for everybody who asks meanwhile', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 10 }, () => run.auth.acquireToken(account, fresh)).concat(
        run.auth.acquireToken(account, cached),
      ),
    );
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    expect(renewals()).toBe(1);
  });

  it('survives a restart, and so does a rotated refresh token', async () => {
    await run.auth.acquireToken(account, fresh);
    const restarted = bench.start();
    await restarted.auth.acquireToken(account, cached);
    expect(renewals()).toBe(1);
    await restarted.auth.acquireToken(account, fresh);
    const again = bench.start();
    await again.auth.acquireToken(account, fresh);
    expect(renewals()).toBe(3);
  });

  it('is each account its own, also when all renew at once', async () => {
    const others = [accountOf(bench, await bench.signIn(run, lin)), accountOf(bench, await bench.signIn(run, sam))];
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.all([account, ...others].map((each) => run.auth.acquireToken(each, fresh)));
    }
    const restarted = bench.start();
    const tokens = await Promise.all([account, ...others].map((each) => restarted.auth.acquireToken(each, fresh)));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(3);
    expect(bench.keyring.texts.size).toBe(1);
  });
});

describe('a renewal that fails', () => {
  it('waits as long as the provider asks, and sends nothing before', async () => {
    bench.identity.order({ at: 'token', kind: 'throttled', retryAfterSeconds: 120 });
    const { info, remedy } = await failureOf(run.auth.acquireToken(account, fresh));
    expect(info.code).toBe('identity-unavailable');
    expect(remedy).toEqual({ kind: 'transient', retryAfterMs: 120_000 });

    bench.clock.offsetMs += 60_000;
    const early = await failureOf(run.auth.acquireToken(account, fresh));
    expect(early.info.code).toBe('identity-unavailable');
    expect(early.remedy.kind === 'transient' && early.remedy.retryAfterMs).toBeGreaterThan(50_000);
    expect(renewals()).toBe(1);
    // What is in the cache can be had all the same.
    await run.auth.acquireToken(account, cached);

    bench.clock.offsetMs += 60_001;
    await run.auth.acquireToken(account, fresh);
    expect(renewals()).toBe(2);
  });

  it.each([
    [{ at: 'token', kind: 'html-unavailable' } as const, 'identity-unavailable'],
    [{ at: 'token', kind: 'server-error', status: 500 } as const, 'identity-unavailable'],
    [{ at: 'token', kind: 'throttled' } as const, 'identity-unavailable'],
    [{ at: 'token', kind: 'reset' } as const, 'network-unreachable'],
  ])('passes by itself, without a pause of MSAL: %o', async (fault, code) => {
    bench.identity.order(fault);
    const { info, remedy } = await failureOf(run.auth.acquireToken(account, fresh));
    expect(info.code).toBe(code);
    expect(remedy).toEqual({ kind: 'transient', retryAfterMs: null });
    await run.auth.acquireToken(account, fresh);
  });

  it('gives up after 30 s on a provider that hangs', async () => {
    expect(requestLimitMs).toBe(30_000);
    const fault = bench.identity.order({ at: 'token', kind: 'hang' });
    const token = run.auth.acquireToken(account, fresh);
    token.catch(() => undefined);
    await bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    bench.clock.fire(requestLimitMs);
    const { info, remedy } = await failureOf(token);
    expect(info.code).toBe('timed-out');
    expect(remedy.kind).toBe('transient');
    fault.clear();
    await run.auth.acquireToken(account, fresh);
  });

  it('is tried once more when refused, since that can pass', async () => {
    bench.identity.order({ at: 'token', kind: 'refused', aadsts: 70_000 });
    await run.auth.acquireToken(account, fresh);
    expect(renewals()).toBe(2);
  });

  it('asks the person when refused twice, and never sends that refresh token again, after a restart either', async () => {
    bench.identity.revokeRefreshTokens(ada.address);
    const { info, remedy } = await failureOf(run.auth.acquireToken(account, fresh));
    expect(info).toMatchObject({ code: 'sign-in-expired', aadsts: '50173' });
    expect(remedy).toEqual({ kind: 'interactive' });
    expect(renewals()).toBe(2);

    for (const each of [run, bench.start()]) {
      const later = await failureOf(each.auth.acquireToken(account, fresh));
      expect(later.info.code).toBe('sign-in-expired');
      expect(later.remedy).toEqual({ kind: 'interactive' });
    }
    expect(renewals()).toBe(2);
  });

  it('keeps nobody waiting who has signed in again, and brings no old tokens back', async () => {
    const fault = bench.identity.order({ at: 'token', kind: 'hang' });
    const old = run.auth.acquireToken(account, fresh);
    old.catch(() => undefined);
    await bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    await bench.signIn(run, ada);
    await run.auth.acquireToken(account, cached);
    await run.auth.acquireToken(account, fresh);
    const signedIn = kept();
    bench.clock.fire(requestLimitMs);
    expect((await failureOf(old)).info.code).toBe('timed-out');
    expect(kept()).toBe(signedIn);
    await run.auth.acquireToken(account, fresh);
    fault.clear();
  });

  it('works again after signing in again', async () => {
    bench.identity.revokeRefreshTokens(ada.address);
    await failureOf(run.auth.acquireToken(account, fresh));
    await bench.signIn(run, ada);
    await run.auth.acquireToken(account, fresh);
  });

  it.each([
    [{ aadsts: 50_173, details: { suberror: 'bad_token' } }, 'sign-in-expired'],
    [{ aadsts: 50_076 }, 'sign-in-expired'],
    [{ aadsts: 53_003 }, 'sign-in-refused'],
    [{ aadsts: 65_001, details: { suberror: 'consent_required' } }, 'admin-approval-needed'],
  ])('asks the person at once when only they can go on: %o', async (refusal, code) => {
    bench.identity.order({ at: 'token', kind: 'refused', ...refusal });
    const { info, remedy } = await failureOf(run.auth.acquireToken(account, fresh));
    expect(info.code).toBe(code);
    expect(info.correlationId).toMatch(/^[\da-f-]{36}$/u);
    expect(remedy).toEqual({ kind: 'interactive' });
    expect(renewals()).toBe(1);
  });

  it('says that the registration is wrong', async () => {
    bench.identity.order({ at: 'token', kind: 'refused', aadsts: 700_016 });
    const { info, remedy } = await failureOf(run.auth.acquireToken(account, fresh));
    expect(info).toMatchObject({ code: 'client-id-refused', aadsts: '700016' });
    expect(remedy).toEqual({ kind: 'final' });
  });

  it('says that the network is down', async () => {
    await bench.identity.dispose();
    const { info, remedy } = await failureOf(run.auth.acquireToken(account, fresh));
    expect(info.code).toBe('network-unreachable');
    expect(remedy).toEqual({ kind: 'transient', retryAfterMs: null });
  });

  it('ends when the app quits', async () => {
    const fault = bench.identity.order({ at: 'token', kind: 'hang' });
    const token = run.auth.acquireToken(account, fresh);
    token.catch(() => undefined);
    await bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    run.auth.dispose();
    expect((await failureOf(token)).remedy).toEqual({ kind: 'final' });
    fault.clear();
  });
});

describe('secrets', () => {
  it('are in no log line and no failure', async () => {
    await run.auth.acquireToken(account, fresh);
    bench.identity.order({ at: 'token', kind: 'refused', aadsts: 50_076 });
    const failure = await failureOf(run.auth.acquireToken(account, fresh));
    const said = JSON.stringify([bench.log.lines, failure.info, failure.message]);
    const secrets = [...kept().matchAll(/"secret":"([^"]+)"/gu)].map(([, secret = '']) => secret);
    expect(secrets.length).toBeGreaterThanOrEqual(3);
    for (const secret of secrets) expect(said).not.toContain(secret.slice(0, 40));
    expect(said).not.toMatch(/eyJ[\w-]{10}/u);
  });
});
