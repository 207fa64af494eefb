import type { AppSnapshot } from '../../shared/snapshot.ts';
import type { Logger } from '../log.ts';

/** The number on the launcher or dock. */
export interface Badge {
  /** Shows the total; does nothing when it is shown already. Never throws. */
  update(snapshot: Pick<AppSnapshot, 'totalUnread'>): void;
  /** Takes the number away: after quitting nobody would. */
  dispose(): void;
}

/**
 * Sets the badge by `setCount`: on Linux dbus/launcher-entry.ts, elsewhere Electron's `app.setBadgeCount` (macOS's
 * dock; on Windows it does nothing and answers false). What the system refuses is logged once, at debug
 * level: many desktops have no badge.
 */
export function createBadge(options: { readonly setCount: (count: number) => boolean; readonly log: Logger }): Badge {
  const { setCount, log } = options;
  let shown = 0;
  let complained = false;
  const set = (count: number): void => {
    if (count === shown) return;
    shown = count;
    const problem = attempt(() => setCount(count));
    if (problem === null || complained) return;
    complained = true;
    log.debug('badge: not shown by this desktop', { reason: problem });
  };
  return {
    update: ({ totalUnread }) => {
      set(Math.max(0, totalUnread));
    },
    dispose: () => {
      set(0);
    },
  };
}

function attempt(run: () => boolean): string | null {
  try {
    return run() ? null : 'refused';
  } catch (error) {
    return String(error);
  }
}
