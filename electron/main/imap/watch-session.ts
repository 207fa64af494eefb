import { Signal } from '../signal.ts';
import { stableSessionMs } from './backoff.ts';
import { classifyImapError } from './imap-error.ts';
import type { FoundMessage, ImapSession } from './imap-session.ts';
import { type MailboxCursor, advanceCursor, stepCursor } from './mailbox-cursor.ts';
import type { WatchFailure } from './watch-failure.ts';
import type { MailboxWatcherDeps, WatcherToken } from './watcher-types.ts';

/** A reconnect with a fresh token is due this long (ms) before the old one ends; Exchange says BYE at the end. */
const renewBeforeExpiryMs = 4 * 60_000;
/** Not sooner than this (ms) after a connect, also when a clock says that the token has long expired. */
const shortestSessionMs = 60_000;
/** Answer to "check now" within this (ms), or the connection is taken for dead. */
const probeDeadlineMs = 10_000;
/** A recount without any event, in case one was lost (ms). */
const recountMs = 10 * 60_000;
/** A server that won't idle is asked again after this (ms). */
const idleRefusedPauseMs = 30_000;
/** An IDLE that ends sooner than this (ms) was no IDLE. */
const shortestIdleMs = 100;
const logoutMs = 2_000;
/** The profile's CA file may be on a drive that comes back (ms). */
const unreadableCaRetryMs = 60_000;

/** Why a session ended. `connected`: the server had accepted the login. `stable`: it had held for 5 min. */
export type SessionEnd =
  | { readonly kind: 'renewal-due' }
  | { readonly kind: 'disposed' }
  | { readonly kind: 'failed'; readonly failure: WatchFailure; readonly stable: boolean; readonly connected: boolean };

/** What outlives a session. */
export interface MailboxMemory {
  cursor: MailboxCursor | null;
  /** Whether nothing was looked at yet since the program started. */
  firstLook: boolean;
}

/** One connection from the token to its end: tells what is new, counts, idles. Used once. */
export class WatchSession {
  readonly #deps: MailboxWatcherDeps;
  readonly #memory: MailboxMemory;
  /** Something may have changed, or somebody wants to know: ask the server. */
  readonly #dirty = new Signal();
  readonly #ended: Promise<SessionEnd>;
  #finish: (end: SessionEnd) => void = () => {};
  #over = false;
  #session: ImapSession | null = null;
  #connectedAt: number | null = null;
  #idleTurn = 0;
  readonly #timers = new Map<string, () => void>();

