/** What happened on a session. */
export type ImapEventFacts =
  | { readonly kind: 'connected' }
  | { readonly kind: 'login' }
  | { readonly kind: 'login-refused'; readonly reason: string }
  /** A command arrived, before anything is done about it; `name` in upper case, e.g. `UID FETCH`. */
  | { readonly kind: 'command'; readonly name: string }
  | { readonly kind: 'selected'; readonly mailbox: string; readonly readOnly: boolean }
  | { readonly kind: 'idle-began' }
  | { readonly kind: 'idle-ended' }
  | { readonly kind: 'exists-sent'; readonly mailbox: string; readonly count: number }
  | { readonly kind: 'expunge-sent'; readonly mailbox: string; readonly sequence: number }
  | { readonly kind: 'flags-sent'; readonly mailbox: string; readonly uid: number }
  | { readonly kind: 'closed' }
  /** No session came about: the client refused the certificate, or offered too old a TLS. The session is 0. */
  | { readonly kind: 'handshake-failed'; readonly reason: string }
  /** The stand-in itself failed: a defect of it. */
  | { readonly kind: 'failed'; readonly error: unknown };

export type ImapEvent = ImapEventFacts & {
  /** Rises by one with each event. */
  readonly number: number;
  /** `performance.now()`. */
  readonly at: number;
  readonly session: number;
  /** Who is signed in on the session; on a refused login, who tried. */
  readonly address: string | null;
};

/** Totals since the start. */
export interface ImapCounts {
  readonly connections: number;
  readonly logins: number;
  readonly refusedLogins: number;
  readonly commands: ReadonlyMap<string, number>;
}

interface Waiting {
  readonly check: () => boolean;
  readonly fail: (error: Error) => void;
}

const keptEvents = 20_000;

/** Remembers at least the last 20,000 events, counts all, and lets tests wait for what they expect. */
export class EventLog {
  readonly #events: ImapEvent[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #commands = new Map<string, number>();
  readonly #listeners = new Set<(event: ImapEvent) => void>();
  #number = 0;
  #connections = 0;
  #logins = 0;
  #refusedLogins = 0;

  /** A mark to wait from: the number of the last event so far. */
  get mark(): number {
    return this.#number;
  }

  /** The remembered events after `mark`, oldest first. */
  since(mark = 0): readonly ImapEvent[] {
    return this.#events.filter(({ number }) => number > mark);
  }

  get counts(): ImapCounts {
    return {
      connections: this.#connections,
      logins: this.#logins,
      refusedLogins: this.#refusedLogins,
      commands: new Map(this.#commands),
    };
  }

  record(session: number, address: string | null, facts: ImapEventFacts): void {
    this.#number += 1;
    const event: ImapEvent = { ...facts, number: this.#number, at: performance.now(), session, address };
    this.#events.push(event);
    if (this.#events.length > keptEvents * 2) {
      this.#events.splice(0, keptEvents);
    }
    if (facts.kind === 'connected') {
      this.#connections += 1;
    } else if (facts.kind === 'login') {
      this.#logins += 1;
    } else if (facts.kind === 'login-refused') {
      this.#refusedLogins += 1;
    } else if (facts.kind === 'command') {
      this.#commands.set(facts.name, (this.#commands.get(facts.name) ?? 0) + 1);
    }
    for (const listener of this.#listeners) {
      listener(event);
    }
    for (const waiting of [...this.#waiting]) {
      if (waiting.check()) {
        this.#waiting.delete(waiting);
      }
    }
  }

  /** Calls `listener` with each event, in the moment it happens, until the returned function is called. */
  listen(listener: (event: ImapEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * The first event after `mark` (default: from the start) for which `predicate` holds, now or later.
   * Rejects after `timeoutMs`, or when the stand-in is disposed of, naming the last events.
   */
  waitFor(predicate: (event: ImapEvent) => boolean, mark = 0, timeoutMs = 30_000): Promise<ImapEvent> {
    return this.#wait(() => this.since(mark).find(predicate) ?? null, timeoutMs);
  }

  /** Resolves when `condition` holds; asked now and after each event. Rejects like {@link waitFor}. */
  async waitUntil(condition: () => boolean, timeoutMs = 30_000): Promise<void> {
    await this.#wait(() => (condition() ? true : null), timeoutMs);
  }

  /** Rejects whoever still waits. */
  dispose(): void {
    for (const waiting of this.#waiting) {
      waiting.fail(new Error('The IMAP stand-in was disposed of'));
    }
    this.#waiting.clear();
  }

  #wait<T>(look: () => T | null, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const found = look();
      if (found !== null) {
        resolve(found);
        return;
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        const last = this.#events.slice(-12).map(({ kind, session }) => `${kind}#${session}`);
        reject(new Error(`Not seen within ${timeoutMs} ms; last events: ${last.join(', ')}`));
      }, timeoutMs);
      const waiting: Waiting = {
        check: () => {
          const value = look();
          if (value !== null) {
            clearTimeout(timer);
            resolve(value);
          }
          return value !== null;
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#waiting.add(waiting);
    });
  }
}
