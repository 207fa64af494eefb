import { firstPlaceAtOrAbove } from '../syntax/sequence-set.ts';
import type { Flags } from './flags.ts';
import type { Mailbox, MailboxChange, StoredMessage } from './mailbox.ts';

/** Something a session tells its client about the mailbox, unasked. */
export type MailboxUpdate =
  | { readonly kind: 'expunge'; readonly sequence: number }
  | { readonly kind: 'exists'; readonly count: number }
  | { readonly kind: 'flags'; readonly sequence: number; readonly uid: number; readonly flags: Flags };

/** What a view needs to know when its mailbox changes. */
export interface ViewEvents {
  /** There is something to flush. */
  changed(): void;
  /** The view is worth nothing any more. */
  voided(): void;
}

/**
 * A selected mailbox as one session's client knows it. Sequence numbers and flags stay as the client was told
 * until `flush` hands out what happened since (RFC 3501 section 7.4.1; RFC 2180 for messages expunged meanwhile).
 */
export class MailboxView {
  readonly mailbox: Mailbox;
  readonly name: string;
  readonly readOnly: boolean;
  /** In the client's order: sequence number n is at n - 1. */
  readonly messages: StoredMessage[];
  readonly #events: ViewEvents;
  readonly #unsubscribe: () => void;
  #added: StoredMessage[] = [];
  readonly #expunged = new Set<StoredMessage>();
  /** Flags that the client still believes in. */
  readonly #staleFlags = new Map<StoredMessage, Flags>();

  constructor(mailbox: Mailbox, name: string, readOnly: boolean, events: ViewEvents) {
    this.mailbox = mailbox;
    this.name = name;
    this.readOnly = readOnly;
    this.messages = [...mailbox.messages];
    this.#events = events;
    this.#unsubscribe = mailbox.subscribe((change) => {
      this.#note(change);
    });
  }

  dispose(): void {
    this.#unsubscribe();
  }

  /** A message's flags as last told to this client. */
  flagsOf(message: StoredMessage): Flags {
    return this.#staleFlags.get(message) ?? message.flags;
  }

  /** Whether a message is gone although the client wasn't told yet. */
  isExpunged(message: StoredMessage): boolean {
    return this.#expunged.has(message);
  }

  /** Changes a message's flags on the client's behalf: it will be told by the command's own answer, if at all. */
  setFlags(message: StoredMessage, flags: Flags): void {
    this.#staleFlags.delete(message);
    this.mailbox.setFlags(message.uid, flags, this);
  }

  /**
   * Hands out what happened and brings the view up to date. Where sequence numbers mustn't move
   * (`expunges` false, during FETCH, STORE and SEARCH), expunged messages keep their place until the next time.
   */
  flush(expunges: boolean): MailboxUpdate[] {
    const updates = expunges ? this.#takeExpunged() : [];
    const added = this.#added.filter((message) => !this.#expunged.has(message));
    for (const message of this.#added) {
      this.#expunged.delete(message);
    }
    this.#added = [];
    if (added.length > 0) {
      for (const message of added) {
        this.messages.push(message);
      }
      updates.push({ kind: 'exists', count: this.messages.length });
    }
    for (const message of this.#staleFlags.keys()) {
      const place = this.#placeOf(message);
      if (place !== null && !this.#expunged.has(message)) {
        updates.push({ kind: 'flags', sequence: place + 1, uid: message.uid, flags: message.flags });
      }
    }
    this.#staleFlags.clear();
    return updates;
  }

  #takeExpunged(): MailboxUpdate[] {
    const updates: MailboxUpdate[] = [];
    const gone: number[] = [];
    for (const message of this.#expunged) {
      const place = this.#placeOf(message);
      if (place !== null) {
        gone.push(place);
        this.#expunged.delete(message);
        this.#staleFlags.delete(message);
      }
    }
    // From the last to the first, so that no number told moves one that is still to be told.
    for (const place of gone.toSorted((a, b) => b - a)) {
      this.messages.splice(place, 1);
      updates.push({ kind: 'expunge', sequence: place + 1 });
    }
    return updates;
  }

  #placeOf(message: StoredMessage): number | null {
    const place = firstPlaceAtOrAbove(this.messages, message.uid);
    return this.messages[place] === message ? place : null;
  }

  #note(change: MailboxChange): void {
    switch (change.kind) {
      case 'added':
        for (const message of change.messages) {
          this.#added.push(message);
        }
        break;
      case 'expunged':
        for (const message of change.messages) {
          this.#expunged.add(message);
        }
        break;
      case 'flags':
        if (change.origin === this) {
          return;
        }
        if (!this.#staleFlags.has(change.message)) {
          this.#staleFlags.set(change.message, change.before);
        }
        break;
      case 'void':
        this.#events.voided();
        return;
    }
    this.#events.changed();
  }
}
