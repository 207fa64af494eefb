/** A flag that can be waited for: set by one side, taken by the other. Setting twice before a wait counts once. */
export class Signal {
  #isSet = false;
  #resolve: (() => void) | null = null;

  set(): void {
    this.#isSet = true;
    this.#resolve?.();
    this.#resolve = null;
  }

  /** Forgets a `set()` that nobody waited for. */
  clear(): void {
    this.#isSet = false;
  }

  get isSet(): boolean {
    return this.#isSet;
  }

  /** Resolves at the next `set()`, at once if one is pending, and takes it. One waiter at a time. */
  async wait(): Promise<void> {
    if (!this.#isSet) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
      });
    }
    this.#isSet = false;
  }
}
