import { z } from 'zod';
import type { MailboxCursor } from '../imap/mailbox-cursor.ts';
import type { CursorStore } from './account-session.ts';

/** mailboxes.json: account id -> mailbox path -> how far it was told. No text from mail. */
export interface MailboxesFile {
  readonly schemaVersion: 1;
  readonly accounts: Readonly<Record<string, Readonly<Record<string, MailboxCursor>>>>;
}

const cursorSchema = z.strictObject({
  uidValidity: z.string().regex(/^\d{1,20}$/u),
  lastUid: z.int().min(0).max(0xffff_ffff),
});

export const mailboxesFileSchema: z.ZodType<MailboxesFile> = z.strictObject({
  schemaVersion: z.literal(1),
  accounts: z.record(z.string(), z.record(z.string(), cursorSchema)),
});

export const emptyMailboxesFile: MailboxesFile = { schemaVersion: 1, accounts: {} };

/** What the store needs of the value that is kept between runs. */
export interface KeptMailboxes {
  readonly value: MailboxesFile;
  set(value: MailboxesFile): void;
}

/** The cursors of all accounts over one kept value. */
export function createCursorStore(kept: KeptMailboxes): CursorStore {
  return {
    read: (accountId, mailbox) => kept.value.accounts[accountId]?.[mailbox] ?? null,
    write(accountId, mailbox, cursor) {
      const { accounts } = kept.value;
      kept.set({
        schemaVersion: 1,
        accounts: { ...accounts, [accountId]: { ...accounts[accountId], [mailbox]: cursor } },
      });
    },
    remove(accountId) {
      const { [accountId]: _forgotten, ...accounts } = kept.value.accounts;
      kept.set({ schemaVersion: 1, accounts });
    },
  };
}
