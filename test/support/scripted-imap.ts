import type {
  FoundMessage,
  ImapSession,
  OpenImapSession,
  OpenSessionOptions,
  UnseenCount,
} from '../../electron/main/imap/imap-session.ts';

/** A mailbox in memory and the sessions that look at it, for the watcher's tests on a virtual clock. */
export class ScriptedImap {
  uidValidity = '7';
  uidNext = 1;
  messages: FoundMessage[] = [];
  /** Logins that reached the server. */
  logins = 0;
  /** Tokens presented, in order. */
  readonly tokens: string[] = [];
  /** What the next opens end in, first come first served; `open` when empty. */
  readonly outcomes: ('open' | 'hang' | { readonly error: unknown; readonly authenticated?: boolean })[] = [];
  /** Sessions open now. */
  readonly live = new Set<ScriptedSession>();
  mostLive = 0;
  /** Whether commands are answered at all. */
  answering = true;
  /** What each answer waits for. */
  latency: () => Promise<void> = () => Promise.resolve();
  /** Times IDLE was begun. */
  idles = 0;
  /** Times the unread were counted. */
  counts = 0;

  readonly open: OpenImapSession = async (options) => {
    this.logins += 1;
    this.tokens.push(options.credentials.accessToken);
    const outcome = this.outcomes.shift() ?? 'open';
    if (outcome === 'hang') {
      return new Promise<never>(() => {});
    }
    if (outcome !== 'open') {
      if (outcome.authenticated === true) {
        options.onAuthenticated();
      }
      throw outcome.error;
    }
    options.onAuthenticated();
    const session = new ScriptedSession(this, options);
    this.live.add(session);
    this.mostLive = Math.max(this.mostLive, this.live.size);
    return session;
  };

  /** A mail arrives, `silent` without anybody being told; its uid. */
  deliver(subject: string, options: { readonly seen?: boolean; readonly silent?: boolean } = {}): number {
    const uid = this.uidNext;
    this.uidNext += 1;
    this.messages.push({
      mailbox: 'INBOX',
      uidValidity: this.uidValidity,
      uid,
      fromName: 'Ada',
      fromAddress: 'ada@example.org',
      subject,
      receivedAt: 0,
      seen: options.seen ?? false,
    });
    if (options.silent !== true) {
      this.changed();
    }
    return uid;
  }

  markSeen(uid: number): void {
    this.messages = this.messages.map((message) => (message.uid === uid ? { ...message, seen: true } : message));
    this.changed();
  }

  changed(): void {
    for (const session of this.live) {
      session.options.onChange();
    }
  }

  /** The IMAP library ends IDLE by a probe of its own, on which nothing came; `false`: the server refused it. */
  endIdle(accepted: boolean): void {
    for (const session of this.live) {
      session.endIdle(accepted);
    }
  }

  /** The server or the network ends every session. */
  cut(reason?: unknown): void {
    for (const session of this.live) {
      this.live.delete(session);
      session.options.onClose(reason);
    }
  }
}

class ScriptedSession implements ImapSession {
  readonly selected;
  readonly options: OpenSessionOptions;
  readonly #server: ScriptedImap;

  constructor(server: ScriptedImap, options: OpenSessionOptions) {
    this.#server = server;
    this.options = options;
    this.selected = { uidValidity: server.uidValidity, uidNext: server.uidNext };
  }

  async fetchAbove(uid: number): Promise<readonly FoundMessage[]> {
    await this.#answer();
    return this.#server.messages.filter((message) => message.uid > uid);
  }

  async countUnseen(): Promise<UnseenCount> {
    await this.#answer();
    this.#server.counts += 1;
    const unread = this.#server.messages.filter((message) => !message.seen);
    return { unseen: unread.length, unread: new Set(unread.map(({ uid }) => uid)) };
  }

  endIdle: (accepted: boolean) => void = () => {};

  idle(): Promise<boolean> {
    this.#server.idles += 1;
    return new Promise((resolve) => {
      this.endIdle = resolve;
    });
  }

  async logout(): Promise<void> {
    this.close();
  }

  close(): void {
    if (this.#server.live.delete(this)) {
      this.options.onClose(undefined);
    }
  }

  async #answer(): Promise<void> {
    if (!this.#server.answering) {
      await new Promise<void>(() => {});
    }
    await this.#server.latency();
    if (!this.#server.live.has(this)) {
      throw Object.assign(new Error('Connection not available'), { code: 'NoConnection' });
    }
  }
}
