import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import type { AccountSnapshot, AccountState, SharedMailboxState } from '../../shared/snapshot.ts';
import { saysTooManyConnections } from '../imap/imap-error.ts';
import { accountKindOf } from './account-kind.ts';
import type { AccountStatus } from './account-state.ts';

/**
 * What a window may know of an account. Its mailboxes share its token, so whichever of them learns first that a
 * sign-in is needed says so for the account, and none of them by itself.
 */
export function accountSnapshot(
  record: AccountRecord,
  own: AccountStatus,
  statusOf: (mailboxId: string) => AccountStatus,
): AccountSnapshot {
  const states = [own.state, ...record.sharedMailboxes.map(({ id }) => statusOf(id).state)];
  return {
    id: record.id,
    address: record.address,
    displayName: record.displayName,
    kind: accountKindOf(record.homeAccountId),
    ...own,
    state: states.find(({ kind }) => kind === 'needs-sign-in') ?? own.state,
    sharedMailboxes: record.sharedMailboxes.map(({ id, address, muted }) => {
      const status = statusOf(id);
      return { id, address, muted, ...status, state: sharedMailboxState(status.state, own.state) };
    }),
  };
}

/** A shared mailbox's state in the light of its account's own. */
export function sharedMailboxState(state: AccountState, own: AccountState): SharedMailboxState {
  if (state.kind === 'needs-sign-in') return { kind: 'waits-for-account' };
  if (state.kind !== 'refused' || !isRefusedAccess(state.error)) return state;
  // Where the account's own inbox is refused the same way, it isn't this mailbox's permission that is missing.
  if (own.kind === 'refused' && own.error.code === state.error.code) return state;
  return { ...state, error: { ...state.error, code: 'shared-mailbox-no-access' } };
}

/**
 * Exchange says `NO AUTHENTICATE failed.` or "User is authenticated but not connected." alike to whoever has no
 * permission on a mailbox and where there is no such mailbox.
 */
function isRefusedAccess({ code, detail }: AppErrorInfo): boolean {
  return code === 'imap-sign-in-refused' || (code === 'imap-not-connected' && !saysTooManyConnections(detail ?? ''));
}
