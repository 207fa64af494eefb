import type { AccountMessageRef, NewMessages } from '../../electron/main/imap/new-message.ts';

/** Names what was found, as whoever tells it does. */
export function refsOf({ accountId, messages }: NewMessages): readonly AccountMessageRef[] {
  return messages.map(({ mailbox, uidValidity, uid }) => ({ accountId, mailbox, uidValidity, uid }));
}
