import { Conditions } from '../desktop/conditions.ts';

/** Collects what something tells, and waits for what is expected of it. */
export class EventTrail<T> {
  readonly all: T[] = [];
  readonly #conditions = new Conditions();
  readonly #limitMs: number;
  #listener: ((event: T) => void) | null = null;

  /** @param limitMs the limit of a wait, for a broken test only */
  constructor(limitMs = 30_000) {
    this.#limitMs = limitMs;
  }

  readonly add = (event: T): void => {
    this.all.push(event);
    this.#conditions.changed();
    this.#listener?.(event);
  };

  /** One listener, told of each event from now on. */
  listen(listener: (event: T) => void): void {
    this.#listener = listener;
  }

  /** How many there are; to wait for later ones. */
  get mark(): number {
    return this.all.length;
  }

  /** Resolves with the first event after `mark` that fits. */
  waitFor<S extends T>(fits: (event: T) => event is S, mark?: number): Promise<S>;
  waitFor(fits: (event: T) => boolean, mark?: number): Promise<T>;
  waitFor(fits: (event: T) => boolean, mark = 0): Promise<T> {
    const find = (): T | undefined => this.all.slice(mark).find(fits);
    const there = (): string => `an event; there were ${JSON.stringify(this.all.slice(mark))}`;
    return this.#conditions.until(find, there, this.#limitMs);
  }
}
