import type { NamedTimers } from './named-timers.ts';
import type { WatchFailure } from './watch-failure.ts';
import type { MailboxWatcherDeps, WatcherToken } from './watcher-types.ts';

/** A fresh token is asked for this long (ms) before the old one ends; Exchange says BYE at the end. */
const renewBeforeExpiryMs = 4 * 60_000;
/** That time is spread over this long (ms), so that several accounts don't renew in step. */
const spreadMs = 60_000;
/** Not sooner than this (ms) after a connect, also when a clock says that the token has long expired. */
const shortestSessionMs = 60_000;
/** A renewal that failed is tried again after this (ms), doubling up to {@link longestRetryMs}. */
const firstRetryMs = 15_000;
const longestRetryMs = 5 * 60_000;

export interface TokenRenewalOptions extends Pick<
  MailboxWatcherDeps,
  'clock' | 'random' | 'getToken' | 'classifyTokenError' | 'log'
> {
  /** The session's own, disposed of with it: the renewal's is `renewal`. */
  readonly timers: NamedTimers;
  /** The session may be replaced by one with this token. */
  readonly onRenewed: (token: WatcherToken) => void;
  /** Only the person can go on. */
  readonly onNeedsSignIn: (failure: WatchFailure) => void;
}

/**
 * Has a fresh token ready before a session's own ends. The session goes on meanwhile, and for as long as the server
 * lets it where no token is to be had: a provider that is away for a while costs no minute of watching.
 */
export class TokenRenewal {
  readonly #options: TokenRenewalOptions;
  /** ms since the epoch. */
  #expiresAt = 0;
  #failures = 0;
  /** The provider asked for a pause: until when by the wall clock, for how long in all (ms). */
  #askedToWait: { readonly until: number; readonly delayMs: number } | null = null;
  #isUnderWay = false;
  #isOver = false;

  constructor(options: TokenRenewalOptions) {
    this.#options = options;
  }

  /** For the session's token, which ends at `expiresAt` (ms since the epoch). */
  begin(expiresAt: number): void {
    this.#expiresAt = expiresAt;
    this.#arm();
  }

  /** The machine slept: its timers stood still, the token's life didn't. */
  wake(): void {
    if (!this.#isUnderWay) this.#arm();
  }

  /** What a renewal under way brings is dropped. */
  dispose(): void {
    this.#isOver = true;
  }

  #arm(): void {
    const { clock, random } = this.#options;
    const lifeMs = this.#expiresAt - renewBeforeExpiryMs + random() * spreadMs - clock.now();
    this.#tryAfter(Math.max(shortestSessionMs, lifeMs, this.#askedLeftMs()));
  }

  /** What is left of it, the sleep counted; a clock that was set back doesn't make it longer. */
  #askedLeftMs(): number {
    if (this.#askedToWait === null) return 0;
    const { until, delayMs } = this.#askedToWait;
    return Math.min(until - this.#options.clock.now(), delayMs);
  }

  #tryAfter(delayMs: number): void {
    this.#options.timers.set('renewal', delayMs, () => {
      this.#isUnderWay = true;
      void this.#renew().finally(() => {
        this.#isUnderWay = false;
      });
    });
  }

  async #renew(): Promise<void> {
    const { classifyTokenError, getToken, log, onNeedsSignIn, onRenewed } = this.#options;
    let token: WatcherToken;
    try {
      token = await getToken({ renew: true });
    } catch (error) {
      if (this.#isOver) return;
      const failure = classifyTokenError(error);
      log.info('Token not renewed', { code: failure.error.code });
      if (failure.kind === 'needs-sign-in') onNeedsSignIn(failure);
      else this.#tryAfter(this.#retryDelayMs(failure));
      return;
    }
    if (!this.#isOver) onRenewed(token);
  }

  #retryDelayMs(failure: WatchFailure): number {
    const backoffMs = Math.min(firstRetryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures = Math.min(this.#failures + 1, 10);
    const askedMs = failure.kind === 'refused' ? failure.retryMs : notBeforeOf(failure);
    this.#askedToWait = { until: this.#options.clock.now() + askedMs, delayMs: askedMs };
    return Math.max(askedMs, backoffMs * (0.5 + this.#options.random() / 2));
  }
}

function notBeforeOf(failure: WatchFailure): number {
  return failure.kind === 'passing' ? (failure.notBeforeMs ?? 0) : 0;
}
