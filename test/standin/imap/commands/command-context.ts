import type { ArgumentCursor } from '../syntax/argument-cursor.ts';
import type { MailboxTree } from '../store/mailbox-tree.ts';
import type { MailboxView } from '../store/mailbox-view.ts';

/** What the carrying out of a command may see and do of its session. */
export interface CommandContext {
  /** The tag of the command that is being carried out. */
  readonly tag: string;
  /** What CAPABILITY tells at this moment. */
  readonly capabilities: readonly string[];
  /** Whether a capability is offered, e.g. `MOVE`. */
  has(capability: string): boolean;
  /** The signed-in person's mailboxes; throws BAD before the login. */
  readonly tree: MailboxTree;
  /** The selected mailbox; throws BAD without one. */
  readonly view: MailboxView;
  /** Sends one line (`latin1`, without its end). */
  send(line: string): void;
  /** The client's next line; rejects with SessionClosed. */
  readLine(): Promise<string>;
  /** Tells the client what happened in the selected mailbox. */
  flush(expunges: boolean): void;
  /** Opens a mailbox in place of the one that is open. */
  select(name: string, readOnly: boolean): MailboxView;
  unselect(): void;
  /** Signs in with an XOAUTH2 answer; throws NO where it is refused. */
  login(user: string, token: string): Promise<void>;
  /** From now on changes are pushed at once, until called with false. */
  setIdling(idling: boolean): void;
  /** The session ends when the command's answer is sent. */
  endAfterAnswer(): void;
  /** ms since the epoch. */
  now(): number;
}

/** One command. */
export interface Command {
  /** In which states it is allowed (RFC 3501 section 3). */
  readonly allowed: 'always' | 'before-login' | 'after-login' | 'selected';
  /** Offered only with this capability. */
  readonly capability?: string;
  /** Sequence numbers mustn't move while it is in progress (RFC 3501 section 7.4.1). */
  readonly holdsExpunges?: boolean;
  /** Carries it out and gives the words of the tagged OK; throws CommandError for NO and BAD. */
  run(context: CommandContext, cursor: ArgumentCursor): string | Promise<string>;
}
