import type { ImapEndpoint } from '../../shared/profile.ts';
import type { Logger } from '../log.ts';
import type { SelectedMailbox } from './mailbox-cursor.ts';
import type { NewMessage } from './new-message.ts';

/** A message found above the cursor, with what decides whether it is told. */
export interface FoundMessage extends NewMessage {
  /** IMAP `\Seen`: read already, on another device. */
  readonly seen: boolean;
}

export interface ImapCredentials {
  readonly user: string;
  readonly accessToken: string;
}

export interface OpenSessionOptions {
  readonly endpoint: ImapEndpoint;
  readonly credentials: ImapCredentials;
  /** PEM certificates to trust; undefined for Node's default. */
  readonly ca: readonly string[] | undefined;
  readonly mailbox: string;
  /** Ends the opening, which then rejects; without effect after that. */
  readonly signal: AbortSignal;
  /** Something changed in the mailbox (EXISTS, EXPUNGE, FETCH FLAGS); called often and synchronously. */
  readonly onChange: () => void;
  /** The connection is gone, with the reason where there was one. Called exactly once after a successful open. */
  readonly onClose: (reason: unknown) => void;
  /** Called as soon as the server accepted the login, also when what follows fails; once or twice. */
  readonly onAuthenticated: () => void;
  /** Has the names of the connection's timers. */
  readonly log: Logger;
}

/** The server's own number of unread messages, and which of those asked for are among them. */
export interface UnseenCount {
  readonly unseen: number;
  readonly unread: ReadonlySet<number>;
}

/** One authenticated connection with one selected mailbox. Methods reject once it is closed. */
export interface ImapSession {
  /** As of the SELECT. */
  readonly selected: SelectedMailbox;
  /** Messages with a UID above `uid`, oldest first. Of a great many only the newest carry text. Doesn't mark them read. */
  fetchAbove(uid: number): Promise<readonly FoundMessage[]>;
  /** Counts the unread; `among` are the UIDs that somebody wants to know of one by one. */
  countUnseen(among: readonly number[]): Promise<UnseenCount>;
  /**
   * Lets the server push (IDLE, RFC 2177; or polling every minute where it can't) until another call breaks it.
   * Resolves false when the server refused to idle.
   */
  idle(): Promise<boolean>;
  /** Says LOGOUT and closes, within `timeoutMs` (ms) at the latest. Never rejects. */
  logout(timeoutMs: number): Promise<void>;
  /** Closes at once. */
  close(): void;
}

export type OpenImapSession = (options: OpenSessionOptions) => Promise<ImapSession>;
