import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signInLimitMs } from '../../electron/main/auth/auth-types.ts';
import { secondTryMs } from '../../electron/main/auth/loopback-close.ts';
import { requestLimitMs } from '../../electron/main/auth/network-client.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import { ada } from '../standin/people.ts';
import { type Bench, failureOf, isListening, signIn, startAbandoned, startBench } from './auth-bench.ts';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});

afterEach(async () => {
  await bench.dispose();
});

describe('a sign-in that is given up', () => {
  it('ends at once when cancelled, and closes its listener', async () => {
    const controller = new AbortController();
    const { authorizeUrl, running } = await startAbandoned(bench, controller);
    expect(await isListening(authorizeUrl)).toBe(true);
    controller.abort();
    const failure = await failureOf(running);
    expect(failure.info.code).toBe('sign-in-cancelled');
    expect(failure.remedy).toEqual({ kind: 'final' });
    expect(await isListening(authorizeUrl)).toBe(false);
  });

  it('ends by itself after five minutes, and closes its listener', async () => {
    const { authorizeUrl, running } = await startAbandoned(bench, new AbortController());
    expect(signInLimitMs).toBe(300_000);
    bench.clock.fire(signInLimitMs);
    expect((await failureOf(running)).info.code).toBe('sign-in-timed-out');
    expect(await isListening(authorizeUrl)).toBe(false);
    expect(bench.clock.count(signInLimitMs)).toBe(0);
  });

  it('ends when the app quits', async () => {
    const run = bench.start();
    const opened = new Promise<void>((resolve) => {
      bench.browser = () => {
        resolve();
        return new Promise<never>(() => {});
      };
    });
    const running = signIn(bench, run.auth);
    await opened;
    run.auth.dispose();
    expect((await failureOf(running)).info.code).toBe('sign-in-cancelled');
  });

  it('ends while the code is being redeemed, and keeps no token', async () => {
    const fault = bench.identity.order({ at: 'token', kind: 'hang' });
    const run = bench.start();
    const controller = new AbortController();
    bench.browser = (url) => walkSignIn(url, ada);
    const running = run.auth.signIn({ profile: bench.profile, loginHint: null, signal: controller.signal });
    await bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    controller.abort();
    expect((await failureOf(running)).info.code).toBe('sign-in-cancelled');
    expect(bench.keyring.texts.size).toBe(0);
    fault.clear();
  });

  it('is not ended by its time limit once the code has come: the person has done their part', async () => {
    const fault = bench.identity.order({ at: 'token', kind: 'hang' });
    const run = bench.start();
    const running = bench.signIn(run, ada);
    await bench.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    bench.clock.fire(signInLimitMs);
    bench.clock.fire(requestLimitMs);
    // Its own limit, and no other.
    expect((await failureOf(running)).info.code).toBe('timed-out');
    fault.clear();
  });

  it('is ended all the same where the first request to its listener is cut off', async () => {
    bench.clock.instant.add(secondTryMs);
    const controller = new AbortController();
    const { authorizeUrl, running } = await startAbandoned(bench, controller);
    expect(await isListening(authorizeUrl)).toBe(true);
    const cut: string[] = [];
    const onRequest = (message: unknown): void => {
      const { request } = message as { request: IncomingMessage };
      if (cut.length === 0) request.destroy();
      cut.push(request.method ?? '');
    };
    subscribe('http.server.request.start', onRequest);
    controller.abort();
    expect((await failureOf(running)).info.code).toBe('sign-in-cancelled');
    unsubscribe('http.server.request.start', onRequest);
    expect(cut).toEqual(['POST', 'POST']);
    expect(await isListening(authorizeUrl)).toBe(false);
  });

  it.each([
    ['leaves nothing behind', false],
    ['takes nothing from an account that was there', true],
  ])('while its tokens are being saved %s', async (_name, wasThere) => {
    const run = bench.start();
    if (wasThere) await bench.signIn(run, ada);
    const controller = new AbortController();
    bench.keyring.onSave = () => {
      controller.abort();
    };
    bench.browser = (url) => walkSignIn(url, ada);
    const running = run.auth.signIn({ profile: bench.profile, loginHint: null, signal: controller.signal });
    expect((await failureOf(running)).info.code).toBe('sign-in-cancelled');
    expect(controller.signal.aborted).toBe(true);
    const account = { profile: bench.profile, homeAccountId: `${ada.oid}.${ada.tid}` };
    for (const each of [run, bench.start()]) {
      const token = each.auth.acquireToken(account, { forceRefresh: false });
      if (wasThere) await token;
      else expect((await failureOf(token)).remedy).toEqual({ kind: 'interactive' });
    }
    expect(bench.keyring.texts.size).toBe(wasThere ? 1 : 0);
  });

  it('never opens the browser when it was cancelled before', async () => {
    const { auth } = bench.start();
    let opened = 0;
    bench.browser = () => {
      opened += 1;
      return Promise.resolve();
    };
    const failure = await failureOf(
      auth.signIn({ profile: bench.profile, loginHint: null, signal: AbortSignal.abort() }),
    );
    expect(failure.info.code).toBe('sign-in-cancelled');
    expect(opened).toBe(0);
  });
});
