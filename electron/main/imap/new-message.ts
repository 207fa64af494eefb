/** A message that arrived and hasn't been told yet. All text is cleaned (main/clean-text.ts). */
export interface NewMessage {
  /** IMAP mailbox path, e.g. `INBOX`. */
  readonly mailbox: string;
  /** IMAP UIDVALIDITY as a decimal string; it can exceed 2^53. */
  readonly uidValidity: string;
  readonly uid: number;
  /** The sender's name; may be empty. */
  readonly fromName: string;
  /** The sender's address; may be empty where the header has none. */
  readonly fromAddress: string;
  readonly subject: string;
  /** When the server received it (INTERNALDATE), ms since the epoch. */
  readonly receivedAt: number;
}

/**
 * New messages of one account, oldest first. `arrived`: pushed while watching. `while-away`: found at the
 * first look after a start, so they came while Tidings was closed, and belong in a digest.
 */
export interface NewMessages {
  readonly kind: 'arrived' | 'while-away';
  readonly accountId: string;
  readonly messages: readonly NewMessage[];
}
