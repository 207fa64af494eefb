import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';

import { Conditions, waitLimitMs } from '../desktop/conditions.ts';
import { ordinaryUser, spawnIdentity } from '../desktop/ordinary-user.ts';
import type { IssuedCertificate } from '../standin/ca.ts';

/** A proxy on an address of this computer that nobody else has. */
export interface TestProxy {
  readonly host: string;
  readonly port: number;
  /** What it wrote so far. */
  output(): string;
  /** Resolves when what it wrote, so far and to come, matches. */
  waitForOutput(pattern: RegExp): Promise<void>;
  dispose(): Promise<void>;
}

export interface TinyproxyOptions {
  /** Asked of everybody (Basic) where given. */
  readonly credentials?: { readonly user: string; readonly password: string };
  /** Ports that it leads to; any unless given. */
  readonly ports?: readonly number[];
  /** A proxy to which it hands everything on. */
  readonly upstream?: { readonly host: string; readonly port: number };
}

const proxyPort = 18_080;

function ownAddress(): string {
  const part = (): number => randomInt(1, 255);
  return `127.${part()}.${part()}.${part()}`;
}

/** Debian's tinyproxy. @throws when it isn't installed or doesn't start */
export async function startTinyproxy({ credentials, ports = [], upstream }: TinyproxyOptions = {}): Promise<TestProxy> {
  const host = ownAddress();
  const folder = mkdtempSync(join(tmpdir(), 'tidings-tinyproxy-'));
  const configuration = join(folder, 'tinyproxy.conf');
  const lines = [
    `Port ${proxyPort}`,
    `Listen ${host}`,
    'Timeout 600',
    'LogLevel Connect',
    ...(credentials === undefined ? [] : [`BasicAuth ${credentials.user} ${credentials.password}`]),
    ...ports.map((port) => `ConnectPort ${port}`),
    ...(upstream === undefined ? [] : [`Upstream http ${upstream.host}:${upstream.port}`]),
  ];
  writeFileSync(configuration, `${lines.join('\n')}\n`);
  // Read before it becomes anybody else.
  return startProgram(
    host,
    spawn('tinyproxy', ['-d', '-c', configuration], { stdio: ['ignore', 'pipe', 'pipe'] }),
    () => {
      rmSync(folder, { recursive: true, force: true });
    },
  );
}

/** Debian's microsocks, a SOCKS 5 server. @throws when it isn't installed or doesn't start */
export function startMicrosocks(credentials?: {
  readonly user: string;
  readonly password: string;
}): Promise<TestProxy> {
  const host = ownAddress();
  const who = credentials === undefined ? [] : ['-u', credentials.user, '-P', credentials.password];
  const options = { stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'], ...spawnIdentity(ordinaryUser()) };
  return startProgram(host, spawn('microsocks', ['-i', host, '-p', String(proxyPort), ...who], options), () => {});
}

async function startProgram(host: string, child: ChildProcess, cleanUp: () => void): Promise<TestProxy> {
  const conditions = new Conditions();
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      conditions.changed();
    });
  }
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    const onEnd = (reason: string): void => {
      isOver = true;
      conditions.end(new Error(`The proxy ended (${reason}): ${text}`));
      resolve();
    };
    child.once('exit', (code, signal) => onEnd(String(code ?? signal)));
    child.once('error', (error) => onEnd(error.message));
  });
  const dispose = async (): Promise<void> => {
    if (!isOver) child.kill('SIGKILL');
    await ended;
    cleanUp();
  };
  try {
    while (!(await answers(host))) {
      if (isOver) throw new Error(`The proxy doesn't start: ${text}`);
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    host,
    port: proxyPort,
    output: () => text,
    waitForOutput: async (pattern) => {
      await conditions.until(
        () => pattern.exec(text) ?? undefined,
        () => `${pattern} in: ${text}`,
        waitLimitMs,
      );
    },
    dispose,
  };
}

/** Whether something listens there; a refusal takes no time. */
async function answers(host: string): Promise<boolean> {
  const socket = connect({ host, port: proxyPort });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A CONNECT proxy that does as a test says. */
export interface ScriptedProxy {
  readonly host: string;
  readonly port: number;
  /** Every host and port that was asked for, as asked. */
  readonly targets: string[];
  dispose(): Promise<void>;
}

/** `answer`: what becomes of a client that asked for a host and a port. */
async function startScriptedProxy(
  answer: (client: Duplex, target: { readonly host: string; readonly port: number }) => void,
): Promise<ScriptedProxy> {
  const targets: string[] = [];
  const sockets = new Set<Duplex>();
  const server: HttpServer = createHttpServer();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (request, client: Duplex) => {
    const { hostname, port } = new URL(`http://${request.url ?? ''}/`);
    targets.push(request.url ?? '');
    client.on('error', () => undefined);
    answer(client, { host: hostname, port: Number(port === '' ? 80 : port) });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : 0,
    targets,
    async dispose() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const established = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** Leads every name to this computer: for hosts that nobody could reach but by a proxy. */
export function startGateway(): Promise<ScriptedProxy> {
  return startScriptedProxy((client, { port }) => {
    const server = connect({ host: '127.0.0.1', port });
    server.once('connect', () => {
      client.write(established);
      client.pipe(server).pipe(client);
    });
    server.on('error', () => client.destroy());
    client.on('close', () => server.destroy());
  });
}

/** Answers every CONNECT with this head, and hangs up. */
export function startRefusingProxy(head: string): Promise<ScriptedProxy> {
  return startScriptedProxy((client) => {
    client.end(`${head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  });
}

/** Takes every CONNECT and then reads along: it shows `certificate` for its own, as companies' inspecting proxies do. */
export function startInspectingProxy(certificate: IssuedCertificate): Promise<ScriptedProxy> {
  return startScriptedProxy((client, { port }) => {
    client.write(established);
    const inspector = createTlsServer({ ...certificate }, (inside) => {
      const server = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
      inside.on('error', () => server.destroy()).on('close', () => server.destroy());
      server.on('error', () => inside.destroy());
      inside.pipe(server).pipe(inside);
    });
    inspector.on('tlsClientError', () => client.destroy());
    inspector.emit('connection', client);
  });
}

/** TLS in front of a proxy, which then is one of `https://`. */
export async function startTlsFront(
  certificate: IssuedCertificate,
  inside: { readonly host: string; readonly port: number },
): Promise<{ readonly port: number; dispose(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createTlsServer({ ...certificate }, (client) => {
    const onward = connect({ host: inside.host, port: inside.port });
    sockets.add(client).add(onward);
    client.on('error', () => onward.destroy()).on('close', () => onward.destroy());
    onward.on('error', () => client.destroy());
    client.pipe(onward).pipe(client);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async dispose() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
