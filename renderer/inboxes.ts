import type { AccountSnapshot, AppSnapshot, SharedMailboxSnapshot } from '../electron/shared/snapshot.ts';

/** An account's own inbox or a shared one: both have a count and a state. */
export type Inbox = AccountSnapshot | SharedMailboxSnapshot;

/** All that is watched: each account with its shared mailboxes after it. */
export function inboxesOf({ accounts }: Pick<AppSnapshot, 'accounts'>): readonly Inbox[] {
  return accounts.flatMap((account) => [account, ...account.sharedMailboxes]);
}
