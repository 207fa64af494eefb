/** How far a mailbox was told. Everything with a higher UID is new. */
export interface MailboxCursor {
  /** IMAP UIDVALIDITY, a decimal string. */
  readonly uidValidity: string;
  /** The highest UID that was there or told. */
  readonly lastUid: number;
}

/** What SELECT says of a mailbox (RFC 3501 §6.3.1). */
export interface SelectedMailbox {
  readonly uidValidity: string;
  readonly uidNext: number;
}

/** What the remembered cursor means for the mailbox as it is now. */
export type CursorStep =
  /** Never seen before: its content isn't new. */
  | { readonly kind: 'first-look'; readonly cursor: MailboxCursor }
  /** The UIDs mean other messages now (UIDVALIDITY changed, or UIDNEXT went backwards): starts anew, nothing is told. */
  | { readonly kind: 'rebuilt'; readonly cursor: MailboxCursor }
  /** Messages above `cursor.lastUid`, if any, are new. */
  | { readonly kind: 'continue'; readonly cursor: MailboxCursor; readonly mayHaveNew: boolean };

/** Holds the remembered cursor (null for none) against the mailbox just selected. */
export function stepCursor(remembered: MailboxCursor | null, selected: SelectedMailbox): CursorStep {
  const fresh: MailboxCursor = { uidValidity: selected.uidValidity, lastUid: Math.max(0, selected.uidNext - 1) };
  if (remembered === null) {
    return { kind: 'first-look', cursor: fresh };
  }
  if (remembered.uidValidity !== selected.uidValidity || selected.uidNext <= remembered.lastUid) {
    return { kind: 'rebuilt', cursor: fresh };
  }
  return { kind: 'continue', cursor: remembered, mayHaveNew: selected.uidNext > remembered.lastUid + 1 };
}

/** The cursor after messages with these UIDs were told. */
export function advanceCursor(cursor: MailboxCursor, toldUids: readonly number[]): MailboxCursor {
  const lastUid = toldUids.reduce((highest, uid) => Math.max(highest, uid), cursor.lastUid);
  return lastUid === cursor.lastUid ? cursor : { ...cursor, lastUid };
}
