import type { AccountState, SharedMailboxState } from '../electron/shared/snapshot.ts';

/**
 * Whether asking now does something for an account in this state. Not while the other side has asked for a pause, or
 * may have, which main keeps to whoever asks (`identity-unavailable` stands for both an outage, in which main tries
 * often by itself, and a pause); nor where only a sign-in helps.
 */
export function canTryNow(state: AccountState | SharedMailboxState): boolean {
  switch (state.kind) {
    case 'connecting':
    case 'watching':
    case 'refused':
      return true;
    case 'offline':
      return state.error.code !== 'imap-throttled' && state.error.code !== 'identity-unavailable';
    case 'needs-sign-in':
    case 'waits-for-account':
      return false;
  }
}
