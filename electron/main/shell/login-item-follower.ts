import type { Logger } from '../log.ts';
import type { LoginItem } from './login-item.ts';

/** What a window may know and change of the {@link LoginItem}. */
export interface LoginItemFollower {
  /** As found at the last look; null before the first, and where it can't be known or isn't offered. */
  readonly startsAtLogin: () => boolean | null;
  /** Looks again: the person may have changed it in the system's own settings. Never rejects. */
  readonly look: () => Promise<void>;
  /** Rejects as the item does; what is true then is looked up all the same. */
  readonly set: (enabled: boolean) => Promise<void>;
}

/** @param item null where starting at login isn't offered */
export function followLoginItem(item: LoginItem | null, onChange: () => void, log: Logger): LoginItemFollower {
  let startsAtLogin: boolean | null = null;

  async function look(): Promise<void> {
    if (item === null) return;
    let found: boolean | null = null;
    try {
      found = await item.isOn();
    } catch (error) {
      log.warn('whether Tidings starts at login can’t be read', { error });
    }
    if (found === startsAtLogin) return;
    startsAtLogin = found;
    onChange();
  }

  return {
    startsAtLogin: () => startsAtLogin,
    look,
    async set(enabled) {
      try {
        await item?.set(enabled);
      } finally {
        await look();
      }
    },
  };
}
