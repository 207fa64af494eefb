import { Signal } from '../signal.ts';
import { NamedTimers } from './named-timers.ts';
import { type SessionEnd, type WatchHistory, type WatchStep, hurryDelayMs, noHistory, planNext } from './watch-plan.ts';
import { type SessionMemory, WatchSession } from './watch-session.ts';
import type { MailboxWatcherDeps, WatcherToken, WatchState } from './watcher-types.ts';

const afterDefectMs = 60_000;

type Wait = WatchStep & { readonly kind: 'wait' };

/**
 * Watches one mailbox over one connection at a time until disposed: after a failure it waits and connects
 * again. States and timers: docs/architecture.md.
 */
export class MailboxWatcher {
  readonly #deps: MailboxWatcherDeps;
  readonly #memory: SessionMemory = { lastCountedAt: null };
  /** Ends whatever is waited for. */
  readonly #goOn = new Signal();
  #state: WatchState = 'connecting';
  #running: Promise<void> | null = null;
  #disposed = false;
  #asleep = false;
  #session: WatchSession | null = null;
  /** The wait under way that may be ended before its time. */
  #hurriable = false;
  readonly #timers: NamedTimers;
  /** The server asked to be left alone: until when by the wall clock, for how long in all. */
  #askedToWait: { readonly until: number; readonly delayMs: number } | null = null;
  #history: WatchHistory = noHistory;
  /** By the monotonic clock. */
  #attemptedAt = -Infinity;

  constructor(deps: MailboxWatcherDeps) {
    this.#deps = deps;
    this.#timers = new NamedTimers(deps.clock, deps.log);
  }

  get state(): WatchState {
    return this.#state;
  }

  /** Starts watching; once. Failures come as events. */
  start(): void {
    this.#running ??= this.#keepRunning();
  }

  /** A person asks now: counts again when connected, else tries to connect unless the server asked to wait. */
  checkNow(): void {
    if (this.#session !== null) {
      this.#session.checkNow();
    } else if (this.#hurriable) {
      this.#goOn.set();
    }
  }

  /**
   * The network isn't what it was: an open connection is probed at once, a wait for the next attempt ends, though
   * not sooner than 10 s after the last attempt, however often the network comes and goes.
   */
  networkChanged(): void {
    const session = this.#session;
    if (session?.isOpen === true) {
      session.checkNow();
    } else if ((session !== null || this.#hurriable) && !this.#timers.has('hurry')) {
      const { clock } = this.#deps;
      const delayMs = hurryDelayMs(clock.monotonic() - this.#attemptedAt);
      this.#timers.set('hurry', delayMs, () => {
        if (session?.isOpen === true) {
          session.checkNow();
          return;
        }
        // An attempt that began on the old network may hang there for as long as its limits allow.
        void session?.leave();
        this.#goOn.set();
      });
    }
  }

