import type { SelectedMailbox } from './mailbox-cursor.ts';

/** UID, UIDNEXT and UIDVALIDITY are 32 bits wide and never 0 (RFC 3501 §9, nz-number). */
const highestNumber = 0xffff_ffff;
/** What the file of cursors takes; some servers' UIDVALIDITY is wider than 32 bits. */
const highestUidValidity = 10n ** 20n - 1n;

/** Whether a server's number can be a message's UID: imapflow passes on what it was sent. */
export function isUid(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= highestNumber;
}

/**
 * What EXAMINE said, as it can be kept and compared. @throws an error that means `imap-protocol` where the server left
 * it out or said something impossible: without it nobody knows what is new.
 */
export function readSelected(opened: { readonly uidValidity?: unknown; readonly uidNext?: unknown }): SelectedMailbox {
  const { uidNext, uidValidity } = opened;
  if (typeof uidValidity !== 'bigint' || uidValidity < 1n || uidValidity > highestUidValidity || !isUid(uidNext)) {
    throw Object.assign(new Error('The server did not say UIDVALIDITY and UIDNEXT of the mailbox'), {
      code: 'EUIDS',
    });
  }
  return { uidValidity: uidValidity.toString(), uidNext };
}
