import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Server as TlsServer, TLSSocket } from 'node:tls';

import { listenOnLoopback } from '../listen-on-loopback.ts';
import type { EventLog } from './event-log.ts';
import type { CutKind } from './faults.ts';
import { Session } from './session.ts';
import type { SessionWorld, Wire } from './session-world.ts';

/** PEM of the server's private key and certificate. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Accepts connections on the loopback interface and owns every socket and session. Implicit TLS, 1.2 or later. */
export class Listener {
  readonly #world: SessionWorld;
  readonly #tls: TlsServer;
  #server: Server | null = null;
  #port = 0;
  #lastSession = 0;
  /** By the client's port: TLS doesn't tell which socket it runs on, and only that can be reset. */
  readonly #sockets = new Map<number, Socket>();
  /** Accepted and left alone, by order. */
  readonly #frozen = new Set<Socket>();
  readonly #sessions = new Set<Session>();

  constructor(certificate: ServerCertificate, world: SessionWorld) {
    this.#world = world;
    this.#tls = createTlsServer({ ...certificate, minVersion: 'TLSv1.2' }, (socket) => {
      this.#open(socket);
    });
    this.#tls.on('tlsClientError', (error) => {
      this.#events.record(0, null, { kind: 'handshake-failed', reason: error.message });
    });
  }

  get port(): number {
    return this.#port;
  }

  /** The sessions that are open, oldest first. */
  get sessions(): readonly Session[] {
    return [...this.#sessions];
  }

  /** Listens on `port` (0: any free one), later on the same again. Rejects when it's taken or already listening. */
  async listen(port: number): Promise<void> {
    if (this.#server !== null) {
      throw new Error('The IMAP stand-in is listening already');
    }
    const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
      this.#accept(socket);
    });
    this.#port = await listenOnLoopback(server, port);
    this.#server = server;
  }

  /** New connections are refused by the system from now on; those there are go on. */
  stop(): void {
    this.#server?.close();
    this.#server = null;
  }

  /** Lets frozen connections go on where that is ordered, and tells every session. */
  faultsChanged(): void {
    if (!this.#freezesNew()) {
      const thawed = [...this.#frozen];
      this.#frozen.clear();
      for (const socket of thawed) {
        this.#tls.emit('connection', socket);
      }
    }
    for (const session of this.sessions) {
      session.faultsChanged();
    }
  }

  /** Cuts the connections that were left alone and so have no session. */
  cutFrozen(how: CutKind): void {
    for (const socket of this.#frozen) {
      if (how === 'fin') {
        socket.end();
        socket.destroySoon();
      } else {
        socket.resetAndDestroy();
      }
    }
  }

  /** Stops listening, destroys every socket and resolves when all are closed. */
  async dispose(): Promise<void> {
    this.stop();
    const sockets = [...this.#sockets.values()];
    const closed = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const session of this.sessions) {
      session.cut('fin');
    }
    for (const socket of sockets) {
      socket.destroy();
    }
    await Promise.all(closed);
  }

  get #events(): EventLog {
    return this.#world.events;
  }

  #freezesNew(): boolean {
    return this.#world.faults.holds('freeze', null);
  }

  #accept(socket: Socket): void {
    const clientPort = socket.remotePort ?? 0;
    this.#sockets.set(clientPort, socket);
    socket.once('close', () => {
      this.#sockets.delete(clientPort);
      this.#frozen.delete(socket);
    });
    // A client that resets is nothing to act on here: 'close' follows.
    socket.on('error', () => {});
    if (this.#freezesNew()) {
      this.#frozen.add(socket);
    } else {
      this.#tls.emit('connection', socket);
    }
  }

  #open(socket: TLSSocket): void {
    this.#lastSession += 1;
    const session = new Session(this.#lastSession, this.#world, this.#wire(socket));
    this.#sessions.add(session);
    socket.on('data', (chunk: Buffer) => {
      session.receive(chunk);
    });
    socket.once('close', () => {
      this.#sessions.delete(session);
      session.closed();
    });
    socket.on('error', () => {});
    void session.serve();
  }

  #wire(socket: TLSSocket): Wire {
    const below = this.#sockets.get(socket.remotePort ?? 0);
    return {
      write: (bytes) => {
        if (socket.writable) {
          socket.write(bytes);
        }
      },
      end: () => {
        socket.end();
      },
      reset: () => {
        // One that is being shut down can't be reset any more: the attempt would leave it open for good (libuv, EINVAL).
        if (!socket.writableEnded) below?.resetAndDestroy();
        socket.destroy();
      },
    };
  }
}
