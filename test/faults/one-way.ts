interface Waiting {
  /** `performance.now()`. */
  readonly dueAt: number;
  readonly pass: () => void;
}

/**
 * One direction of a connection: what goes in comes out in the same order, as in TCP, each as late as it was told, and
 * later where this process itself is late. Owns one timer.
 */
export class OneWay {
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** Calls `pass` in `delayMs`, and not before all that was given earlier; at once where nothing keeps it. */
  after(delayMs: number, pass: () => void): void {
    if (delayMs <= 0 && this.#waiting.length === 0) {
      pass();
      return;
    }
    this.#waiting.push({ dueAt: Math.max(this.busyUntil, performance.now() + delayMs), pass });
    this.#timer ??= this.#wait();
  }

  /** When the last of what waits is due, `performance.now()`; 0 where nothing waits. */
  get busyUntil(): number {
    return this.#waiting.at(-1)?.dueAt ?? 0;
  }

  /** Drops what waits. */
  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.length = 0;
  }

  #wait(): NodeJS.Timeout | null {
    const [next] = this.#waiting;
    if (next === undefined) return null;
    return setTimeout(
      () => {
        let due = this.#waiting[0];
        while (due !== undefined && due.dueAt <= performance.now()) {
          this.#waiting.shift();
          due.pass();
          due = this.#waiting[0];
        }
        this.#timer = this.#wait();
      },
      Math.max(0, next.dueAt - performance.now()),
    );
  }
}
