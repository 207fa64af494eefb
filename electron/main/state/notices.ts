import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { Notice } from '../../shared/snapshot.ts';

/** What stays at the top of the window until dismissed or mended. */
export class Notices {
  readonly #onChange: () => void;
  #notices: readonly Notice[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get all(): readonly Notice[] {
    return this.#notices;
  }

  /** `detail`: what was wrong in it, where known; no values. */
  fileSetAside(file: string, keptAs: string, detail?: string): void {
    this.#put({
      id: `set-aside:${file}`,
      kind: 'file-set-aside',
      file,
      keptAs,
      ...(detail !== undefined && { detail }),
    });
  }

  /** Tells that something can't be saved, once for each `what`; null takes it back: the next save succeeded. */
  saving(what: string, error: AppErrorInfo | null): void {
    const id = `save:${what}`;
    if (error !== null) {
      this.#put({ id, kind: 'save-failed', error });
    } else if (this.#notices.some((notice) => notice.id === id)) {
      this.dismiss(id);
    }
  }

  /** The desktop shows no notifications; said until dismissed. */
  notificationsUnavailable(error: AppErrorInfo): void {
    this.#put({ id: 'notifications-unavailable', kind: 'notifications-unavailable', error });
  }

  dismiss(id: string): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id);
    this.#onChange();
  }

  #put(notice: Notice): void {
    this.#notices = [...this.#notices.filter((other) => other.id !== notice.id), notice];
    this.#onChange();
  }
}
