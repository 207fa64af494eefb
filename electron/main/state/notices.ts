import type { AppErrorCode, AppErrorInfo } from '../../shared/app-error.ts';
import type { Notice } from '../../shared/snapshot.ts';

/** Something that isn't saved. */
interface Unsaved {
  readonly error: AppErrorInfo;
  readonly isDismissed: boolean;
}

/** What stays at the top of the window until dismissed or mended. */
export class Notices {
  readonly #onChange: () => void;
  readonly #unsaved = new Map<string, Unsaved>();
  #others: readonly Notice[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** One for each reason why something isn't saved, then the others in the order they were said. */
  get all(): readonly Notice[] {
    const shown = [...this.#unsaved].filter(([, { isDismissed }]) => !isDismissed);
    const codes = new Set(shown.map(([, { error }]) => error.code));
    const saveNotices = [...codes].map((code): Notice => {
      const alike = shown.filter(([, { error }]) => error.code === code);
      const since = Math.min(...alike.map(([, unsaved]) => unsaved.error.at));
      const error: AppErrorInfo = { code, at: since, detail: describe(alike) };
      return { id: saveNoticeId(code), kind: 'save-failed', error };
    });
    return [...saveNotices, ...this.#others];
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

  /**
   * Tells that `what` can't be saved; null takes it back: a later save succeeded. What fails again for the same reason
   * is no news: one that was dismissed stays so, until it was saved or something else fails.
   */
  saving(what: string, error: AppErrorInfo | null): void {
    const known = this.#unsaved.get(what);
    if (error === null) {
      if (this.#unsaved.delete(what)) this.#onChange();
    } else if (known?.error.code !== error.code || known.error.detail !== error.detail) {
      this.#unsaved.set(what, { error, isDismissed: false });
      this.#onChange();
    }
  }

  /** The desktop shows no notifications; said until dismissed. */
  notificationsUnavailable(error: AppErrorInfo): void {
    this.#put({ id: 'notifications-unavailable', kind: 'notifications-unavailable', error });
  }

  dismiss(id: string): void {
    for (const [what, { error }] of this.#unsaved) {
      if (saveNoticeId(error.code) === id) this.#unsaved.set(what, { error, isDismissed: true });
    }
    this.#others = this.#others.filter((notice) => notice.id !== id);
    this.#onChange();
  }

  #put(notice: Notice): void {
    this.#others = [...this.#others.filter((other) => other.id !== notice.id), notice];
    this.#onChange();
  }
}

function saveNoticeId(code: AppErrorCode): string {
  return `save:${code}`;
}

/** `settings.json, mailboxes.json: ENOSPC`. */
function describe(unsaved: readonly (readonly [string, Unsaved])[]): string {
  const names = new Map<string, string[]>();
  for (const [what, { error }] of unsaved) {
    const detail = error.detail ?? '';
    names.set(detail, [...(names.get(detail) ?? []), what]);
  }
  return [...names].map(([detail, all]) => all.join(', ') + (detail === '' ? '' : `: ${detail}`)).join('; ');
}
