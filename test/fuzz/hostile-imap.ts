import { createServer } from 'node:tls';
import type { Server, TLSSocket } from 'node:tls';

import { Conditions } from '../desktop/conditions.ts';
import type { IssuedCertificate } from '../standin/ca.ts';
import { fetchResponse, greeting, honestAnswer, pushes, readCommand } from './imap-dialogue.ts';
import type { DialogueState, FuzzMailbox } from './imap-dialogue.ts';
import { mutate } from './mutations.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';

/** How a hostile connection behaves beyond mutated responses. */
const pushPauseMs = 5;
/** A hostile connection ends after so many mutated responses at the latest. */
const mostMutated = 30;

export interface HostileImapOptions {
  readonly certificate: IssuedCertificate;
  readonly seed: number;
}

/** A mailbox with nothing special, for the user of that name. */
function newMailbox(user: string): FuzzMailbox {
  // Not the same for all.
  const unread = Buffer.from(user).reduce((sum, byte) => sum + byte, 0) % 7;
  const unseen = Array.from({ length: unread }, (_, index) => index + 2);
  return { uidValidity: 7, exists: 9, unseen, firstUid: 100, subjects: new Map() };
}

/**
 * An IMAP server that takes any token and answers as Exchange does, but for what it mutates by a seed. It can turn
 * honest. Owns its sockets.
 */
export class HostileImap {
  readonly happened = new Conditions();
  readonly seed: number;
  /** How often each mutation was made. */
  readonly counts = new Map<string, number>();
  /** Commands by name. */
  readonly asks = new Map<string, number>();
  /** Connections so far. */
  connections = 0;
  /** Responses sent, and those of them that were mutated. */
  responses = 0;
  mutated = 0;
  /** Commands heard. */
  heard = 0;
  /** Nothing is mutated. */
  honest = true;
  /** What is said instead of an honest response. */
  alter: (response: Buffer) => Buffer = (response) => response;
  readonly #server: Server;
  readonly #mailboxes = new Map<string, FuzzMailbox>();
  readonly #live = new Set<HostileConnection>();

  private constructor({ certificate, seed }: HostileImapOptions) {
    this.seed = seed;
    this.#server = createServer({ ...certificate, minVersion: 'TLSv1.2' }, (socket) => {
      this.connections += 1;
      const connection = new HostileConnection(this, socket, seededRandom(seed + this.connections * 7_919));
      this.#live.add(connection);
      socket.once('close', () => {
        this.#live.delete(connection);
        this.happened.changed();
      });
      this.happened.changed();
    });
    this.#server.on('tlsClientError', () => {});
  }

  static async start(options: HostileImapOptions): Promise<HostileImap> {
    const hostile = new HostileImap(options);
    await new Promise<void>((resolve, reject) => {
      hostile.#server.once('error', reject);
      hostile.#server.listen(0, '127.0.0.1', resolve);
    });
    return hostile;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The listener has no TCP port');
    return address.port;
  }

  /** Connections that are open. */
  get live(): readonly HostileConnection[] {
    return [...this.#live];
  }

  mailbox(user: string): FuzzMailbox {
    const known = this.#mailboxes.get(user) ?? newMailbox(user);
    this.#mailboxes.set(user, known);
    return known;
  }

  /** As after a restart of another server: all is true from now on, and the mailboxes are others. */
  turnHonest(users: readonly string[]): void {
    this.honest = true;
    this.alter = (response) => response;
    for (const user of users) {
      const { unseen, ...others } = newMailbox(user);
      // Another number than before, so that an old count isn't taken for a new one.
      this.#mailboxes.set(user, { ...others, unseen: [1, ...unseen], uidValidity: 4_711 });
    }
    this.cut();
  }

  /** How often clients sent a command of that name. */
  asked(name: string): number {
    return this.asks.get(name) ?? 0;
  }

  cut(): void {
    const cut = [...this.#live];
    // At once, not when the sockets have closed: who looks now must not take them for new ones.
    this.#live.clear();
    for (const { socket } of cut) socket.destroy();
  }

  /** One new mail each, told to whoever idles. */
  deliver(users: readonly string[], subject: string): void {
    for (const user of users) {
      const mailbox = this.mailbox(user);
      mailbox.exists += 1;
      mailbox.unseen.push(mailbox.exists);
      mailbox.subjects.set(mailbox.exists, subject);
    }
    for (const connection of this.#live) connection.tellExists();
  }

  async dispose(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.#server.close(resolve);
    });
    this.cut();
    await closed;
  }
}

