import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { closeListener, secondTryMs } from '../../../electron/main/auth/loopback-close.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

describe('ending a sign-in’s wait', () => {
  let server: Server;
  let knocks: Socket[];
  const clock = new FakeClock();
  const log = recordingLog();

  beforeEach(async () => {
    knocks = [];
    server = createServer((socket) => knocks.push(socket.on('error', () => undefined)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    for (const socket of knocks) socket.destroy();
    server.close();
  });

  /** Knocks, and has the door slammed, before or after that is given up. */
  async function knock(isGivenUp: boolean): Promise<number> {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const query = new URLSearchParams({ redirect_uri: `http://localhost:${port}`, state: 's' }).toString();
    const giveUp = closeListener(new URL(`https://login.example/authorize?${query}`), clock, log);
    await vi.waitFor(() => expect(knocks).toHaveLength(1));
    if (isGivenUp) giveUp();
    const said = log.lines.length;
    knocks[0]?.resetAndDestroy();
    await vi.waitFor(() => expect(log.lines.length).toBeGreaterThan(said));
    await clock.advance(secondTryMs);
    if (!isGivenUp) await vi.waitFor(() => expect(knocks).toHaveLength(2));
    giveUp();
    return knocks.length;
  }

  it('is tried once more where the first try fails', async () => {
    expect(await knock(false)).toBe(2);
  });

  it('isn’t tried again once the wait is over, whatever becomes of the first try', async () => {
    expect(await knock(true)).toBe(1);
    expect(clock.pending).toBe(0);
  });
});
