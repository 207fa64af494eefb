import type { CommandContext } from './commands/command-context.ts';
import type { ImapEventFacts } from './event-log.ts';
import type { CutKind } from './faults.ts';
import { openMailboxes } from './session-login.ts';
import type { SessionInfo, SessionWorld } from './session-world.ts';
import { formatFlags } from './store/flags.ts';
import type { MailboxTree } from './store/mailbox-tree.ts';
import { MailboxView } from './store/mailbox-view.ts';
import type { MailboxUpdate } from './store/mailbox-view.ts';
import { CommandError } from './syntax/command-error.ts';

/** What a session's state needs of its connection. */
export interface SessionConnection {
  readonly frozen: boolean;
  send(line: string): void;
  readLine(): Promise<string>;
  /** Says BYE and ends. */
  bye(text: string): void;
  /** Somebody has signed in: orders for this person are in force from now on. */
  signedIn(): void;
}

const longestTimerMs = 2 ** 31 - 1;

/** Who is signed in, what is selected and whether it is pushed. Owns the view and the timer of the token. */
export class SessionState implements CommandContext {
  readonly #id: number;
  readonly #world: SessionWorld;
  readonly #connection: SessionConnection;
  #tree: MailboxTree | null = null;
  #view: MailboxView | null = null;
  #idling = false;
  #tokenEndsAt = Number.POSITIVE_INFINITY;
  #tokenTimer: NodeJS.Timeout | null = null;
  /** The tag of the command that is being carried out. */
  tag = '';
  /** How the connection is to be cut when the command's answer is sent. */
  cutAfterAnswer: CutKind | null = null;

  constructor(id: number, world: SessionWorld, connection: SessionConnection) {
    this.#id = id;
    this.#world = world;
    this.#connection = connection;
  }

  get info(): SessionInfo {
    return {
      id: this.#id,
      state: this.#tree === null ? 'not-authenticated' : this.#view === null ? 'authenticated' : 'selected',
      address: this.address,
      mailbox: this.#view?.name ?? null,
      idling: this.#idling,
      frozen: this.#connection.frozen,
    };
  }

  /** Who is signed in, or null. */
  get address(): string | null {
    return this.#tree?.address ?? null;
  }

  get capabilities(): readonly string[] {
    const offered = this.#world.capabilities();
    return this.#tree === null ? [...offered, 'AUTH=XOAUTH2'] : offered;
  }

  get tree(): MailboxTree {
    return this.#tree ?? refuseState();
  }

  get view(): MailboxView {
    return this.#view ?? refuseState();
  }

  has(capability: string): boolean {
    return this.capabilities.includes(capability);
  }

  now(): number {
    return this.#world.now();
  }

  send(line: string): void {
    this.#connection.send(line);
  }

  readLine(): Promise<string> {
    return this.#connection.readLine();
  }

  endAfterAnswer(): void {
    this.cutAfterAnswer = 'fin';
  }

  async login(user: string, token: string): Promise<void> {
    const opened = await openMailboxes(this.#world, this, user, token, (facts) => {
      this.#world.events.record(this.#id, user, facts);
    });
    this.#tree = opened.tree;
    this.#tokenEndsAt = opened.tokenEndsAt;
    this.cutAfterAnswer = opened.cut;
    const left = Math.min(Math.max(opened.tokenEndsAt - this.now(), 0), longestTimerMs);
    this.#tokenTimer = setTimeout(() => {
      this.endIfTokenEnded();
    }, left).unref();
    this.record({ kind: 'login' });
    this.#connection.signedIn();
  }

  /** Says BYE when the token has ended and sessions are ordered to end with it. */
  endIfTokenEnded(): void {
    if (this.#tokenEndsAt <= this.now() && this.#world.faults.holds('end-at-expiry', this.address)) {
      this.#connection.bye('Session invalidated - AccessTokenExpired');
    }
  }

  select(name: string, readOnly: boolean): MailboxView {
    this.unselect();
    const view = new MailboxView(this.tree.get(name), name, readOnly, {
      changed: () => {
        this.push();
      },
      voided: () => {
        this.#connection.bye('The mailbox has changed, please log in again.');
      },
    });
    this.#view = view;
    this.record({ kind: 'selected', mailbox: name, readOnly });
    return view;
  }

  unselect(): void {
    this.#view?.dispose();
    this.#view = null;
  }

  setIdling(idling: boolean): void {
    this.#idling = idling;
    this.record({ kind: idling ? 'idle-began' : 'idle-ended' });
    this.push();
  }

  /** Tells an idling client what happened, unless that is held back. */
  push(): void {
    if (this.#idling && !this.#connection.frozen && !this.#world.faults.holds('hold-pushes', this.address)) {
      this.flush(true);
    }
  }

  /** `withUids`: as servers of IMAP4rev2 tell flags, unlike Dovecot. */
  flush(expunges: boolean, withUids = false): void {
    const view = this.#view;
    for (const update of view?.flush(expunges) ?? []) {
      this.#tell(update, view?.name ?? '', withUids);
    }
  }

  record(facts: ImapEventFacts): void {
    this.#world.events.record(this.#id, this.address, facts);
  }

  /** Lets go of the mailbox and the timer. */
  dispose(): void {
    this.unselect();
    this.#idling = false;
    if (this.#tokenTimer !== null) {
      clearTimeout(this.#tokenTimer);
    }
  }

  #tell(update: MailboxUpdate, mailbox: string, withUids: boolean): void {
    switch (update.kind) {
      case 'expunge':
        this.send(`* ${update.sequence} EXPUNGE`);
        this.record({ kind: 'expunge-sent', mailbox, sequence: update.sequence });
        break;
      case 'exists':
        this.send(`* ${update.count} EXISTS`);
        this.record({ kind: 'exists-sent', mailbox, count: update.count });
        break;
      case 'flags':
        this.send(
          `* ${update.sequence} FETCH (${withUids ? `UID ${update.uid} ` : ''}FLAGS ${formatFlags(update.flags)})`,
        );
        this.record({ kind: 'flags-sent', mailbox, uid: update.uid });
        break;
    }
  }
}

function refuseState(): never {
  throw new CommandError('BAD', 'Command received in Invalid state.');
}
