import type { DeliveredMail } from '../standin/imap/post-office.ts';

/** The IMAP servers that play Exchange: the stand-in is held to Dovecot, which is a real one. */
export const imapServerNames = ['stand-in', 'Dovecot'] as const;
export type ImapServerName = (typeof imapServerNames)[number];

/** A mail that comes from outside: into the INBOX, unread. */
export type ReceivedMail = Omit<DeliveredMail, 'mailbox' | 'flags'>;

/**
 * A server of the tests with what can be done to any server from outside. What other clients do (reading, moving,
 * deleting) is done by real ones.
 */
export interface ImapServerUnderTest {
  readonly name: ImapServerName;
  /** On `localhost`, implicit TLS. */
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
  /** Resolves when the mail is in the INBOX; clients may hear of it later. */
  deliver(address: string, mail: ReceivedMail): Promise<void>;
  /** The INBOX gets a higher UIDVALIDITY; who has it open hears BYE. */
  changeUidValidity(address: string): Promise<void>;
  /** Ends every session with a BYE, as before a shutdown; takes new ones. */
  sayBye(): Promise<void>;
  /** New connections are refused from now on; open ones go on. */
  stopListening(): void;
  /** Listens again on the same port. */
  listenAgain(): Promise<void>;
  /** Resets every connection. */
  cut(): void;
  /** From now on nothing is answered any more, on new connections neither. */
  hang(): void;
  /** Resolves when that many sessions were ended by LOGOUT since the start. */
  untilLogouts(count: number): Promise<void>;
  /** Resolves when no connection is open. */
  untilNoConnection(): Promise<void>;
  /** The server is gone without a word: connections break, new ones are refused. */
  crash(): Promise<void>;
  /** After {@link crash}: takes connections again, with the mail it had. */
  startAgain(): Promise<void>;
  /** Keeps somebody's mail as it is now. The returned function puts it back, UIDNEXT too: sessions hear BYE. */
  backUp(address: string): Promise<() => Promise<void>>;
  dispose(): Promise<void>;
}
