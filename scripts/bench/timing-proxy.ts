import { createServer as createTcpServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { connect, createSecureContext, TLSSocket } from 'node:tls';
import type { SecureContext } from 'node:tls';

import { Conditions, waitLimitMs } from '../../test/desktop/conditions.ts';
import type { IssuedCertificate } from '../../test/standin/ca.ts';
import { listenOnLoopback } from '../../test/standin/listen-on-loopback.ts';
import { existsCount, IdleFollower, LineSplitter } from './imap-lines.ts';

/** A `* n EXISTS` that went to the client; `at` is `performance.now()` of this process, ms, just before it was sent. */
export interface ExistsStamp {
  readonly count: number;
  readonly at: number;
}

/** What a proxy shows to clients and trusts at the server. */
export interface ProxyTrust {
  readonly certificate: IssuedCertificate;
  readonly ca: string;
}

/** A client's connection (below TLS, for only TCP can reset) and what is known of its session. */
interface Passage {
  readonly outer: Socket;
  readonly idle: IdleFollower;
}

/**
 * Ends TLS between clients and a server, so that it sees the protocol's lines, and notes when a mailbox's new size
 * passes to the client. Takes no connections before `secure`. It owns its listener and all sockets.
 */
export class TimingProxy {
  #inner: { readonly host: string; readonly port: number };
  readonly #passages = new Set<Passage>();
  readonly #conditions = new Conditions();
  readonly #exists: ExistsStamp[] = [];
  #trust: { readonly context: SecureContext; readonly ca: string } | null = null;
  #listener: Server | null = null;
  #port = 0;

  private constructor(inner: { readonly host: string; readonly port: number }) {
    this.#inner = inner;
  }

  /** Takes any free port of 127.0.0.1; `inner` need not listen yet. */
  static async open(inner: { readonly host: string; readonly port: number }): Promise<TimingProxy> {
    const proxy = new TimingProxy(inner);
    await proxy.listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** All that passed, oldest first; also those that answered a command. */
  get exists(): readonly ExistsStamp[] {
    return this.#exists;
  }

  /** From now on clients are served. */
  secure({ certificate, ca }: ProxyTrust): void {
    this.#trust = { context: createSecureContext({ ...certificate, minVersion: 'TLSv1.2' }), ca };
  }

  /** Listens, again on the port it had. */
  async listen(): Promise<void> {
    const listener = createTcpServer({ noDelay: true }, (socket) => {
      this.#pass(socket);
    });
    this.#listener = listener;
    this.#port = await listenOnLoopback(listener, this.#port);
  }

  /** New connections are refused by the system from now on. */
  shut(): void {
    this.#listener?.close();
    this.#listener = null;
  }

  /** Leads new connections to another server. */
  leadTo(inner: { readonly host: string; readonly port: number }): void {
    this.#inner = inner;
  }

  /** Resets every connection. */
  cut(): void {
    for (const { outer } of this.#passages) outer.resetAndDestroy();
    this.#passages.clear();
  }

  /** Resolves when a client idles. */
  async untilIdling(): Promise<void> {
    const look = (): true | undefined => [...this.#passages].some(({ idle }) => idle.isIdling) || undefined;
    await this.#conditions.until(look, () => `a client to idle; there are ${this.#passages.size}`, waitLimitMs);
  }

  /** The first stamp from number `from` on that fits. */
  untilExists(from: number, fits: (stamp: ExistsStamp) => boolean = () => true): Promise<ExistsStamp> {
    const look = (): ExistsStamp | undefined => this.#exists.slice(from).find(fits);
    return this.#conditions.until(look, () => 'the server to tell of new mail', waitLimitMs);
  }

  dispose(): void {
    this.shut();
    this.cut();
  }

  #pass(outer: Socket): void {
    const trust = this.#trust;
    if (trust === null) {
      outer.resetAndDestroy();
      return;
    }
    const passage: Passage = { outer, idle: new IdleFollower() };
    this.#passages.add(passage);
    const client = new TLSSocket(outer, { isServer: true, secureContext: trust.context });
    const server = connect({ ...this.#inner, ca: trust.ca, servername: 'localhost' });
    server.setNoDelay(true);
    this.#follow(passage, client, server);
    // Either side's failure shows as its end.
    for (const socket of [outer, client, server]) socket.on('error', () => {});
    outer.once('close', () => {
      server.destroy();
      this.#passages.delete(passage);
      this.#conditions.changed();
    });
    client.once('end', () => server.end());
    server.once('close', () => client.end());
  }

  #follow({ idle }: Passage, client: TLSSocket, server: TLSSocket): void {
    const said = new LineSplitter();
    const answered = new LineSplitter();
    client.on('data', (chunk: Buffer) => {
      server.write(chunk);
      for (const line of said.feed(chunk)) idle.client(line);
    });
    server.on('data', (chunk: Buffer) => {
      const at = performance.now();
      client.write(chunk);
      for (const line of answered.feed(chunk)) {
        idle.server(line);
        const count = existsCount(line);
        if (count !== null) this.#exists.push({ count, at });
      }
      this.#conditions.changed();
    });
  }
}
