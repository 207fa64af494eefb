import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { Clock } from '../clock.ts';
import { SaveRetry } from './save-retry.ts';

/** A value in memory that is written after each change; a failed write is tried again by {@link SaveRetry}. */
export abstract class RetriedValue<T> {
  protected readonly onSaved: (error: AppErrorInfo | null) => void;
  protected readonly clock: Clock;
  protected readonly retry: SaveRetry;
  #value: T;

  protected constructor(value: T, onSaved: (error: AppErrorInfo | null) => void, clock: Clock) {
    this.#value = value;
    this.onSaved = onSaved;
    this.clock = clock;
    this.retry = new SaveRetry(clock, () => {
      this.write();
    });
  }

  get value(): T {
    return this.#value;
  }

  /** Takes the new value at once and writes it. Never throws. */
  set(value: T): void {
    this.#value = value;
    this.write();
  }

  /** Begins to write the value, or writes it. Never throws. */
  protected abstract write(): void;
}