  constructor(deps: MailboxWatcherDeps, memory: MailboxMemory) {
    this.#deps = deps;
    this.#memory = memory;
    this.#ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Resolves when the session is over and its connection closed; never rejects. `renew`: a cached token won't do. */
  async run(renew: boolean): Promise<SessionEnd> {
    this.#connect(renew).catch((error: unknown) => {
      this.#fail(classifyImapError(error, this.#deps.clock.now()));
    });
    const end = await this.#ended;
    this.#over = true;
    for (const cancel of this.#timers.values()) {
      cancel();
    }
    this.#timers.clear();
    this.#dirty.set();
    if (end.kind === 'failed') {
      this.#session?.close();
    } else {
      await this.#session?.logout(logoutMs);
    }
    return end;
  }

  /** Asks the server again; no answer within 10 s ends the session. */
  checkNow(): void {
    if (this.#session === null) {
      return;
    }
    if (!this.#timers.has('probe')) {
      this.#setTimer('probe', probeDeadlineMs, () => {
        this.#fail({ kind: 'passing', error: this.#info('timed-out'), reach: 'unreached', notBeforeMs: null });
      });
    }
    this.#dirty.set();
  }

  dispose(): void {
    this.#finish({ kind: 'disposed' });
  }

  // A method, because the compiler would otherwise hold the field for unchanged across an await.
  #isOver(): boolean {
    return this.#over;
  }

  #info(code: 'timed-out' | 'imap-connection-lost'): { code: typeof code; at: number } {
    return { code, at: this.#deps.clock.now() };
  }

  #fail(failure: WatchFailure): void {
    const connected = this.#connectedAt !== null;
    const stable = this.#connectedAt !== null && this.#deps.clock.now() - this.#connectedAt >= stableSessionMs;
    this.#finish({ kind: 'failed', failure, stable, connected });
  }

  #setTimer(name: string, delayMs: number, run: () => void): void {
    this.#timers.get(name)?.();
    const cancel = this.#deps.clock.setTimer(delayMs, () => {
      this.#timers.delete(name);
      this.#deps.log.debug('Timer', { name });
      run();
    });
    this.#timers.set(name, cancel);
  }

  #clearTimer(name: string): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }

  async #connect(renew: boolean): Promise<void> {
    const { clock, classifyTokenError, endpoint, getToken, loadCa, log, mailbox, openSession, user } = this.#deps;
    let token: WatcherToken;
    try {
      token = await getToken({ renew });
    } catch (error) {
      this.#fail(classifyTokenError(error));
      return;
    }
    let ca: readonly string[] | undefined;
    try {
      ca = await loadCa();
    } catch (error) {
      const detail = `extraCaFile: ${error instanceof Error ? error.message : 'cannot be read'}`;
      const info = { code: 'profile-invalid', at: clock.now(), detail } as const;
      this.#fail({ kind: 'refused', error: info, retryMs: unreadableCaRetryMs });
      return;
    }
    if (this.#isOver()) {
      return;
    }
    const session = await openSession({
      endpoint,
      credentials: { user, accessToken: token.token },
      ca,
      mailbox,
      onAuthenticated: () => {
        this.#connectedAt = clock.now();
      },
      onChange: () => {
        this.#dirty.set();
      },
      onClose: (reason) => {
        this.#fail(
          reason === undefined
            ? { kind: 'passing', error: this.#info('imap-connection-lost'), reach: 'answered', notBeforeMs: null }
            : classifyImapError(reason, clock.now()),
        );
      },
    });
    if (this.#isOver()) {
      session.close();
      return;
    }
    this.#session = session;
    log.info('Connected', { mailbox, uidNext: session.selected.uidNext });
    const life = token.expiresAt - renewBeforeExpiryMs + this.#deps.random() * 60_000 - clock.now();
    this.#setTimer('renewal', Math.max(shortestSessionMs, life), () => {
      this.#finish({ kind: 'renewal-due' });
    });
    await this.#follow(session);
  }

  async #follow(session: ImapSession): Promise<void> {
    const step = stepCursor(this.#memory.cursor, session.selected);
    if (step.kind !== 'continue') {
      this.#deps.log.info('Mailbox seen anew', { why: step.kind });
      this.#setCursor(step.cursor);
    }
    let mayHaveNew = step.kind === 'continue' && step.mayHaveNew;
    while (!this.#isOver()) {
      this.#dirty.clear();
      const found = mayHaveNew ? await this.#findNew(session) : [];
      // Any answer proves that the server is there; on a slow link the count may take longer than the probe.
      this.#clearTimer('probe');
      if (this.#isOver()) {
        return;
      }
      this.#tell(found);
      const unseen = await session.countUnseen();
      if (this.#isOver()) {
        return;
      }
      this.#deps.onEvent({ kind: 'counted', unseen, at: this.#deps.clock.now() });
      if (!this.#dirty.isSet) {
        await this.#idle(session);
      }
      mayHaveNew = true;
    }
  }

  /** Resolves when there is a reason to ask the server; the next command breaks the IDLE. */
  async #idle(session: ImapSession): Promise<void> {
    this.#setTimer('recount', recountMs, () => {
      this.#dirty.set();
    });
    this.#idleTurn += 1;
    this.#beginIdle(session, this.#idleTurn);
    await this.#dirty.wait();
    this.#idleTurn += 1;
    this.#clearTimer('recount');
    this.#clearTimer('idle-refused');
  }

  /** Idles until `turn` is over: imapflow breaks IDLE by itself, to see whether a quiet server is still there. */
  #beginIdle(session: ImapSession, turn: number): void {
    const { clock, log } = this.#deps;
    const beganAt = clock.now();
    session.idle().then(
      (accepted) => {
        if (this.#over || this.#idleTurn !== turn) {
          return;
        }
        if (accepted && clock.now() - beganAt >= shortestIdleMs) {
          this.#beginIdle(session, turn);
          return;
        }
        log.warn('The server does not idle');
        this.#setTimer('idle-refused', idleRefusedPauseMs, () => {
          this.#dirty.set();
        });
      },
      (error: unknown) => {
        this.#fail(classifyImapError(error, clock.now()));
      },
    );
  }

  async #findNew(session: ImapSession): Promise<readonly FoundMessage[]> {
    const { cursor } = this.#memory;
    return cursor === null ? [] : session.fetchAbove(cursor.lastUid);
  }

  /** Mail that was read before it could be told is no news. The first look is reported even when it found nothing. */
  #tell(found: readonly FoundMessage[]): void {
    const { cursor, firstLook } = this.#memory;
    const messages = found.filter((message) => !message.seen);
    if (firstLook || messages.length > 0) {
      this.#deps.onEvent({ kind: 'new-messages', origin: firstLook ? 'while-away' : 'arrived', messages });
    }
    this.#memory.firstLook = false;
    if (cursor !== null && found.length > 0) {
      const uids = found.map((message) => message.uid);
      this.#setCursor(advanceCursor(cursor, uids));
    }
  }

  #setCursor(cursor: MailboxCursor): void {
    this.#memory.cursor = cursor;
    this.#deps.saveCursor(cursor);
  }
}
