import type { AppErrorInfo } from '../../shared/app-error.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { JsonFile } from './json-file.ts';
import { RetriedValue } from './retried-value.ts';
import { StorageFailure } from './storage-failure.ts';

/** A value in memory that is written to its file after each change, in the background; a failed write is tried again. */
export class KeptValue<T> extends RetriedValue<T> {
  readonly #file: Pick<JsonFile<T>, 'save'>;
  #saving: Promise<void> = Promise.resolve();

  /**
   * `onSaved` hears of each write: null when it is on the disk, else why not; the value is then kept in memory and
   * written again by SaveRetry, until it is on the disk or {@link flush} gives up.
   */
  constructor(
    file: Pick<JsonFile<T>, 'save'>,
    value: T,
    onSaved: (error: AppErrorInfo | null) => void,
    clock: Clock = systemClock,
  ) {
    super(value, onSaved, clock);
    this.#file = file;
  }

  override set(value: T): void {
    this.retry.reset();
    super.set(value);
  }

  /**
   * For quitting: resolves when the last change is written or has failed, one that failed before after one more try.
   * Nothing is tried again after that until the next change.
   */
  async flush(): Promise<void> {
    await this.#saving;
    if (this.retry.isDue) {
      this.write();
      await this.#saving;
    }
    this.retry.stop();
  }

  protected override write(): void {
    this.retry.stop();
    this.#saving = this.#file.save(this.value).then(
      () => {
        // Also of a failure that a later change has overtaken.
        this.retry.reset();
        this.onSaved(null);
      },
      (error: unknown) => {
        this.retry.failed();
        const now = this.clock.now();
        this.onSaved(error instanceof StorageFailure ? error.info : { code: 'disk-failed', at: now });
      },
    );
  }
}
