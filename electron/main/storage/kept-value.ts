import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { JsonFile } from './json-file.ts';
import { StorageFailure } from './storage-failure.ts';

/** A value in memory that is written to its file after each change, in the background. */
export class KeptValue<T> {
  readonly #file: Pick<JsonFile<T>, 'save'>;
  readonly #onSaved: (error: AppErrorInfo | null) => void;
  #value: T;
  #saving: Promise<void> = Promise.resolve();

  /** `onSaved` hears of each write: null when it is on the disk, else why not; the value is then kept in memory. */
  constructor(file: Pick<JsonFile<T>, 'save'>, value: T, onSaved: (error: AppErrorInfo | null) => void) {
    this.#file = file;
    this.#value = value;
    this.#onSaved = onSaved;
  }

  get value(): T {
    return this.#value;
  }

  /** Takes the new value at once and writes it. */
  set(value: T): void {
    this.#value = value;
    this.#saving = this.#file.save(value).then(
      () => {
        this.#onSaved(null);
      },
      (error: unknown) => {
        this.#onSaved(error instanceof StorageFailure ? error.info : { code: 'disk-failed', at: Date.now() });
      },
    );
  }

  /** Resolves when the last change is written or has failed. */
  async flush(): Promise<void> {
    await this.#saving;
  }
}
