import { request as httpRequest } from 'node:http';
import { connect, Server } from 'node:net';

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { maxCallbackSize } from '../../electron/main/auth/loopback-guard.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada } from '../standin/people.ts';
import { seeded } from '../support/seeded.ts';
import { sized } from '../support/size.ts';
import { strangeRequest } from '../support/strange-requests.ts';
import { setSignInScene, type SignInScene } from './sign-in-scene.ts';

/** What anybody on this computer can send to the port that waits for a sign-in's answer, while a person signs in. */

const seed = 5;

let scene: SignInScene;
const uncaught: unknown[] = [];

beforeAll(async () => {
  process.on('uncaughtExceptionMonitor', (error) => uncaught.push(error));
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

/** Sends `text` as it is; resolves when the connection is over, or left half-open by both. */
function send(port: number, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('close', () => {
      resolve();
    });
    // Cut off, as it may be.
    socket.on('error', () => {});
    socket.resume();
    // Without more to come, a body that is shorter than told ends.
    socket.end(text);
  });
}

describe('the port that waits for the answer', () => {
  it('takes thousands of strange requests, while the person signs in all the same', async () => {
    const app = await scene.startApp();
    const { tab, returnTo } = await app.openSignIn();
    const port = Number(new URL(returnTo).port);
    const redeemed = scene.codesRedeemed();
    const random = seeded(seed);
    let sent = 0;
    const flood = async (upTo: () => boolean): Promise<void> => {
      while (upTo()) {
        sent += 1;
        await send(port, strangeRequest(random));
      }
    };
    await Promise.all(Array.from({ length: 20 }, () => flood(() => sent < sized(3_000, 30_000))));
    expect(app.core.state.snapshot).toMatchObject({ accounts: [], signIn: { kind: 'waiting' } });
    expect(scene.codesRedeemed()).toBe(redeemed);

    let isOver = false;
    const more = Array.from({ length: 4 }, () => flood(() => !isOver));
    await signInAs(tab, ada);
    await app.untilWatching(ada);
    isOver = true;
    await Promise.all(more);
    expect(scene.codesRedeemed()).toBe(redeemed + 1);
  });

  // MSAL makes a URL of the target, and nobody catches what that throws.
  it.each(['//', '//?code=x', 'http://[/', '///'])(
    'is not brought down by a target that is no address: %s',
    async (target) => {
      const app = await scene.startApp();
      const { tab, returnTo } = await app.openSignIn();
      await send(
        Number(new URL(returnTo).port),
        `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );
      expect(uncaught).toEqual([]);
      await signInAs(tab, ada);
      await app.untilWatching(ada);
    },
  );

  it('is guarded before anybody was told of it, while the provider lets itself be waited for', async () => {
    const app = await scene.startApp();
    const listen = vi.spyOn(Server.prototype, 'listen');
    const fault = scene.world.identity.order({ at: 'discovery', kind: 'hang' });
    const { mark } = app.opened;
    app.core.signIn.begin(app.core.registration.profile);
    await scene.world.identity.log.waitFor(({ outcome }) => outcome?.kind === 'hanging');
    const listener: unknown = listen.mock.contexts.at(-1);
    const address = listener instanceof Server ? listener.address() : null;
    listen.mockRestore();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { outcome, grewBy } = await post(String(port), 50_000_000, form);
    expect(['ECONNRESET', 'EPIPE', 'socket hang up']).toContain(outcome);
    expect(grewBy).toBeLessThan(30_000_000);
    await send(port, 'GET // HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(uncaught).toEqual([]);
    expect(app.opened.mark).toBe(mark);
    fault.clear();
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
