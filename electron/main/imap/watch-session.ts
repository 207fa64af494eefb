import { Signal } from '../signal.ts';
import { stableSessionMs } from './backoff.ts';
import { classifyImapError } from './imap-error.ts';
import type { FoundMessage, ImapSession } from './imap-session.ts';
import { NamedTimers } from './named-timers.ts';
import { TokenRenewal } from './token-renewal.ts';
import type { WatchFailure } from './watch-failure.ts';
import type { SessionEnd } from './watch-plan.ts';
import type { MailboxWatcherDeps, WatchState, WatcherToken } from './watcher-types.ts';

/** Answer to "check now" within this (ms), or the connection is taken for dead. */
const probeDeadlineMs = 10_000;
/** The same after a sleep (ms), so that with a new connection the number is right within 10 s of it (fault 45). */
const wakeProbeDeadlineMs = 5_000;
/** A recount without any event, in case one was lost (ms). */
const recountMs = 10 * 60_000;
/** A server that won't idle is asked again after this (ms). */
const idleRefusedPauseMs = 30_000;
/** An IDLE that ends sooner than this (ms) was no IDLE. */
const shortestIdleMs = 100;
const logoutMs = 2_000;
/** The profile's CA file may be on a drive that comes back (ms). */
const unreadableCaRetryMs = 60_000;

/** What was found after so long (ms) without a count belongs in a digest: nobody wants it one by one. */
export const awayMs = 30 * 60_000;

/** What outlives a session. */
export interface SessionMemory {
  /** When the mailbox was last counted in this run, ms since the epoch. */
  lastCountedAt: number | null;
}

/** One connection from the token to its end: tells what is new, counts, idles. Used once. */
export class WatchSession {
  readonly #deps: MailboxWatcherDeps;
  readonly #memory: SessionMemory;
  readonly #enter: (state: WatchState) => void;
  /** Something may have changed, or somebody wants to know: ask the server. */
  readonly #dirty = new Signal();
  readonly #ended: Promise<SessionEnd>;
  #finish: (end: SessionEnd) => void = () => {};
  #over = false;
  readonly #opening = new AbortController();
  #session: ImapSession | null = null;
  /** By the monotonic clock. */
  #connectedAt: number | null = null;
  /** The deadline of the probe under way. */
  #probeMs = probeDeadlineMs;
  #idleTurn = 0;
  readonly #timers: NamedTimers;
  readonly #renewal: TokenRenewal;
  readonly #closed: Promise<void>;
  #tellClosed: () => void = () => {};

