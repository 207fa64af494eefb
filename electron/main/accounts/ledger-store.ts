import { z } from 'zod';
import { type MailboxCursor, maxRemembered } from '../imap/mailbox-cursor.ts';
import { MailboxLedger } from '../imap/mailbox-ledger.ts';
import type { AccountMessageRef } from '../imap/new-message.ts';

/** mailboxes.json: account id -> mailbox path -> how far it was told. No text from mail. */
export interface MailboxesFile {
  readonly schemaVersion: 2;
  readonly accounts: Readonly<Record<string, Readonly<Record<string, MailboxCursor>>>>;
}

const uidSchema = z.int().min(0).max(0xffff_ffff);

const cursorSchema = z.strictObject({
  uidValidity: z.string().regex(/^\d{1,20}$/u),
  lastUid: uidSchema,
  settled: z.array(uidSchema).max(maxRemembered),
});

export const mailboxesFileSchema: z.ZodType<MailboxesFile> = z.strictObject({
  schemaVersion: z.literal(2),
  accounts: z.record(z.string(), z.record(z.string(), cursorSchema)),
});

const version1Schema = z.object({ accounts: z.record(z.string(), z.record(z.string(), z.looseObject({}))) });

/** Version 1 knew only `lastUid`. Throws where the old content makes no sense. */
export const mailboxesFileMigrations = {
  1: (old: Readonly<Record<string, unknown>>) => ({
    accounts: mapCursors(version1Schema.parse(old).accounts, (cursor) => ({ ...cursor, settled: [] })),
  }),
};

export const emptyMailboxesFile: MailboxesFile = { schemaVersion: 2, accounts: {} };

/** What the store needs of the value that is kept between runs. */
export interface KeptMailboxes {
  readonly value: MailboxesFile;
  /** On the disk when it returns, or as soon as the disk can. */
  set(value: MailboxesFile): void;
}

/** The ledgers of all accounts over one kept value. A ledger lives as long as the program: connections come and go. */
export interface LedgerStore {
  ledger(accountId: string, mailbox: string): MailboxLedger;
  /** These are told, or about to be in this very turn. */
  settle(refs: readonly AccountMessageRef[]): void;
  /** These were not told after all. */
  reopen(refs: readonly AccountMessageRef[]): void;
  /** Forgets everything of the account. */
  remove(accountId: string): void;
}

export function createLedgerStore(kept: KeptMailboxes): LedgerStore {
  const ledgers = new Map<string, Map<string, MailboxLedger>>();

  /** What is to be written when all of a change is known; null when nothing is changing several ledgers. */
  let gathered: { value: MailboxesFile } | null = null;

  const write = (accountId: string, mailbox: string, cursor: MailboxCursor): void => {
    const { accounts } = gathered?.value ?? kept.value;
    const value: MailboxesFile = {
      schemaVersion: 2,
      accounts: { ...accounts, [accountId]: { ...accounts[accountId], [mailbox]: cursor } },
    };
    if (gathered === null) kept.set(value);
    else gathered.value = value;
  };
  const each = (
    refs: readonly AccountMessageRef[],
    act: (ledger: MailboxLedger, uidValidity: string, uids: readonly number[]) => void,
  ): void => {
    const groups = new Map<string, AccountMessageRef[]>();
    for (const ref of refs) {
      const key = JSON.stringify([ref.accountId, ref.mailbox, ref.uidValidity]);
      groups.set(key, [...(groups.get(key) ?? []), ref]);
    }
    // One write for all: a kill between two would find half of a digest told.
    const before = kept.value;
    const change = { value: before };
    gathered = change;
    try {
      for (const group of groups.values()) {
        const [first] = group;
        const ledger = first && ledgers.get(first.accountId)?.get(first.mailbox);
        if (first === undefined || ledger === undefined) continue;
        const uids = group.map(({ uid }) => uid);
        act(ledger, first.uidValidity, uids);
      }
    } finally {
      gathered = null;
      if (change.value !== before) kept.set(change.value);
    }
  };

  return {
    ledger(accountId, mailbox) {
      const ofAccount = ledgers.get(accountId) ?? new Map<string, MailboxLedger>();
      ledgers.set(accountId, ofAccount);
      const known = ofAccount.get(mailbox);
      if (known !== undefined) return known;
      const ledger = new MailboxLedger(kept.value.accounts[accountId]?.[mailbox] ?? null, (cursor) => {
        // An account that was removed meanwhile must not come back into the file.
        if (ledgers.get(accountId)?.get(mailbox) === ledger) write(accountId, mailbox, cursor);
      });
      ofAccount.set(mailbox, ledger);
      return ledger;
    },
    settle(refs) {
      each(refs, (ledger, uidValidity, uids) => {
        ledger.settle(uidValidity, uids);
      });
    },
    reopen(refs) {
      each(refs, (ledger, uidValidity, uids) => {
        ledger.reopen(uidValidity, uids);
      });
    },
    remove(accountId) {
      ledgers.delete(accountId);
      const { [accountId]: _forgotten, ...accounts } = kept.value.accounts;
      kept.set({ schemaVersion: 2, accounts });
    },
  };
}

function mapCursors<T, U>(
  accounts: Readonly<Record<string, Readonly<Record<string, T>>>>,
  change: (cursor: T) => U,
): Record<string, Record<string, U>> {
  return Object.fromEntries(
    Object.entries(accounts).map(([accountId, mailboxes]) => [
      accountId,
      Object.fromEntries(Object.entries(mailboxes).map(([mailbox, cursor]) => [mailbox, change(cursor)])),
    ]),
  );
}
