/** Names a message of an account for as long as UIDVALIDITY stands (RFC 9051 §2.3.1.1). */
export interface MessageRef {
  /** IMAP mailbox path, e.g. `INBOX`. */
  readonly mailbox: string;
  /** IMAP UIDVALIDITY as a decimal string; it can exceed 2^53. */
  readonly uidValidity: string;
  readonly uid: number;
}

/** Names a message among all accounts. */
export interface AccountMessageRef extends MessageRef {
  /** Whose it is: an account's id, or a shared mailbox's own. */
  readonly accountId: string;
}

/**
 * A message that arrived and hasn't been told yet. All text is cleaned (main/clean-text.ts). Of a great many that
 * came at once only the newest carry text.
 */
export interface NewMessage extends MessageRef {
  /** The sender's name; may be empty. */
  readonly fromName: string;
  /** The sender's address; may be empty where the header has none. */
  readonly fromAddress: string;
  readonly subject: string;
  /** When the server received it (INTERNALDATE), ms since the epoch. */
  readonly receivedAt: number;
}

/**
 * New messages of one account, oldest first. `arrived`: pushed while watching. `while-away`: found at the first look
 * after a start or after a long time without a connection, so they belong in a digest.
 */
export interface NewMessages {
  readonly kind: 'arrived' | 'while-away';
  readonly accountId: string;
  readonly messages: readonly NewMessage[];
}

/** Messages of one account that were told, or were to be, and have since been read elsewhere or are gone. */
export interface ReadMessages {
  readonly accountId: string;
  readonly mailbox: string;
  readonly uidValidity: string;
  readonly uids: readonly number[];
}
