import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';

import type { IssuedCertificate } from './ca.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';

/** A listener on 127.0.0.1 and everything connected to it. */
export interface LoopbackServer {
  readonly port: number;
  /** Stops listening and cuts every connection at once. */
  dispose(): Promise<void>;
}

/** Serves one request; `reset` ends its connection with a RST. */
export type LoopbackHandler = (request: IncomingMessage, response: ServerResponse, reset: () => void) => void;

export interface LoopbackServerOptions {
  readonly handle: LoopbackHandler;
  /** Makes it HTTPS, TLS 1.2 or later. */
  readonly tls?: IssuedCertificate;
  /** Default: any free one. */
  readonly port?: number;
}

/** Starts an HTTP or HTTPS listener. Rejects when the port is taken. */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  // The TCP sockets, by the client's port, below TLS too: one in its handshake is no HTTP connection yet, and only
  // TCP can reset.
  const sockets = new Map<number, Socket>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { remotePort } = request.socket;
    options.handle(request, response, () => {
      if (remotePort !== undefined) sockets.get(remotePort)?.resetAndDestroy();
    });
  };
  const server =
    options.tls === undefined
      ? createServer(handle)
      : createTlsServer({ ...options.tls, minVersion: 'TLSv1.2' }, handle);
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  const port = await listenOnLoopback(server, options.port ?? 0);
  return {
    port,
    async dispose() {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets.values()) socket.destroy();
      });
    },
  };
}
