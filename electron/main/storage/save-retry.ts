import type { Clock } from '../clock.ts';

/** From a failed save to the next try, ms: soon after somebody has made room. It doubles with each further failure … */
export const saveRetryMs = 10_000;
/** … up to this, ms. */
export const maxSaveRetryMs = 160_000;

/** When a save that failed is tried again; the owner of that timer. */
export class SaveRetry {
  readonly #clock: Clock;
  readonly #save: () => void;
  #failures = 0;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, save: () => void) {
    this.#clock = clock;
    this.#save = save;
  }

  /** Whether the last save failed. */
  get isDue(): boolean {
    return this.#failures > 0;
  }

  /** A save failed: tries again, ever less often. */
  failed(): void {
    this.stop();
    const delayMs = Math.min(saveRetryMs * 2 ** this.#failures, maxSaveRetryMs);
    this.#failures += 1;
    this.#cancel = this.#clock.setTimer(delayMs, this.#save);
  }

  /** Nothing is to be tried again: it is saved, or what is to be saved is another thing now. */
  reset(): void {
    this.stop();
    this.#failures = 0;
  }

  /** Stops the timer; a failure is still remembered. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
