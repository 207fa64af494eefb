import type { NewMessage } from '../imap/new-message.ts';

/** A message and whose it is. */
export interface TalliedMail {
  readonly accountId: string;
  readonly message: NewMessage;
}

/** Mail counted together, in bounded memory however much it is. */
export interface MailTally {
  readonly count: number;
  readonly countByAccount: ReadonlyMap<string, number>;
  /** The last few that were added, newest first. */
  readonly newest: readonly TalliedMail[];
}

/** Enough to name senders, and for a burst's first mails to be told one by one. */
const maxNewest = 8;

export const noTally: MailTally = { count: 0, countByAccount: new Map(), newest: [] };

/** The tally with one more message, which is newer than all in it. */
export function addMail(tally: MailTally, mail: TalliedMail): MailTally {
  return joinTallies(tally, { count: 1, countByAccount: new Map([[mail.accountId, 1]]), newest: [mail] });
}

/** Both together; what is in `later` is newer. */
export function joinTallies(earlier: MailTally, later: MailTally): MailTally {
  const countByAccount = new Map(earlier.countByAccount);
  for (const [accountId, count] of later.countByAccount) {
    countByAccount.set(accountId, (countByAccount.get(accountId) ?? 0) + count);
  }
  return {
    count: earlier.count + later.count,
    countByAccount,
    newest: [...later.newest, ...earlier.newest].slice(0, maxNewest),
  };
}

/** The tally without an account's mail. */
export function withoutAccount(tally: MailTally, accountId: string): MailTally {
  const countByAccount = new Map(tally.countByAccount);
  countByAccount.delete(accountId);
  return {
    count: tally.count - (tally.countByAccount.get(accountId) ?? 0),
    countByAccount,
    newest: tally.newest.filter((mail) => mail.accountId !== accountId),
  };
}