  constructor(deps: MailboxWatcherDeps, memory: SessionMemory, enter: (state: WatchState) => void) {
    this.#deps = deps;
    this.#memory = memory;
    this.#enter = enter;
    this.#timers = new NamedTimers(deps.clock, deps.log);
    this.#renewal = new TokenRenewal({
      ...deps,
      timers: this.#timers,
      onRenewed: (token) => {
        this.#finish({ kind: 'renewal-due', token });
      },
      onNeedsSignIn: (failure) => {
        this.#fail(failure);
      },
    });
    this.#ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#closed = new Promise((resolve) => {
      this.#tellClosed = resolve;
    });
  }

  /**
   * Resolves when the session is over and its connection closed; never rejects. `renewed`: the token to begin with,
   * just renewed; null to ask for one. `renew`: a cached one won't do.
   */
  async run(renewed: WatcherToken | null, renew: boolean): Promise<SessionEnd> {
    this.#connect(renewed, renew).catch((error: unknown) => {
      this.#fail(classifyImapError(error, this.#deps.clock.now(), this.#deps.endpoint));
    });
    const end = await this.#ended;
    this.#over = true;
    this.#opening.abort();
    this.#renewal.dispose();
    this.#timers.dispose();
    this.#dirty.set();
    if (end.kind === 'failed') this.#session?.close();
    else await this.#session?.logout(logoutMs);
    this.#tellClosed();
    return end;
  }

  /** Whether the mailbox is open, so that the server can be asked. */
  get isOpen(): boolean {
    return this.#session !== null && !this.#over;
  }

  /** Asks the server again; no answer within 10 s ends the session. */
  checkNow(): void {
    this.#probe(probeDeadlineMs);
  }

  #probe(deadlineMs: number): void {
    if (this.#session === null) {
      return;
    }
    if (!this.#timers.has('probe') || deadlineMs < this.#probeMs) {
      this.#armProbe(deadlineMs);
    }
    this.#dirty.set();
  }

  /** The machine slept and nobody said so before: timers stood still meanwhile. */
  wake(): void {
    if (this.#session !== null) {
      this.#renewal.wake();
      this.#probe(wakeProbeDeadlineMs);
    }
  }

  /** Logs out; resolves when the connection is closed, within 2 s. For a session that runs. */
  leave(): Promise<void> {
    this.#finish({ kind: 'left', ...this.#success() });
    return this.#closed;
  }

  // A method, because the compiler would otherwise hold the field for unchanged across an await.
  #isOver(): boolean {
    return this.#over;
  }

  #info(code: 'timed-out' | 'imap-connection-lost'): { code: typeof code; at: number } {
    return { code, at: this.#deps.clock.now() };
  }

  #fail(failure: WatchFailure): void {
    this.#finish({ kind: 'failed', failure, ...this.#success() });
  }

  #success(): { connected: boolean; stable: boolean } {
    if (this.#connectedAt === null) return { connected: false, stable: false };
    return { connected: true, stable: this.#deps.clock.monotonic() - this.#connectedAt >= stableSessionMs };
  }

  #armProbe(deadlineMs: number): void {
    this.#probeMs = deadlineMs;
    this.#timers.set('probe', deadlineMs, () => {
      this.#fail({ kind: 'passing', error: this.#info('timed-out'), reach: 'unreached', notBeforeMs: null });
    });
  }

  async #connect(renewed: WatcherToken | null, renew: boolean): Promise<void> {
    const { clock, classifyTokenError, endpoint, getToken, loadCa, log, mailbox, openSession, user } = this.#deps;
    let token: WatcherToken;
    try {
      token = renewed ?? (await getToken({ renew }));
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
      signal: this.#opening.signal,
      onAuthenticated: () => {
        this.#connectedAt ??= clock.monotonic();
      },
      onChange: () => {
        this.#dirty.set();
      },
      onClose: (reason) => {
        this.#fail(
          reason === undefined
            ? { kind: 'passing', error: this.#info('imap-connection-lost'), reach: 'answered', notBeforeMs: null }
            : classifyImapError(reason, clock.now(), endpoint),
        );
      },
      log,
    });
    if (this.#isOver()) {
      session.close();
      return;
    }
    this.#session = session;
    log.info('Connected', { mailbox, uidNext: session.selected.uidNext });
    this.#renewal.begin(token.expiresAt);
    await this.#follow(session);
  }

  async #follow(session: ImapSession): Promise<void> {
    const { clock, ledger, log, mailbox, onEvent } = this.#deps;
    const step = ledger.select(session.selected);
    if (step !== 'continue') {
      log.info('Mailbox seen anew', { why: step });
    }
    const hasMore = step === 'continue' && session.selected.uidNext > ledger.foundUpTo + 1;
    let mayHaveNew = hasMore || this.#dirty.isSet;
    while (!this.#isOver()) {
      this.#enter('syncing');
      this.#dirty.clear();
      // A connection may outlast a sleep.
      const { lastCountedAt } = this.#memory;
      const wasAway = lastCountedAt === null || clock.now() - lastCountedAt > awayMs;
      // What is found in this round was unread a moment ago.
      const inPlay = ledger.inPlay();
      const found = mayHaveNew ? await session.fetchAbove(ledger.foundUpTo) : [];
      // Any answer proves that the server is there; on a slow link the count may take longer than the probe.
      this.#timers.clear('probe');
      if (this.#isOver()) {
        return;
      }
      this.#tell(found, wasAway ? 'while-away' : 'arrived');
      const { unseen, unread } = await session.countUnseen(inPlay);
      if (this.#isOver()) {
        return;
      }
      const uids = inPlay.filter((uid) => !unread.has(uid));
      if (uids.length > 0) {
        onEvent({ kind: 'read', mailbox, uidValidity: session.selected.uidValidity, uids });
        ledger.leave(uids);
      }
      this.#memory.lastCountedAt = clock.now();
      onEvent({ kind: 'counted', unseen, at: clock.now() });
      if (!this.#dirty.isSet) {
        this.#enter('idling');
        await this.#idle(session);
      }
      mayHaveNew = true;
    }
  }

  /** Resolves when there is a reason to ask the server; the next command breaks the IDLE. */
  async #idle(session: ImapSession): Promise<void> {
    this.#timers.set('recount', recountMs, () => {
      this.#dirty.set();
    });
    this.#idleTurn += 1;
    this.#beginIdle(session, this.#idleTurn);
    await this.#dirty.wait();
    this.#idleTurn += 1;
    this.#timers.clear('recount');
    this.#timers.clear('idle-refused');
  }

  /** Idles until `turn` is over: imapflow breaks IDLE by itself, to see whether a quiet server is still there. */
  #beginIdle(session: ImapSession, turn: number): void {
    const { clock, log } = this.#deps;
    const beganAt = clock.monotonic();
    session.idle().then(
      (accepted) => {
        if (!this.#over && this.#timers.has('probe')) {
          // Leaving IDLE took round trips of its own: on a slow link the question itself gets its time (fault 10).
          this.#armProbe(this.#probeMs);
        }
        if (this.#over || this.#idleTurn !== turn) {
          return;
        }
        if (accepted && clock.monotonic() - beganAt >= shortestIdleMs) {
          this.#beginIdle(session, turn);
          return;
        }
        log.warn('The server does not idle');
        this.#timers.set('idle-refused', idleRefusedPauseMs, () => {
          this.#dirty.set();
        });
      },
      (error: unknown) => {
        this.#fail(classifyImapError(error, clock.now(), this.#deps.endpoint));
      },
    );
  }

  /** A `while-away` look is reported even when it found nothing: somebody may wait for it. */
  #tell(found: readonly FoundMessage[], origin: 'arrived' | 'while-away'): void {
    const messages = this.#deps.ledger.take(found);
    if (origin === 'while-away' || messages.length > 0) {
      this.#deps.onEvent({ kind: 'new-messages', origin, messages });
    }
  }
}
