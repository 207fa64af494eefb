import type { Clock } from '../../electron/main/clock.ts';

/** Most ms that a message takes. */
const slowestMs = 6;

/** Messages one way, delivered in their order, each after a turn of the event loop or after a few ms. */
export class MessageLine<T> {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #deliver: (message: T) => void;
  #waiting: T[] = [];
  /** What is going to deliver the next one. */
  #next: { readonly isTimed: boolean; readonly cancel: () => void } | null = null;

  constructor(clock: Clock, random: () => number, deliver: (message: T) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#deliver = deliver;
  }

  /** Whether a message is about to be delivered without any time passing. */
  get isBusy(): boolean {
    return this.#next !== null && !this.#next.isTimed;
  }

  send(message: T): void {
    this.#waiting.push(message);
    this.#plan();
  }

  /** Delivers all there is at once. */
  deliverNow(): void {
    this.#next?.cancel();
    this.#next = null;
    for (;;) {
      const message = this.#waiting.shift();
      if (message === undefined) return;
      this.#deliver(message);
    }
  }

  #plan(): void {
    if (this.#next !== null || this.#waiting.length === 0) return;
    const run = (): void => {
      this.#next = null;
      const message = this.#waiting.shift();
      if (message !== undefined) this.#deliver(message);
      this.#plan();
    };
    const delayMs = this.#random() < 0.6 ? 0 : 1 + Math.floor(this.#random() * slowestMs);
    if (delayMs === 0) {
      const immediate = setImmediate(run);
      this.#next = { isTimed: false, cancel: () => clearImmediate(immediate) };
    } else {
      this.#next = { isTimed: true, cancel: this.#clock.setTimer(delayMs, run) };
    }
  }
}
