import type { AccountSnapshot, AccountState, SharedMailboxState, TrayStatus } from '../../shared/snapshot.ts';

/** Sum of the known counts, shared mailboxes included. */
export function selectTotalUnread(accounts: readonly AccountSnapshot[]): number {
  return accounts
    .flatMap((account) => [account, ...account.sharedMailboxes])
    .reduce((sum, { unreadCount }) => sum + (unreadCount ?? 0), 0);
}

/** The worst state of all inboxes decides: one that needs a person is never hidden by others that are well. */
export function selectStatus(accounts: readonly AccountSnapshot[]): TrayStatus {
  if (accounts.length === 0) {
    return 'no-accounts';
  }
  const kinds = new Set<(AccountState | SharedMailboxState)['kind']>(
    accounts.flatMap(({ state, sharedMailboxes }) => [
      state.kind,
      ...sharedMailboxes.map((shared) => shared.state.kind),
    ]),
  );
  if (kinds.has('needs-sign-in') || kinds.has('refused')) {
    return 'attention';
  }
  if (kinds.has('offline')) {
    return 'offline';
  }
  return kinds.has('connecting') ? 'connecting' : 'watching';
}
