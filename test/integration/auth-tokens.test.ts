import { afterEach, describe, expect, it, vi } from 'vitest';
import { requestLimitMs } from '../../electron/main/auth/network-client.ts';
import { refusalPauseMs } from '../../electron/main/auth/token-service.ts';
import { ada, lin, sam } from '../standin/people.ts';
import { accountOf, failureOf } from './auth-bench.ts';
import { cached, fresh, setAuthScene } from './auth-scene.ts';

const scene = setAuthScene((bench) => {
  bench.clock.instant.add(refusalPauseMs);
});
const { kept } = scene;

function renewals(): number {
  return scene.bench.identity.log.tokenRequestCount('refresh_token');
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a token', () => {
  it('is kept until it is about to expire, then silently renewed', async () => {
    const first = await scene.run.auth.acquireToken(scene.account, cached);
    expect(await scene.run.auth.acquireToken(scene.account, cached)).toEqual(first);
    expect(renewals()).toBe(0);

    // MSAL serves nothing from its cache that has less than 300 s to live.
    scene.bench.identity.setAccessTokenLifetime(250);
    const short = await scene.run.auth.acquireToken(scene.account, fresh);
    const next = await scene.run.auth.acquireToken(scene.account, cached);
    expect(next.token).not.toBe(short.token);
    expect(renewals()).toBe(2);
  });

  it('is renewed at once when asked to, each time with the newest refresh token', async () => {
    const tokens = new Set<string>();
    for (let turn = 0; turn < 3; turn += 1) tokens.add((await scene.run.auth.acquireToken(scene.account, fresh)).token);
    expect(tokens.size).toBe(3);
    expect(renewals()).toBe(3);
  });

  it('is renewed once for everybody who asks meanwhile', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 10 }, () => scene.run.auth.acquireToken(scene.account, fresh)).concat(
        scene.run.auth.acquireToken(scene.account, cached),
      ),
    );
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    expect(renewals()).toBe(1);
  });

  it('survives a restart, and so does a rotated refresh token', async () => {
    await scene.run.auth.acquireToken(scene.account, fresh);
    const restarted = scene.bench.start();
    await restarted.auth.acquireToken(scene.account, cached);
    expect(renewals()).toBe(1);
    await restarted.auth.acquireToken(scene.account, fresh);
    const again = scene.bench.start();
    await again.auth.acquireToken(scene.account, fresh);
    expect(renewals()).toBe(3);
  });

  it('is each account its own, also when all renew at once', async () => {
    const others = [
      accountOf(scene.bench, await scene.bench.signIn(scene.run, lin)),
      accountOf(scene.bench, await scene.bench.signIn(scene.run, sam)),
    ];
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.all([scene.account, ...others].map((each) => scene.run.auth.acquireToken(each, fresh)));
    }
    const restarted = scene.bench.start();
    const tokens = await Promise.all(
      [scene.account, ...others].map((each) => restarted.auth.acquireToken(each, fresh)),
    );
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(3);
    expect(scene.bench.keyring.texts.size).toBe(1);
  });
});

describe('a token in the second half of its life', () => {
  // MSAL alone would renew there while it answers from its cache, and tell nobody what came of it.
  it('is given from the cache without asking the provider, whatever refresh_in said', async () => {
    scene.bench.identity.setAccessTokenLifetime(86_400);
    const long = await scene.run.auth.acquireToken(scene.account, fresh);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 13 * 3_600_000 });
    expect(await scene.run.auth.acquireToken(scene.account, cached)).toEqual(long);
    expect(renewals()).toBe(1);

    // One that is refused is known as such at the first renewal, and doesn't go out with each connect.
    scene.bench.identity.revokeRefreshTokens(ada.address);
    await scene.run.auth.acquireToken(scene.account, cached);
    expect(renewals()).toBe(1);
  });
});

