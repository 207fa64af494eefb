/** Lets tests wait for something to become true, looked at whenever something happened: no polling, no sleeping. */
export class Conditions {
  readonly #checks = new Set<() => void>();
  #ended: Error | null = null;

  /** Something happened: every waiter looks again. */
  changed(): void {
    for (const check of this.#checks) check();
  }

  /** Nothing will ever happen again: waiters and later callers get this error. */
  end(reason: Error): void {
    this.#ended = reason;
    this.changed();
  }

  /**
   * Resolves with the first value of `look` that isn't undefined, at once if there is one already.
   * @param what says in the error what was waited for and, when called, what is there instead
   * @param timeoutMs the limit for a broken test only; a passing one never waits this long
   */
  until<T>(look: () => T | undefined, what: () => string, timeoutMs: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.#checks.delete(check);
        settle();
      };
      const check = (): void => {
        const ended = this.#ended;
        const value = look();
        if (value !== undefined) finish(() => resolve(value));
        else if (ended !== null) finish(() => reject(ended));
      };
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`Waited ${timeoutMs} ms for ${what()}`)));
      }, timeoutMs);
      this.#checks.add(check);
      check();
    });
  }
}

/** The default limit of a wait, ms. Generous: it only decides how soon a broken test says so. */
export const waitLimitMs = 60_000;
