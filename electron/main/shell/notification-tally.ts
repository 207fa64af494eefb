import type { AccountMessageRef, NewMessage, ReadMessages } from '../imap/new-message.ts';

/** A message and whose it is. */
export interface TalliedMail {
  readonly accountId: string;
  readonly message: NewMessage;
}

/** Mail counted together; text only of a few, however much it is. */
export interface MailTally {
  /** All of it, in the order it was added. */
  readonly refs: readonly AccountMessageRef[];
  /** The last few that were added, newest first. */
  readonly newest: readonly TalliedMail[];
}

/** Enough to name senders, and for a burst's first mails to be told one by one. */
const maxNewest = 8;

export const noTally: MailTally = { refs: [], newest: [] };

/** New messages of one account, oldest first. */
export function tallyOf(accountId: string, messages: readonly NewMessage[]): MailTally {
  return {
    refs: messages.map(({ mailbox, uidValidity, uid }) => ({ accountId, mailbox, uidValidity, uid })),
    newest: messages
      .slice(-maxNewest)
      .toReversed()
      .map((message) => ({ accountId, message })),
  };
}

/** The accounts with mail in it. */
export function accountsOf(tally: MailTally): readonly string[] {
  return [...new Set(tally.refs.map(({ accountId }) => accountId))];
}

/** Both together; what is in `later` is newer. */
export function joinTallies(earlier: MailTally, later: MailTally): MailTally {
  if (earlier.refs.length === 0) return later;
  return {
    refs: [...earlier.refs, ...later.refs],
    newest: [...later.newest, ...earlier.newest].slice(0, maxNewest),
  };
}

/** The tally without an account's mail. */
export function withoutAccount(tally: MailTally, accountId: string): MailTally {
  return keep(tally, (ref) => ref.accountId !== accountId);
}

/** The tally without what was read elsewhere; the same object where nothing of it was. */
export function withoutRead(tally: MailTally, read: ReadMessages): MailTally {
  const uids = new Set(read.uids);
  const isRead = (ref: AccountMessageRef): boolean =>
    uids.has(ref.uid) &&
    ref.accountId === read.accountId &&
    ref.mailbox === read.mailbox &&
    ref.uidValidity === read.uidValidity;
  return tally.refs.some(isRead) ? keep(tally, (ref) => !isRead(ref)) : tally;
}

/** The tally without the messages of these {@link refKey}s. */
export function withoutRefs(tally: MailTally, keys: ReadonlySet<string>): MailTally {
  return keep(tally, (ref) => !keys.has(refKey(ref)));
}

/** Tells a message from every other one. */
export function refKey({ accountId, mailbox, uidValidity, uid }: AccountMessageRef): string {
  return JSON.stringify([accountId, mailbox, uidValidity, uid]);
}

function keep(tally: MailTally, isKept: (ref: AccountMessageRef) => boolean): MailTally {
  return {
    refs: tally.refs.filter(isKept),
    newest: tally.newest.filter(({ accountId, message }) => isKept({ ...message, accountId })),
  };
}
