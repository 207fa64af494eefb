import { request as httpRequest } from 'node:http';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { maxCallbackSize } from '../../electron/main/auth/loopback-guard.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada } from '../standin/people.ts';
import { setSignInScene, type SignInScene } from './sign-in-scene.ts';

/** What anybody on this computer can send to the port that waits for a sign-in's answer, while a person signs in. */

let scene: SignInScene;

beforeAll(async () => {
  scene = await setSignInScene();
});

afterEach(() => scene.tidy());

afterAll(() => scene.dispose());

interface Sent {
  /** Of the answer, or the error's code where the connection was cut. */
  readonly outcome: number | string;
  /** The most that the process had (bytes) over what it had before. */
  readonly grewBy: number;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** Posts `size` bytes, piece by piece, as fast as they are taken. */
function post(port: string, size: number, headers: Record<string, string>): Promise<Sent> {
  return new Promise((resolve) => {
    const piece = Buffer.alloc(50_000, 'a');
    const before = process.memoryUsage.rss();
    let peak = before;
    let left = size;
    const end = (outcome: number | string): void => {
      resolve({ outcome, grewBy: peak - before });
    };
    const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', path: '/', agent: false, headers });
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        end(response.statusCode ?? 0);
      });
    });
    request.on('error', (error) => {
      end('code' in error ? String(error.code) : error.message);
    });
    const write = (): void => {
      peak = Math.max(peak, process.memoryUsage.rss());
      if (request.destroyed) return;
      if (left <= 0) request.end();
      else {
        left -= piece.length;
        request.write(piece, () => setImmediate(write));
      }
    };
    write();
  });
}

const methods = ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE'] as const;
const paths = [
  '/',
  '/favicon.ico',
  '/?code=made-up',
  '/?error=access_denied&state=made-up',
  '/../../',
  `/${'a'.repeat(2_000)}`,
];
const bodies = [
  '',
  'code=made-up',
  'code=made-up&state=made-up',
  'error=user_cancelled',
  '{"code":"made-up"}',
  '%%%&&&===',
];

/** One of several thousand, none like the next; whatever comes of it. */
async function knock(returnTo: string, turn: number): Promise<void> {
  const method = methods[turn % methods.length] ?? 'GET';
  const path = paths[turn % paths.length] ?? '/';
  const body = bodies[Math.floor(turn / 7) % bodies.length] ?? '';
  const hasBody = method === 'POST' || method === 'PUT';
  const headers = turn % 3 === 0 ? { 'content-type': 'application/json' } : form;
  const url = `${returnTo.replace('localhost', '127.0.0.1')}${path}`;
  const answer = await fetch(url, { method, ...(hasBody && { body, headers }) }).catch(() => null);
  await answer?.arrayBuffer().catch(() => undefined);
}

describe('the port that waits for the answer', () => {
  it('takes thousands of strange requests, while the person signs in all the same', async () => {
    const app = await scene.startApp();
    const { tab, returnTo } = await app.openSignIn();
    const redeemed = scene.codesRedeemed();
    const flood = Array.from({ length: 20 }, async (_, lane) => {
      for (let turn = 0; turn < 150; turn += 1) await knock(returnTo, turn * 20 + lane);
    });
    await Promise.all(flood);
    expect(app.core.state.snapshot).toMatchObject({ accounts: [], signIn: { kind: 'waiting' } });
    expect(scene.codesRedeemed()).toBe(redeemed);

    const more = knock(returnTo, 1);
    await signInAs(tab, ada);
    await app.untilWatching(ada);
    await more;
    expect(scene.codesRedeemed()).toBe(redeemed + 1);
  });

  it.each([
    ['a length', { ...form, 'content-length': '50000000' }],
    ['no length', { ...form, 'transfer-encoding': 'chunked' }],
  ])('cuts a post of 50 MB off, with memory as it was, and waits on: %s', async (_name, headers) => {
    const app = await scene.startApp();
    const { tab, returnTo } = await app.openSignIn();
    const { outcome, grewBy } = await post(new URL(returnTo).port, 50_000_000, headers);
    expect(['ECONNRESET', 'EPIPE', 'socket hang up']).toContain(outcome);
    // Without the guard: 149 MB.
    expect(grewBy).toBeLessThan(30_000_000);
    await signInAs(tab, ada);
    await app.untilWatching(ada);
  });

  it('takes an answer that is as long as any of Microsoft’s could be', async () => {
    const app = await scene.startApp();
    const { address, returnTo } = await app.openSignIn();
    const redeemed = scene.codesRedeemed();
    const state = address.searchParams.get('state') ?? '';
    const code = 'c'.repeat(maxCallbackSize - 1_000);
    const answer = await fetch(returnTo.replace('localhost', '127.0.0.1'), {
      method: 'POST',
      body: new URLSearchParams({ code, state }),
    });
    expect(answer.status).toBe(200);
    // It had the right state; that it is no code, the provider says.
    expect(await app.untilFailed()).toMatchObject({ error: { code: 'sign-in-refused' } });
    expect(scene.codesRedeemed()).toBe(redeemed + 1);
  });
});
