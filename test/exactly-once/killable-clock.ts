import type { Clock } from '../../electron/main/clock.ts';

/** A run's own view of a clock: when the run is killed its timers are gone; what it sets after that is `afterlife`'s. */
export class KillableClock implements Clock {
  readonly #clock: Clock;
  readonly #afterlife: Clock;
  readonly #cancels = new Set<() => void>();
  #isAlive = true;

  constructor(clock: Clock, afterlife: Clock) {
    this.#clock = clock;
    this.#afterlife = afterlife;
  }

  now(): number {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  setTimer(delayMs: number, run: () => void): () => void {
    if (!this.#isAlive) return this.#afterlife.setTimer(delayMs, run);
    const cancel = this.#clock.setTimer(delayMs, () => {
      this.#cancels.delete(forget);
      run();
    });
    const forget = (): void => {
      this.#cancels.delete(forget);
      cancel();
    };
    this.#cancels.add(forget);
    return forget;
  }

  kill(): void {
    this.#isAlive = false;
    for (const cancel of [...this.#cancels]) cancel();
  }
}
