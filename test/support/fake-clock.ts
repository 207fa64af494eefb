import type { Clock } from '../../electron/main/clock.ts';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Lets promises that are ready run on: one turn of the event loop, no real time. */
export async function settle(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #now: number;
  /** What the wall clock was set forward by hand, or back. */
  #set = 0;
  #timers: Timer[] = [];

  constructor(now = Date.UTC(2026, 10, 22)) {
    this.#now = now;
  }

  now(): number {
    return this.#now + this.#set;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Sets the wall clock, as a person does or a sleep: timers don't notice. */
  setForward(ms: number): void {
    this.#set += ms;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    const timer: Timer = { due: this.#now + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers not yet run or cancelled. */
  get pending(): number {
    return this.#timers.length;
  }

  /** ms until the next timer; null where there is none. */
  get nextInMs(): number | null {
    if (this.#timers.length === 0) return null;
    return Math.max(0, this.#timers.reduce((first, { due }) => Math.min(first, due), Infinity) - this.#now);
  }

  /** Moves on by `ms`, running each timer at its moment and letting what it causes settle. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#timers.toSorted((a, b) => a.due - b.due)[0];
      if (next === undefined || next.due > end) {
        break;
      }
      this.#now = Math.max(this.#now, next.due);
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.run();
      await settle();
    }
    this.#now = end;
  }

  /** The process is stopped for `ms` while the machine goes on: what comes due meanwhile comes late. */
  async stop(ms: number): Promise<void> {
    this.#now += ms;
    await this.advance(0);
  }
}
