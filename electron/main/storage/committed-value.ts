import type { AppErrorInfo } from '../../shared/app-error.ts';
import { type Clock, systemClock } from '../clock.ts';
import { maxSaveRetryMs, saveRetryMs } from './kept-value.ts';
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
export class CommittedValue<T> {
  readonly #file: CommitFile<T>;
  readonly #onSaved: (error: AppErrorInfo | null) => void;
  readonly #clock: Clock;
  #value: T;
  #failures = 0;
  #cancelRetry: (() => void) | null = null;
  #syncing: Promise<void> | null = null;
  #syncAgain = false;

  /** `onSaved` hears of each failure, and of the first success after one as null. */
  constructor(
    file: CommitFile<T>,
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

  /** Takes the new value and writes it, both at once. Never throws. */
  set(value: T): void {
    this.#value = value;
    this.#write();
  }

  /** For quitting: resolves when the last change would survive a power cut or has failed once more. Never rejects. */
  async flush(): Promise<void> {
    if (this.#failures > 0) this.#write();
    this.#stopRetrying();
    await this.#syncing;
  }

  #write(): void {
    this.#stopRetrying();
    try {
      this.#file.replace(this.#value);
    } catch (error) {
      const delayMs = Math.min(saveRetryMs * 2 ** this.#failures, maxSaveRetryMs);
      this.#failures += 1;
      this.#cancelRetry = this.#clock.setTimer(delayMs, () => {
        this.#write();
      });
      this.#onSaved(storageFailure(error, this.#clock.now()).info);
      return;
    }
    if (this.#failures > 0) {
      this.#failures = 0;
      this.#onSaved(null);
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

  #stopRetrying(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }
}
