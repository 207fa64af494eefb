import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../../electron/main/clock.ts';
import { createDial, type Dial } from '../../../electron/main/network/dial.ts';
import {
  createProxySignIns,
  type ProxySignIns,
  refusalStandsMs,
  repeatedRefusalStandsMs,
} from '../../../electron/main/network/proxy-sign-ins.ts';

/** Several accounts and mailboxes, each with connections of its own, and one password. */
describe('a password that a proxy is told', () => {
  let proxy: Server;
  /** The passwords that it was told, as they went. */
  let told: string[];
  let answer: string;
  let now: number;
  let signIns: ProxySignIns;

  beforeEach(async () => {
    told = [];
    answer = '407 Proxy Authentication Required\r\nProxy-Authenticate: Basic';
    now = 0;
    signIns = createProxySignIns({ monotonic: () => now });
    proxy = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (request) => {
        told.push(/Basic (\S+)/iu.exec(String(request))?.[1] ?? '');
        socket.end(`HTTP/1.1 ${answer}\r\n\r\n`);
      });
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });

  afterEach(() => {
    proxy.close();
  });

  function by(password: string): Dial {
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const server = { kind: 'http', host: '127.0.0.1', port } as const;
    const credentials = () => Promise.resolve({ user: 'ada', password });
    return createDial(
      () => Promise.resolve([{ kind: 'proxy', server, credentials }]),
      () => Promise.resolve(undefined),
      signIns,
    );
  }

  const target = { host: 'mail.example', port: 993 };
  const connect = async (password = 'wrong'): Promise<string> => {
    const options = { clock: systemClock, limitMs: 20_000, signal: new AbortController().signal };
    try {
      (await by(password)(target, options)).destroy();
      return 'in';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  };
  const refusals = (count: number) => Array<string>(count).fill('proxy-sign-in-refused');

  it('is told once, however many want in at the same time, and not again while the refusal stands', async () => {
    expect(await Promise.all([connect(), connect(), connect()])).toEqual(refusals(3));
    now = refusalStandsMs - 1;
    expect(await connect()).toBe('proxy-sign-in-refused');
    expect(told).toHaveLength(1);
    now = refusalStandsMs;
    expect(await Promise.all([connect(), connect()])).toEqual(refusals(2));
    expect(told).toHaveLength(2);
  });

  it('is told later than a directory counts when it goes on being refused, and anew once it was taken', async () => {
    await connect();
    now = refusalStandsMs;
    await connect();
    const refusedAgainAt = now;
    now += 31 * 60_000;
    await connect();
    now = refusedAgainAt + repeatedRefusalStandsMs - 1;
    await connect();
    expect(told).toHaveLength(2);
    now += 1;
    answer = '200 OK';
    expect(await connect()).toBe('in');
    answer = '407 Proxy Authentication Required\r\nProxy-Authenticate: Basic';
    await connect();
    now += refusalStandsMs;
    await connect();
    expect(told).toHaveLength(5);
  });

  it('is told at once when it is another one, or a person wants to know', async () => {
    await connect('another');
    await connect();
    expect(told).toHaveLength(2);
    signIns.forget();
    await connect();
    expect(told).toHaveLength(3);
  });

  it('that is right is told by each, and by several at once when it was taken before', async () => {
    answer = '200 OK';
    expect(await Promise.all([connect(), connect(), connect()])).toEqual(['in', 'in', 'in']);
    expect(told).toHaveLength(3);
  });

  it('that was right, and then isn’t, is one that was refused', async () => {
    answer = '200 OK';
    await connect();
    answer = '407 No\r\nProxy-Authenticate: Basic';
    expect([await connect(), await connect()]).toEqual(refusals(2));
    expect(told).toHaveLength(2);
    now = refusalStandsMs;
    await Promise.all([connect(), connect()]);
    expect(told).toHaveLength(3);
  });

  it('is told by the next one where the one before it got no answer', async () => {
    answer = '502 Bad Gateway';
    expect(await Promise.all([connect(), connect()])).toEqual(['proxy-no-way', 'proxy-no-way']);
    expect(told).toHaveLength(2);
  });
});
