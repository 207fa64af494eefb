import type { AccountState } from '../../shared/snapshot.ts';
import type { WatcherEvent } from '../imap/watcher-types.ts';

/** What changes of an account while it is watched. */
export interface AccountStatus {
  readonly state: AccountState;
  /** IMAP's unseen, as the product counts it; null before the first count. */
  readonly unreadCount: number | null;
  /** ms since the epoch; null before the first count. */
  readonly lastCheckedAt: number | null;
}

/** An account that was just added or loaded. */
export const initialStatus: AccountStatus = { state: { kind: 'connecting' }, unreadCount: null, lastCheckedAt: null };

/** The status after an event of its watcher. The last count is kept through every failure: stale, but not wrong. */
export function reduceStatus(status: AccountStatus, event: WatcherEvent): AccountStatus {
  switch (event.kind) {
    case 'connecting':
      return { ...status, state: { kind: 'connecting' } };
    case 'counted':
      return { state: { kind: 'watching' }, unreadCount: event.unseen, lastCheckedAt: event.at };
    case 'new-messages':
    case 'read':
      return status;
    case 'offline':
      return { ...status, state: { kind: 'offline', error: event.error, retryAt: event.retryAt } };
    case 'refused':
      return { ...status, state: { kind: 'refused', error: event.error, retryAt: event.retryAt } };
    case 'needs-sign-in':
      return { ...status, state: { kind: 'needs-sign-in', error: event.error } };
  }
}
