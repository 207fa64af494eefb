import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { systemClock } from '../../../electron/main/clock.ts';
import { createDial, type Route } from '../../../electron/main/network/dial.ts';
import type { ProxyCredentials } from '../../../electron/main/network/proxy-server.ts';
import { createProxySignIns } from '../../../electron/main/network/proxy-sign-ins.ts';

/** Where nobody listens (RFC 863's port, and no such service here). */
const nobody = { host: '127.0.0.1', port: 9 };

describe('dialling', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(onSocket: (socket: Socket) => void): Promise<{ host: string; port: number }> {
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      onSocket(socket);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return { host: '127.0.0.1', port: typeof address === 'object' && address !== null ? address.port : 0 };
  }

  const by = (server: { host: string; port: number }): Route => ({
    kind: 'proxy',
    server: { kind: 'http', ...server },
    credentials: null,
  });

  function dial(
    routes: readonly Route[],
    target: { host: string; port: number },
    limitMs = 60_000,
    signal?: AbortSignal,
  ) {
    const options = { clock: systemClock, limitMs, signal: signal ?? new AbortController().signal };
    return createDial(
      () => Promise.resolve(routes),
      () => Promise.resolve(undefined),
      createProxySignIns(systemClock),
    )(target, options);
  }

  const refusing = (status: string) => (socket: Socket) => {
    socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
  };

  it('takes the next way where a proxy can’t be reached', async () => {
    const host = await serve((socket) => socket.write('hello'));
    const socket = await dial([by(nobody), { kind: 'direct' }], host);
    sockets.push(socket);
    const [greeting]: unknown[] = await once(socket, 'data');
    expect(String(greeting)).toBe('hello');
  });

  it('goes beside no proxy that says no', async () => {
    let reached = 0;
    const host = await serve(() => (reached += 1));
    const proxy = await serve(refusing('403 Forbidden'));
    await expect(dial([by(proxy), { kind: 'direct' }], host)).rejects.toMatchObject({ code: 'proxy-refused' });
    expect(reached).toBe(0);
  });

  it('hands on what the host said together with the proxy’s answer', async () => {
    const proxy = await serve((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\n* OK hi\r\n')),
    );
    const socket = await dial([by(proxy)], { host: 'mail.example', port: 993 });
    sockets.push(socket);
    const [greeting]: unknown[] = await once(socket, 'data');
    expect(String(greeting)).toBe('* OK hi\r\n');
  });

  it.each([
    ['says nothing', () => {}, 50],
    ['hangs up', (socket: Socket) => socket.destroy(), 60_000],
    ['answers without end', (socket: Socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`), 60_000],
    ['is no proxy', (socket: Socket) => socket.write('* OK IMAP4 ready\r\n'), 60_000],
  ] as const)('gives up a proxy that %s', async (_, onSocket, limitMs) => {
    const proxy = await serve(onSocket);
    await expect(dial([by(proxy)], nobody, limitMs)).rejects.toMatchObject({ code: 'proxy-unreachable' });
  });

  const never = <T>(): Promise<T> => new Promise(() => {});

  it('waits no longer than its limit for the system to name a way, and not at all once nobody wants it', async () => {
    const dialling = createDial(never, () => Promise.resolve(undefined), createProxySignIns(systemClock));
    const controller = new AbortController();
    const options = { clock: systemClock, limitMs: 20, signal: controller.signal };
    await expect(dialling(nobody, options)).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' });
    const given = dialling(nobody, { ...options, limitMs: 60_000 });
    controller.abort();
    await expect(given).rejects.toThrow('No longer');
  });

  it.each([
    ['waits for the person', () => never<ProxyCredentials | null>()],
    ['is locked', () => Promise.reject(new Error('locked'))],
  ])('says that it is the keyring that %s, and tells the proxy nothing', async (_, credentials) => {
    let reached = 0;
    const proxy = await serve(() => (reached += 1));
    const route: Route = { kind: 'proxy', server: { kind: 'http', ...proxy }, credentials };
    await expect(dial([route, { kind: 'direct' }], proxy, 40)).rejects.toMatchObject({
      code: 'proxy-password-unavailable',
    });
    expect(reached).toBe(0);
  });

  it.each([
    ['user name', { user: 'ü'.repeat(128), password: 'mellon' }],
    ['password', { user: 'ada', password: 'x'.repeat(256) }],
    ['empty password', { user: 'ada', password: '' }],
  ])('sends a SOCKS proxy no %s that it has no room for', async (_, credentials) => {
    const sent: Buffer[] = [];
    const proxy = await serve((socket) => {
      socket.on('data', (chunk) => sent.push(chunk));
      // Wants a user name and password (RFC 1928 section 3).
      socket.once('data', () => socket.write(Buffer.from([5, 2])));
    });
    const server = { kind: 'socks5', ...proxy } as const;
    const route: Route = { kind: 'proxy', server, credentials: () => Promise.resolve(credentials) };
    await expect(dial([route], nobody)).rejects.toMatchObject({ code: 'proxy-sign-in-refused' });
    expect(sent).toEqual([]);
  });

  it('ends when nobody wants it any more, and leaves nothing open', async () => {
    const controller = new AbortController();
    const closed: Promise<unknown>[] = [];
    const proxy = await serve((socket) => {
      closed.push(once(socket.resume(), 'close'));
      controller.abort();
    });
    await expect(dial([by(proxy), { kind: 'direct' }], nobody, 60_000, controller.signal)).rejects.toThrow('No longer');
    await Promise.all(closed);
  });
});
