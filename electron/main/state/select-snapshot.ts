import type { AccountSnapshot, TrayStatus } from '../../shared/snapshot.ts';

/** Sum of the known counts. */
export function selectTotalUnread(accounts: readonly AccountSnapshot[]): number {
  return accounts.reduce((sum, account) => sum + (account.unreadCount ?? 0), 0);
}

/** The worst state of all accounts decides: one that needs a person is never hidden by others that are well. */
export function selectStatus(accounts: readonly AccountSnapshot[]): TrayStatus {
  if (accounts.length === 0) {
    return 'no-accounts';
  }
  const kinds = new Set(accounts.map((account) => account.state.kind));
  if (kinds.has('needs-sign-in') || kinds.has('refused')) {
    return 'attention';
  }
  if (kinds.has('offline')) {
    return 'offline';
  }
  return kinds.has('connecting') ? 'connecting' : 'watching';
}
