import type { AppErrorInfo } from '../../shared/app-error.ts';
import { type Clock, systemClock } from '../clock.ts';
import { RetriedValue } from './retried-value.ts';
import { storageFailure } from './storage-failure.ts';

/** The file under a {@link CommittedValue}. */
export interface CommitFile<T> {
  /** Replaces the content, whole or not at all, before it returns: a kill after it finds the new value. Throws. */
  replace(value: T): void;
  /** Resolves when what was replaced last would survive a power cut too. */
  sync(): Promise<void>;
}

/**
 * A value whose every change is on the disk before the next line runs, so that whoever acts on it acts once: a kill
 * at any moment finds what was set last. A power cut may lose the last few ms. Meant for small values. A failed
 * write is kept in memory and tried again.
 */
export class CommittedValue<T> extends RetriedValue<T> {
  readonly #file: CommitFile<T>;
  #syncing: Promise<void> | null = null;
  #syncAgain = false;

  /** `onSaved` hears of each failure, and of the first success after one as null. */
  constructor(
    file: CommitFile<T>,
    value: T,
    onSaved: (error: AppErrorInfo | null) => void,
    clock: Clock = systemClock,
  ) {
    super(value, onSaved, clock);
    this.#file = file;
  }

  /** For quitting: resolves when the last change would survive a power cut or has failed once more. Never rejects. */
  async flush(): Promise<void> {
    if (this.retry.isDue) this.write();
    this.retry.stop();
    await this.#syncing;
  }

  protected override write(): void {
    this.retry.stop();
    try {
      this.#file.replace(this.value);
    } catch (error) {
      this.retry.failed();
      this.onSaved(storageFailure(error, this.clock.now()).info);
      return;
    }
    if (this.retry.isDue) {
      this.retry.reset();
      this.onSaved(null);
    }
    this.#sync();
  }

  /** One at a time; changes meanwhile share the next. */
  #sync(): void {
    this.#syncAgain = true;
    this.#syncing ??= this.#keepSyncing();
  }

  async #keepSyncing(): Promise<void> {
    while (this.#syncAgain) {
      this.#syncAgain = false;
      try {
        await this.#file.sync();
      } catch {
        // It is on the disk all the same; what is wrong with the disk the next write says.
      }
    }
    this.#syncing = null;
  }
}
