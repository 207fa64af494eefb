import { Signal } from '../signal.ts';
import { backoffDelayMs } from './backoff.ts';
import type { WatchFailure } from './watch-failure.ts';
import { type MailboxMemory, type SessionEnd, WatchSession } from './watch-session.ts';
import type { MailboxWatcherDeps } from './watcher-types.ts';

/** A renewed token was refused as well: each further try costs the server a login (ms). */
const refusedTokenRetryMs = 10 * 60_000;
const afterDefectMs = 60_000;

/**
 * Watches one mailbox over one connection at a time until disposed: after a failure it waits and connects
 * again. States and timers: docs/architecture.md.
 */
export class MailboxWatcher {
  readonly #deps: MailboxWatcherDeps;
  readonly #memory: MailboxMemory;
  /** Ends the wait for the next attempt before its time. */
  readonly #retryNow = new Signal();
  #running: Promise<void> | null = null;
  #disposed = false;
  #session: WatchSession | null = null;
  #mayHurry = false;
  #failures = 0;
  #tokenRefused = false;

  constructor(deps: MailboxWatcherDeps) {
    this.#deps = deps;
    this.#memory = { cursor: deps.cursor, firstLook: true };
  }

  /** Starts watching; once. Failures come as events. */
  start(): void {
    this.#running ??= this.#keepRunning();
  }

  /** Asks the server now: counts again when connected, else tries to connect unless the server asked to wait. */
  checkNow(): void {
    if (this.#session !== null) {
      this.#session.checkNow();
    } else if (this.#mayHurry) {
      this.#retryNow.set();
    }
  }

  /** Logs out within 2 s and stops for good. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#retryNow.set();
    this.#session?.dispose();
    await this.#running;
  }

  // A method, because the compiler would otherwise hold the field for unchanged across an await.
  #isDisposed(): boolean {
    return this.#disposed;
  }

  /** A defect of ours must not end the watching for good either. */
  async #keepRunning(): Promise<void> {
    const { clock, log, onEvent } = this.#deps;
    while (!this.#isDisposed()) {
      try {
        await this.#run();
        return;
      } catch (error) {
        const at = clock.now();
        log.error('Watching failed unexpectedly', { error });
        onEvent({ kind: 'refused', error: { code: 'unexpected', at }, retryAt: at + afterDefectMs });
        await this.#wait('retry', afterDefectMs, true);
      }
    }
  }

  async #run(): Promise<void> {
    let renewing = false;
    while (!this.#isDisposed()) {
      if (!renewing && this.#failures === 0) {
        this.#deps.onEvent({ kind: 'connecting' });
      }
      this.#session = new WatchSession(this.#deps, this.#memory);
      const end = await this.#session.run(this.#tokenRefused);
      this.#session = null;
      renewing = end.kind === 'renewal-due';
      if (renewing) {
        this.#failures = 0;
        this.#tokenRefused = false;
      }
      if (end.kind === 'failed' && !this.#isDisposed() && !(await this.#recover(end))) {
        return;
      }
    }
  }

  /** Tells the failure and waits for the next attempt. False when only the person can go on. */
  async #recover(end: SessionEnd & { readonly kind: 'failed' }): Promise<boolean> {
    const { clock, onEvent, random, log } = this.#deps;
    const { failure } = end;
    const { code } = failure.error;
    if (end.connected) {
      this.#tokenRefused = false;
    }
    if (end.stable) {
      this.#failures = 0;
    }
    if (end.stable && failure.kind === 'passing' && failure.notBeforeMs === null) {
      log.info('Connection lost, connecting again', { code });
      // A connection that held for minutes and breaks is no sign of trouble; a little spread is enough.
      await this.#wait('reconnect', random() * 1_000, true);
      return true;
    }
    if (failure.kind === 'token-refused' && !this.#tokenRefused) {
      this.#tokenRefused = true;
      log.info('Token refused, renewing it once');
      return true;
    }
    this.#failures += 1;
    if (failure.kind === 'needs-sign-in') {
      log.warn('Only the person can go on', { code });
      onEvent({ kind: 'needs-sign-in', error: failure.error });
      return false;
    }
    const waitMs = this.#retryDelayMs(failure, end.connected, random());
    log.warn('Not connected', { code, detail: failure.error.detail, waitMs, failures: this.#failures });
    const kind = failure.kind === 'passing' ? 'offline' : 'refused';
    onEvent({ kind, error: failure.error, retryAt: clock.now() + waitMs });
    const serverAskedToWait = failure.kind === 'passing' && failure.notBeforeMs !== null;
    await this.#wait('retry', waitMs, !serverAskedToWait);
    return true;
  }

  #retryDelayMs(
    failure: Exclude<WatchFailure, { readonly kind: 'needs-sign-in' }>,
    connected: boolean,
    random: number,
  ): number {
    switch (failure.kind) {
      case 'passing': {
        const delayMs = backoffDelayMs(this.#failures, connected ? 'answered' : failure.reach, random);
        return Math.max(delayMs, failure.notBeforeMs ?? 0);
      }
      case 'token-refused':
        return refusedTokenRetryMs;
      case 'refused':
        return failure.retryMs;
    }
  }

  async #wait(timer: string, delayMs: number, mayHurry: boolean): Promise<void> {
    this.#deps.log.debug('Waiting', { timer, delayMs });
    this.#retryNow.clear();
    if (this.#disposed) {
      return;
    }
    this.#mayHurry = mayHurry;
    const cancel = this.#deps.clock.setTimer(delayMs, () => {
      this.#retryNow.set();
    });
    await this.#retryNow.wait();
    this.#mayHurry = false;
    cancel();
  }
}
