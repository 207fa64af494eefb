import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

import { Conditions } from '../desktop/conditions.ts';
import { listenOnLoopback } from '../standin/listen-on-loopback.ts';

/** How long a broken test waits, ms. */
const waitMs = 30_000;

/** A client's connection and the one to the server that belongs to it. */
interface Pair {
  readonly outer: Socket;
  readonly inner: Socket;
}

/**
 * A door in front of a server: it passes bytes as they are, can be shut, and cuts what passes through it at once,
 * which no server does by itself. It owns its listener and all sockets.
 */
export class TcpGate {
  readonly #inner: { readonly host: string; readonly port: number };
  readonly #pairs = new Set<Pair>();
  readonly #conditions = new Conditions();
  #listener: Server | null = null;
  #port = 0;
  #total = 0;
  #hangs = false;

  private constructor(inner: { readonly host: string; readonly port: number }) {
    this.#inner = inner;
  }

  /** Opens a door on 127.0.0.1, at any free port, to `inner`, which need not listen yet. */
  static async open(inner: { readonly host: string; readonly port: number }): Promise<TcpGate> {
    const gate = new TcpGate(inner);
    await gate.listen();
    return gate;
  }

  get port(): number {
    return this.#port;
  }

  /** Connections accepted so far. */
  get total(): number {
    return this.#total;
  }

  /** Listens again on the port it had. */
  async listen(): Promise<void> {
    const listener = createServer({ noDelay: true }, (socket) => {
      this.#pass(socket);
    });
    this.#port = await listenOnLoopback(listener, this.#port);
    this.#listener = listener;
  }

  /** New connections are refused by the system from now on; those there are go on. */
  shut(): void {
    this.#listener?.close();
    this.#listener = null;
  }

  /** Resets every connection, towards client and server. */
  cut(): void {
    for (const { outer } of this.#pairs) outer.resetAndDestroy();
  }

  /** From now on nothing passes, either way; connections are still accepted. */
  hang(): void {
    this.#hangs = true;
    for (const pair of this.#pairs) hold(pair);
  }

  /** Resolves when no connection is open. */
  async untilNoConnection(): Promise<void> {
    await this.#conditions.until(
      () => (this.#pairs.size === 0 ? true : undefined),
      () => `no connection; there are ${this.#pairs.size}`,
      waitMs,
    );
  }

  dispose(): void {
    this.shut();
    this.cut();
  }

  #pass(outer: Socket): void {
    const inner = createConnection({ ...this.#inner, noDelay: true });
    this.#total += 1;
    const pair = { outer, inner };
    this.#pairs.add(pair);
    outer.pipe(inner).pipe(outer);
    if (this.#hangs) hold(pair);
    // Either side's failure shows as its end; what a client hears of it is a reset, as without a gate.
    outer.on('error', () => {});
    inner.on('error', () => {});
    outer.once('close', () => {
      inner.destroy();
      this.#pairs.delete(pair);
      this.#conditions.changed();
    });
    inner.once('close', (failed) => {
      if (failed) outer.resetAndDestroy();
      else outer.destroySoon();
    });
  }
}

function hold({ outer, inner }: Pair): void {
  outer.unpipe(inner).pause();
  inner.unpipe(outer).pause();
}