describe('a renewal that fails', () => {
  it('waits as long as the provider asks, and sends nothing before', async () => {
    scene.bench.identity.order({ at: 'token', kind: 'throttled', retryAfterSeconds: 120 });
    const { info, remedy } = await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    expect(info.code).toBe('identity-unavailable');
    expect(remedy).toEqual({ kind: 'transient', retryAfterMs: 120_000 });

    scene.bench.clock.offsetMs += 60_000;
    const early = await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    expect(early.info.code).toBe('identity-unavailable');
    expect(early.remedy.kind === 'transient' && early.remedy.retryAfterMs).toBeGreaterThan(50_000);
    expect(renewals()).toBe(1);
    // What is in the cache can be had all the same.
    await scene.run.auth.acquireToken(scene.account, cached);

    scene.bench.clock.offsetMs += 60_001;
    await scene.run.auth.acquireToken(scene.account, fresh);
    expect(renewals()).toBe(2);
  });

  it('waits for the provider of all accounts, when it asks at the discovery', async () => {
    const other = accountOf(scene.bench, await scene.bench.signIn(scene.run, lin));
    const restarted = scene.bench.start();
    scene.bench.identity.order({ at: 'discovery', kind: 'throttled', retryAfterSeconds: 120 });
    const { remedy } = await failureOf(restarted.auth.acquireToken(scene.account, fresh));
    expect(remedy).toEqual({ kind: 'transient', retryAfterMs: 120_000 });

    const asked = scene.bench.identity.log.requests.length;
    scene.bench.clock.offsetMs += 60_000;
    for (const each of [scene.account, other]) {
      const early = await failureOf(restarted.auth.acquireToken(each, fresh));
      expect(early.remedy.kind === 'transient' && early.remedy.retryAfterMs).toBeGreaterThan(50_000);
    }
    expect(scene.bench.identity.log.requests).toHaveLength(asked);

    scene.bench.clock.offsetMs += 60_001;
    await restarted.auth.acquireToken(other, fresh);
  });

  it.each([
    [{ at: 'token', kind: 'html-unavailable' } as const, 'identity-unavailable'],
    [{ at: 'token', kind: 'server-error', status: 500 } as const, 'identity-unavailable'],
    [{ at: 'token', kind: 'throttled' } as const, 'identity-unavailable'],
    [{ at: 'token', kind: 'reset' } as const, 'network-unreachable'],
  ])('passes by itself, without a pause of MSAL: %o', async (fault, code) => {
    scene.bench.identity.order(fault);
    const { info, remedy } = await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    expect(info.code).toBe(code);
    expect(remedy).toEqual({ kind: 'transient', retryAfterMs: null });
    await scene.run.auth.acquireToken(scene.account, fresh);
  });

  it('gives up after 30 s on a provider that hangs', async () => {
    expect(requestLimitMs).toBe(30_000);
    const fault = scene.bench.identity.order({ at: 'token', kind: 'hang' });
    const token = scene.run.auth.acquireToken(scene.account, fresh);
    token.catch(() => undefined);
    await scene.bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    scene.bench.clock.fire(requestLimitMs);
    const { info, remedy } = await failureOf(token);
    expect(info.code).toBe('timed-out');
    expect(remedy.kind).toBe('transient');
    fault.clear();
    await scene.run.auth.acquireToken(scene.account, fresh);
  });

  it('is tried once more when refused, since that can pass', async () => {
    scene.bench.identity.order({ at: 'token', kind: 'refused', aadsts: 70_000 });
    await scene.run.auth.acquireToken(scene.account, fresh);
    expect(renewals()).toBe(2);
  });

  // MSAL drops the refresh token of its own accord, and could then send nothing.
  it('is tried once more with the same refresh token when that was called bad', async () => {
    const bad = { at: 'token', kind: 'refused', aadsts: 50_173, details: { suberror: 'bad_token' } } as const;
    scene.bench.identity.order(bad);
    await scene.run.auth.acquireToken(scene.account, fresh);
    expect(renewals()).toBe(2);

    scene.bench.identity.order(bad, 2);
    for (const each of [scene.run, scene.run, scene.bench.start()]) {
      const { info, remedy } = await failureOf(each.auth.acquireToken(scene.account, fresh));
      expect(info.code).toBe('sign-in-expired');
      expect(remedy).toEqual({ kind: 'interactive' });
    }
    expect(renewals()).toBe(4);
  });

  it('is not put off by a clock that is set back meanwhile', async () => {
    scene.bench.identity.order({ at: 'token', kind: 'throttled', retryAfterSeconds: 120 });
    await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    scene.bench.clock.wallOffsetMs -= 86_400_000;
    scene.bench.clock.offsetMs += 120_001;
    await scene.run.auth.acquireToken(scene.account, fresh);
    expect(renewals()).toBe(2);
  });

  it('asks the person when refused twice, and never sends that refresh token again, after a restart either', async () => {
    scene.bench.identity.revokeRefreshTokens(ada.address);
    const { info, remedy } = await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    expect(info).toMatchObject({ code: 'sign-in-expired', aadsts: '50173' });
    expect(remedy).toEqual({ kind: 'interactive' });
    expect(renewals()).toBe(2);

    for (const each of [scene.run, scene.bench.start()]) {
      const later = await failureOf(each.auth.acquireToken(scene.account, fresh));
      expect(later.info.code).toBe('sign-in-expired');
      expect(later.remedy).toEqual({ kind: 'interactive' });
    }
    expect(renewals()).toBe(2);
  });

  it('keeps nobody waiting who has signed in again, and brings no old tokens back', async () => {
    const fault = scene.bench.identity.order({ at: 'token', kind: 'hang' });
    const old = scene.run.auth.acquireToken(scene.account, fresh);
    old.catch(() => undefined);
    await scene.bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    await scene.bench.signIn(scene.run, ada);
    await scene.run.auth.acquireToken(scene.account, cached);
    await scene.run.auth.acquireToken(scene.account, fresh);
    const signedIn = kept();
    scene.bench.clock.fire(requestLimitMs);
    expect((await failureOf(old)).info.code).toBe('timed-out');
    expect(kept()).toBe(signedIn);
    await scene.run.auth.acquireToken(scene.account, fresh);
    fault.clear();
  });

  it('works again after signing in again', async () => {
    scene.bench.identity.revokeRefreshTokens(ada.address);
    await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    await scene.bench.signIn(scene.run, ada);
    await scene.run.auth.acquireToken(scene.account, fresh);
  });

  it.each([
    [{ aadsts: 50_076 }, 'sign-in-expired'],
    [{ aadsts: 53_003 }, 'sign-in-refused'],
    [{ aadsts: 65_001, details: { suberror: 'consent_required' } }, 'admin-approval-needed'],
  ])('asks the person at once when only they can go on: %o', async (refusal, code) => {
    scene.bench.identity.order({ at: 'token', kind: 'refused', ...refusal });
    const { info, remedy } = await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    expect(info.code).toBe(code);
    expect(info.correlationId).toMatch(/^[\da-f-]{36}$/u);
    expect(remedy).toEqual({ kind: 'interactive' });
    expect(renewals()).toBe(1);

    // Not for a shared mailbox's sake either, nor after a restart.
    for (const each of [scene.run, scene.run, scene.bench.start()]) {
      expect((await failureOf(each.auth.acquireToken(scene.account, fresh))).remedy).toEqual({ kind: 'interactive' });
    }
    expect(renewals()).toBe(1);
  });

  it('says that the registration is wrong', async () => {
    scene.bench.identity.order({ at: 'token', kind: 'refused', aadsts: 700_016 });
    const { info, remedy } = await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    expect(info).toMatchObject({ code: 'client-id-refused', aadsts: '700016' });
    expect(remedy).toEqual({ kind: 'final' });
  });

  it('says that the network is down', async () => {
    await scene.bench.identity.dispose();
    const { info, remedy } = await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    expect(info.code).toBe('network-unreachable');
    expect(remedy).toEqual({ kind: 'transient', retryAfterMs: null });
  });

  it('ends when the app quits', async () => {
    const fault = scene.bench.identity.order({ at: 'token', kind: 'hang' });
    const token = scene.run.auth.acquireToken(scene.account, fresh);
    token.catch(() => undefined);
    await scene.bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    scene.run.auth.dispose();
    expect((await failureOf(token)).remedy).toEqual({ kind: 'final' });
    fault.clear();
  });
});

describe('secrets', () => {
  it('are in no log line and no failure', async () => {
    await scene.run.auth.acquireToken(scene.account, fresh);
    const secrets = [...kept().matchAll(/"secret":"([^"]+)"/gu)].map(([, secret = '']) => secret);
    scene.bench.identity.order({ at: 'token', kind: 'refused', aadsts: 50_076 });
    const failure = await failureOf(scene.run.auth.acquireToken(scene.account, fresh));
    const said = JSON.stringify([scene.bench.log.lines, failure.info, failure.message]);
    expect(secrets.length).toBeGreaterThanOrEqual(3);
    for (const secret of secrets) expect(said).not.toContain(secret.slice(0, 40));
    expect(said).not.toMatch(/eyJ[\w-]{10}/u);
  });
});
