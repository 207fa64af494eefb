import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { FaultProxy } from '../../faults/fault-proxy.ts';

const host = '127.0.0.1';
const text = 'abcdefghijklmnopqrstuvwxyz'.repeat(4);
const pieceLength = 5;

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanUp.splice(0).toReversed()) clean();
});

/** What a client hears of `text`, said in pieces, while this whole process stands still now and then. */
async function heardThrough(faults: FaultProxy['faults']): Promise<string> {
  const server = createServer((socket) => {
    const pieces = text.match(new RegExp(`.{1,${pieceLength}}`, 'gu')) ?? [];
    const say = (): void => {
      const piece = pieces.shift();
      if (piece === undefined) socket.end();
      else socket.write(piece, () => void setTimeout(say, 3));
    };
    say();
  });
  server.listen(0, host);
  await once(server, 'listening');
  cleanUp.push(() => server.close());
  const proxy = await FaultProxy.open({ host, port: (server.address() as AddressInfo).port });
  cleanUp.push(() => proxy.dispose());
  proxy.faults = faults;
  const client = createConnection({ host, port: proxy.endpoint.port });
  cleanUp.push(() => client.destroy());
  const stalls = setInterval(() => {
    const until = performance.now() + 40;
    while (performance.now() < until);
  }, 50);
  cleanUp.push(() => clearInterval(stalls));
  let heard = '';
  client.setEncoding('utf8').on('data', (part: string) => {
    heard += part;
  });
  await once(client, 'end');
  return heard;
}

describe('a network with faults', () => {
  it.each([
    ['bytes one by one', { dripMs: 3 }],
    ['delays', { delayMs: 20 }],
  ])('keeps the order of what passes, however late this process is: %s', async (_, faults) => {
    expect(await heardThrough(faults)).toBe(text);
  });

  it('lets nothing overtake what still waits when the delay ends', async () => {
    const proxyFaults = { delayMs: 60 };
    const heard = heardThrough(proxyFaults);
    setTimeout(() => {
      proxyFaults.delayMs = 0;
    }, 30);
    expect(await heard).toBe(text);
  });
});
