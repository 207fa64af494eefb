import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

import { Conditions, waitLimitMs } from '../desktop/conditions.ts';
import { listenOnLoopback } from '../standin/listen-on-loopback.ts';
import { OneWay } from './one-way.ts';

const loopback = '127.0.0.1';

/** What the network does to every connection, while it is so. */
export interface LinkFaults {
  /** Each way, ms. */
  readonly delayMs?: number;
  /** The server's bytes come one by one, so far apart. */
  readonly dripMs?: number;
  /** A connection on which nothing passed for so long (ms) is forgotten: nothing passes any more, nobody is told. */
  readonly forgetAfterMs?: number;
  /** The client's first bytes are answered by a reset. */
  readonly resetFirst?: boolean;
  /** The last bit of each piece of the server's is turned. */
  readonly corrupt?: boolean;
}

/**
 * A network between a client and a server that does to connections what networks do. It owns its listener, all sockets
 * and timers. Packets themselves are the business of {@link file://./network-namespace.ts}.
 */
export class FaultProxy {
  /** For what passes from now on. */
  faults: LinkFaults = {};
  /** Connections accepted so far. */
  total = 0;
  /** The most that were open at a time. */
  mostOpen = 0;
  /** Connections forgotten so far. */
  forgotten = 0;
  /** `performance.now()` of each connection. */
  readonly acceptedAt: number[] = [];
  readonly #inner: { readonly host: string; readonly port: number };
  readonly #links = new Set<Link>();
  readonly #conditions = new Conditions();
  #listener: Server | null = null;
  #port = 0;

  private constructor(inner: { readonly host: string; readonly port: number }) {
    this.#inner = inner;
  }

  /** Opens it on 127.0.0.1, at any free port, before `inner`, which need not listen yet. */
  static async open(inner: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
    const proxy = new FaultProxy(inner);
    await proxy.listen();
    return proxy;
  }

  /** For a client whose server is called so. */
  get endpoint(): { readonly host: string; readonly port: number } {
    return { host: this.#inner.host, port: this.#port };
  }

  get open(): number {
    return this.#links.size;
  }

  /** Listens, later again on the port it had. Nothing when it does. */
  async listen(): Promise<void> {
    if (this.#listener !== null) return;
    const listener = createServer({ noDelay: true }, (socket) => {
      this.#accept(socket);
    });
    this.#listener = listener;
    this.#port = await listenOnLoopback(listener, this.#port);
  }

  /** New connections are refused from now on; those there are go on. */
  shut(): void {
    this.#listener?.close();
    this.#listener = null;
  }

  /** Ends every connection towards the client, in order or by a reset. */
  cut(how: 'fin' | 'rst'): void {
    for (const link of this.#links) link.cut(how);
  }

  /** Half-open: nothing passes any more on the connections there are, and nobody is told. */
  forgetAll(): void {
    for (const link of this.#links) link.forget();
  }

  /** Resolves when so many connections were accepted. */
  async untilTotal(count: number): Promise<void> {
    const look = () => (this.total >= count ? true : undefined);
    await this.#conditions.until(look, () => `${count} connections; there were ${this.total}`, waitLimitMs);
  }

  dispose(): void {
    this.shut();
    this.cut('rst');
  }

  #accept(outer: Socket): void {
    this.total += 1;
    this.acceptedAt.push(performance.now());
    const inner = createConnection({ host: loopback, port: this.#inner.port, noDelay: true });
    const link = new Link(outer, inner, {
      faults: () => this.faults,
      onForgotten: () => {
        this.forgotten += 1;
      },
      onClose: () => {
        this.#links.delete(link);
        this.#conditions.changed();
      },
    });
    this.#links.add(link);
    this.mostOpen = Math.max(this.mostOpen, this.#links.size);
    this.#conditions.changed();
  }
}

interface LinkOptions {
  readonly faults: () => LinkFaults;
  readonly onForgotten: () => void;
  readonly onClose: () => void;
}

/** A client's connection and the one to the server that belongs to it. */
class Link {
  readonly #outer: Socket;
  readonly #inner: Socket;
  readonly #options: LinkOptions;
  readonly #toServer = new OneWay();
  readonly #toClient = new OneWay();
  #forgetTimer: NodeJS.Timeout | null = null;
  #isForgotten = false;

  constructor(outer: Socket, inner: Socket, options: LinkOptions) {
    this.#outer = outer;
    this.#inner = inner;
    this.#options = options;
    // Either side's failure shows as its end.
    outer.on('error', () => {});
    inner.on('error', () => {});
    outer.on('data', (bytes: Buffer) => {
      this.#fromClient(bytes);
    });
    inner.on('data', (bytes: Buffer) => {
      this.#fromServer(bytes);
    });
    outer.once('close', () => {
      this.#toServer.dispose();
      this.#toClient.dispose();
      if (this.#forgetTimer !== null) clearTimeout(this.#forgetTimer);
      inner.destroy();
      options.onClose();
    });
    inner.once('close', (failed) => {
      this.#toClient.after(options.faults().delayMs ?? 0, () => {
        if (this.#isForgotten) return;
        if (failed) outer.resetAndDestroy();
        else outer.destroySoon();
      });
    });
    this.#touch();
  }

  cut(how: 'fin' | 'rst'): void {
    if (how === 'fin') this.#outer.end();
    else this.#outer.resetAndDestroy();
  }

  forget(): void {
    this.#isForgotten = true;
    this.#options.onForgotten();
  }

  #fromClient(bytes: Buffer): void {
    const { delayMs = 0, resetFirst = false } = this.#options.faults();
    if (resetFirst) {
      this.cut('rst');
      return;
    }
    if (this.#isForgotten) return;
    this.#touch();
    this.#toServer.after(delayMs, () => this.#inner.write(bytes));
  }

  #fromServer(bytes: Buffer): void {
    if (this.#isForgotten) return;
    this.#touch();
    const { delayMs = 0, dripMs, corrupt = false } = this.#options.faults();
    if (corrupt) {
      bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
    }
    if (dripMs === undefined) {
      this.#toClient.after(delayMs, () => this.#outer.write(bytes));
      return;
    }
    for (const byte of bytes) {
      const behindMs = Math.max(delayMs, this.#toClient.busyUntil - performance.now());
      this.#toClient.after(behindMs + dripMs, () => this.#outer.write(Buffer.of(byte)));
    }
  }

  #touch(): void {
    const { forgetAfterMs } = this.#options.faults();
    if (this.#forgetTimer !== null) clearTimeout(this.#forgetTimer);
    this.#forgetTimer = null;
    if (forgetAfterMs !== undefined) {
      this.#forgetTimer = setTimeout(() => {
        this.forget();
      }, forgetAfterMs);
    }
  }
}
