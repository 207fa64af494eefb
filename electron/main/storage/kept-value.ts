import type { AppErrorInfo } from '../../shared/app-error.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { JsonFile } from './json-file.ts';
import { StorageFailure } from './storage-failure.ts';

/** From a failed save to the next try, ms: soon after somebody has made room. It doubles with each further failure … */
export const saveRetryMs = 10_000;
/** … up to this, ms. */
export const maxSaveRetryMs = 160_000;

/** A value in memory that is written to its file after each change, in the background; a failed write is tried again. */
export class KeptValue<T> {
  readonly #file: Pick<JsonFile<T>, 'save'>;
  readonly #onSaved: (error: AppErrorInfo | null) => void;
  readonly #clock: Clock;
  #value: T;
  #saving: Promise<void> = Promise.resolve();
  /** How often the last change has failed to be written. */
  #failures = 0;
  #cancelRetry: (() => void) | null = null;

  /**
   * `onSaved` hears of each write: null when it is on the disk, else why not; the value is then kept in memory and
   * written again after {@link saveRetryMs} and longer, until it is on the disk or {@link flush} gives up.
   */
  constructor(
    file: Pick<JsonFile<T>, 'save'>,
    value: T,
    onSaved: (error: AppErrorInfo | null) => void,
    clock: Clock = systemClock,
  ) {
    this.#file = file;
    this.#value = value;
    this.#onSaved = onSaved;
    this.#clock = clock;
  }

  get value(): T {
    return this.#value;
  }

  /** Takes the new value at once and writes it. */
  set(value: T): void {
    this.#value = value;
    this.#failures = 0;
    this.#write();
  }

  /**
   * For quitting: resolves when the last change is written or has failed, one that failed before after one more try.
   * Nothing is tried again after that until the next change.
   */
  async flush(): Promise<void> {
    await this.#saving;
    if (this.#failures > 0) {
      this.#write();
      await this.#saving;
    }
    this.#stopRetrying();
  }

  #write(): void {
    this.#stopRetrying();
    this.#saving = this.#file.save(this.#value).then(
      () => {
        // A failure that a later change has overtaken.
        this.#stopRetrying();
        this.#failures = 0;
        this.#onSaved(null);
      },
      (error: unknown) => {
        this.#stopRetrying();
        const delayMs = Math.min(saveRetryMs * 2 ** this.#failures, maxSaveRetryMs);
        this.#failures += 1;
        this.#cancelRetry = this.#clock.setTimer(delayMs, () => {
          this.#write();
        });
        const now = this.#clock.now();
        this.#onSaved(error instanceof StorageFailure ? error.info : { code: 'disk-failed', at: now });
      },
    );
  }

  #stopRetrying(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }
}
