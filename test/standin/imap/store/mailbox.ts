import { firstPlaceAtOrAbove } from '../syntax/sequence-set.ts';
import type { Flags } from './flags.ts';

/** A message as the mailbox keeps it. */
export interface StoredMessage {
  readonly uid: number;
  /** The whole message; messages may share a buffer. */
  readonly raw: Buffer;
  /** When the server received it, ms since the epoch. */
  readonly internalDate: number;
  /** As they are now; a session may have been told otherwise (see MailboxView). */
  readonly flags: Flags;
}

/** A message before it has a UID. */
export interface NewStoredMessage {
  readonly raw: Buffer;
  readonly internalDate: number;
  readonly flags: Flags;
}

/** What happened in a mailbox. `origin` is the view whose own doing it was, if any. */
export type MailboxChange =
  | { readonly kind: 'added'; readonly messages: readonly StoredMessage[] }
  | { readonly kind: 'expunged'; readonly messages: readonly StoredMessage[] }
  | { readonly kind: 'flags'; readonly message: StoredMessage; readonly before: Flags; readonly origin: object | null }
  /** All UIDs mean nothing any more, or the mailbox is gone: whoever has it open must be cut off. */
  | { readonly kind: 'void' };

type Kept = { -readonly [Key in keyof StoredMessage]: StoredMessage[Key] };

/** One mailbox: messages by ascending UID, and whoever listens to its changes. */
export class Mailbox {
  /** Whether a client may delete or rename it. */
  readonly isDefault: boolean;
  #uidValidity: number;
  #uidNext = 1;
  #messages: Kept[] = [];
  readonly #listeners = new Set<(change: MailboxChange) => void>();

  constructor(uidValidity: number, isDefault: boolean) {
    this.#uidValidity = uidValidity;
    this.isDefault = isDefault;
  }

  get uidValidity(): number {
    return this.#uidValidity;
  }

  get uidNext(): number {
    return this.#uidNext;
  }

  get messages(): readonly StoredMessage[] {
    return this.#messages;
  }

  get unseen(): number {
    return this.#messages.reduce((sum, { flags }) => sum + (flags.has('\\Seen') ? 0 : 1), 0);
  }

  /** The message with that UID, or null. */
  find(uid: number): StoredMessage | null {
    return this.#find(uid);
  }

  /** Adds messages at the end. */
  add(drafts: readonly NewStoredMessage[]): readonly StoredMessage[] {
    const added: Kept[] = [];
    for (const { raw, internalDate, flags } of drafts) {
      const message: Kept = { uid: this.#uidNext, raw, internalDate, flags };
      this.#uidNext += 1;
      this.#messages.push(message);
      added.push(message);
    }
    if (added.length > 0) {
      this.#tell({ kind: 'added', messages: added });
    }
    return added;
  }

  /** Gives a message other flags; says nothing where they are the same set or the message is gone. */
  setFlags(uid: number, flags: Flags, origin: object | null): void {
    const message = this.#find(uid);
    if (message !== null && message.flags !== flags) {
      const before = message.flags;
      message.flags = flags;
      this.#tell({ kind: 'flags', message, before, origin });
    }
  }

  /** Removes messages for good; gives those that were there. */
  remove(uids: ReadonlySet<number>): readonly StoredMessage[] {
    const removed = this.#messages.filter(({ uid }) => uids.has(uid));
    if (removed.length > 0) {
      this.#messages = this.#messages.filter(({ uid }) => !uids.has(uid));
      this.#tell({ kind: 'expunged', messages: removed });
    }
    return removed;
  }

  /** The same messages under a new UIDVALIDITY, with UIDs from 1. Whoever has the mailbox open is cut off. */
  renumber(uidValidity: number): void {
    this.#uidValidity = uidValidity;
    this.#messages = this.#messages.map((message, place) => ({ ...message, uid: place + 1 }));
    this.#uidNext = this.#messages.length + 1;
    this.#tell({ kind: 'void' });
  }

  /** As after a restore from a backup: UIDs from `uidNext` on are gone and will be given again. */
  rewind(uidNext: number): void {
    this.#messages = this.#messages.filter(({ uid }) => uid < uidNext);
    this.#uidNext = uidNext;
    this.#tell({ kind: 'void' });
  }

  /** Tells whoever has it open that it is gone. */
  close(): void {
    this.#tell({ kind: 'void' });
  }

  /** Calls `listener` at once after every change, until the returned function is called. */
  subscribe(listener: (change: MailboxChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #find(uid: number): Kept | null {
    const message = this.#messages[firstPlaceAtOrAbove(this.#messages, uid)];
    return message?.uid === uid ? message : null;
  }

  #tell(change: MailboxChange): void {
    for (const listener of [...this.#listeners]) {
      listener(change);
    }
  }
}