/** One connection of a {@link HostileImap}. */
export class HostileConnection {
  readonly socket: TLSSocket;
  readonly #server: HostileImap;
  readonly #random: Random;
  /** Share of responses that are mutated: from nearly honest, which gets far, to nearly nothing right. */
  readonly #share: number;
  #state: DialogueState;
  #mutated = 0;
  #unread = '';
  #pushing: NodeJS.Timeout | null = null;

  constructor(server: HostileImap, socket: TLSSocket, random: Random) {
    this.#server = server;
    this.socket = socket;
    this.#random = random;
    this.#share = random.of([0.02, 0.05, 0.2, 0.6]);
    this.#state = { mailbox: server.mailbox(''), idleTag: null, over: false };
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      this.#read(data.toString('latin1'));
    });
    socket.once('close', () => {
      this.#stopPushing();
    });
    this.#say([greeting]);
  }

  /** Whether the client waits for pushes. */
  get idles(): boolean {
    return this.#state.idleTag !== null;
  }

  /** Pushes the number of messages to an idling client. */
  tellExists(): void {
    if (this.idles) this.#say(pushes(this.#state.mailbox).slice(0, 1));
  }

  /** Says something unasked. */
  push(what: Buffer): void {
    if (!this.socket.destroyed) this.socket.write(what);
  }

  /** Says this again and again, as fast as it is taken; resolves with how long the client bore it, ms. */
  async flood(what: Buffer): Promise<number> {
    const { socket } = this;
    const began = performance.now();
    const more = (error?: Error | null): void => {
      if ((error ?? null) === null && socket.writable) socket.write(what, more);
    };
    more();
    more();
    await new Promise((resolve) => socket.once('close', resolve));
    return Math.round(performance.now() - began);
  }

  #read(text: string): void {
    this.#unread += text;
    for (;;) {
      const end = this.#unread.indexOf('\r\n');
      if (end === -1) return;
      const command = readCommand(this.#unread.slice(0, end));
      this.#unread = this.#unread.slice(end + 2);
      this.#stopPushing();
      if (command.name === 'AUTHENTICATE') this.#login(command.rest);
      this.#say(honestAnswer(this.#state, command));
      if (this.#state.over) this.socket.end();
      if (this.idles && !this.#server.honest) this.#pushLater();
      this.#server.heard += 1;
      this.#server.asks.set(command.name, this.#server.asked(command.name) + 1);
      this.#server.happened.changed();
    }
  }

  #login(rest: string): void {
    const said = Buffer.from(rest.split(' ').at(-1) ?? '', 'base64').toString();
    const user = /user=([^\u0001]*)/u.exec(said)?.[1] ?? '';
    this.#state = { ...this.#state, mailbox: this.#server.mailbox(user) };
  }

  /** Hostile pushes go on until the client says something or the connection has said enough. */
  #pushLater(): void {
    this.#pushing ??= setTimeout(() => {
      this.#pushing = null;
      const { mailbox } = this.#state;
      const choices = [...pushes(mailbox), fetchResponse(mailbox, 1 + this.#random.below(mailbox.exists))];
      const said = Array.from({ length: 1 + this.#random.below(4) }, () => this.#random.of(choices));
      this.#say(said, 0.9);
      if (this.#mutated >= mostMutated) this.socket.end();
      else if (this.idles) this.#pushLater();
    }, pushPauseMs);
  }

  #stopPushing(): void {
    if (this.#pushing !== null) clearTimeout(this.#pushing);
    this.#pushing = null;
  }

  #say(responses: readonly Buffer[], share = this.#share): void {
    const server = this.#server;
    const said = responses.map((response) => {
      server.responses += 1;
      if (server.honest) return server.alter(response);
      if (!this.#random.chance(share)) return response;
      server.mutated += 1;
      this.#mutated += 1;
      return mutate(response, this.#random, (name) => {
        server.counts.set(name, (server.counts.get(name) ?? 0) + 1);
      });
    });
    if (!this.socket.destroyed) this.socket.write(Buffer.concat(said));
  }
}
