import type { EventLog } from './event-log.ts';
import type { FaultBook, RefusalStyle } from './faults.ts';
import type { MailboxTree } from './store/mailbox-tree.ts';
import type { TokenCheck } from './token-check.ts';

/** The server's end of one encrypted connection. */
export interface Wire {
  write(bytes: Buffer): void;
  /** An orderly end, after what was written. */
  end(): void;
  /** A TCP reset. */
  reset(): void;
}

/** What all sessions share. */
export interface SessionWorld {
  readonly faults: FaultBook;
  readonly events: EventLog;
  readonly checkToken: TokenCheck;
  /** How a token that isn't good is refused. */
  readonly refusalStyle: RefusalStyle;
  /** Capabilities besides AUTH=XOAUTH2, at this moment. */
  capabilities(): readonly string[];
  /** A person's mailboxes, or null for somebody who has none here. */
  findTree(address: string): MailboxTree | null;
  /** ms since the epoch. */
  now(): number;
}

/** One session as tests may see it. */
export interface SessionInfo {
  readonly id: number;
  readonly state: 'not-authenticated' | 'authenticated' | 'selected';
  readonly address: string | null;
  readonly mailbox: string | null;
  readonly idling: boolean;
  readonly frozen: boolean;
}