  /** Another way to the server is in force: logs out and connects by it. A wait ends unless the server asked for it. */
  reconnect(): void {
    if (this.#session === null) this.checkNow();
    else void this.#session.leave();
  }

  /** Before the machine sleeps: logs out within 2 s and leaves the server alone until {@link resume}. */
  async suspend(): Promise<void> {
    this.#asleep = true;
    this.#goOn.set();
    await this.#session?.leave();
  }

  /** The machine is awake: connects again at once, or, if no sleep was announced, asks the open connection. */
  resume(): void {
    if (this.#asleep) {
      this.#asleep = false;
      this.#goOn.set();
    } else if (this.#session?.isOpen === true) {
      this.#session.wake();
    } else {
      this.networkChanged();
    }
  }

  /** Logs out within 2 s and stops for good. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#goOn.set();
    await this.#session?.leave();
    await this.#running;
  }

  // Methods, because the compiler would otherwise hold the fields for unchanged across an await.
  #isDisposed(): boolean {
    return this.#disposed;
  }

  #isAsleep(): boolean {
    return this.#asleep;
  }

  #enter(state: WatchState): void {
    this.#state = state;
    this.#deps.log.debug('State', { state });
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
        const tell = {
          kind: 'refused',
          error: { code: 'unexpected', at },
          retryAt: at + afterDefectMs,
        } as const;
        onEvent(tell);
        await this.#wait({ kind: 'wait', timer: 'retry', delayMs: afterDefectMs, mayHurry: true, tell });
      }
    }
  }

  async #run(): Promise<void> {
    let renewed: WatcherToken | null = null;
    while (!this.#isDisposed()) {
      if (this.#isAsleep()) {
        this.#enter('asleep');
        this.#goOn.clear();
        await this.#goOn.wait();
        // Another network, perhaps; what the server said still holds.
        this.#history = { ...this.#history, unreached: 0 };
        renewed = null;
        continue;
      }
      if (this.#askedToWait !== null) {
        await this.#waitAsAsked(this.#askedToWait);
        continue;
      }
      const end: SessionEnd = await this.#attempt(renewed);
      renewed = end.kind === 'renewal-due' ? end.token : null;
      const step = this.#plan(end);
      if (step.kind === 'stop') {
        this.#enter('stopped');
        return;
      }
      if (step.kind === 'wait') {
        await this.#wait(step);
      }
    }
  }

  async #attempt(renewed: WatcherToken | null): Promise<SessionEnd> {
    this.#enter('connecting');
    this.#attemptedAt = this.#deps.clock.monotonic();
    if (renewed === null && this.#history.unreached + this.#history.answered === 0) {
      this.#deps.onEvent({ kind: 'connecting' });
    }
    this.#session = new WatchSession(this.#deps, this.#memory, (state) => {
      this.#enter(state);
    });
    try {
      return await this.#session.run(renewed, this.#history.tokenRefused);
    } finally {
      this.#session = null;
      this.#timers.clear('hurry');
    }
  }

  #plan(end: SessionEnd): WatchStep {
    const { clock, isOnline, log, onEvent, random } = this.#deps;
    const plan = planNext(this.#history, end, { now: clock.now(), random: random(), online: isOnline() });
    this.#history = plan.history;
    const { step } = plan;
    if (end.kind === 'failed') {
      const { code, detail } = end.failure.error;
      const { unreached, answered } = plan.history;
      const isQuiet = step.kind === 'wait' && step.tell === null;
      log[isQuiet ? 'info' : 'warn']('Not connected', { code, detail, next: step.kind, unreached, answered });
    }
    if (step.kind !== 'connect' && step.tell !== null) {
      onEvent(step.tell);
    }
    return step;
  }

  /** What is left, the sleep counted, of a wait that a sleep interrupted. */
  async #waitAsAsked({ until, delayMs }: { readonly until: number; readonly delayMs: number }): Promise<void> {
    const leftMs = Math.min(until - this.#deps.clock.now(), delayMs);
    this.#askedToWait = null;
    if (leftMs > 0) {
      await this.#wait({ kind: 'wait', timer: 'retry', delayMs: leftMs, mayHurry: false, tell: null });
    }
  }

  async #wait({ timer, delayMs, mayHurry }: Wait): Promise<void> {
    this.#enter('waiting');
    this.#deps.log.debug('Waiting', { timer, delayMs });
    // What was asked before this wait began is done.
    this.#goOn.clear();
    this.#hurriable = mayHurry;
    this.#askedToWait = mayHurry ? null : { until: this.#deps.clock.now() + delayMs, delayMs };
    this.#timers.set(timer, delayMs, () => {
      this.#askedToWait = null;
      this.#goOn.set();
    });
    if (!this.#isDisposed() && !this.#isAsleep()) {
      await this.#goOn.wait();
    }
    this.#hurriable = false;
    this.#timers.clear(timer);
    this.#timers.clear('hurry');
  }
}
