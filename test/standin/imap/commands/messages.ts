import type { StoredMessage } from '../store/mailbox.ts';
import type { ArgumentCursor } from '../syntax/argument-cursor.ts';
import { CommandError } from '../syntax/command-error.ts';
import { placesBySequence, placesByUid, readSequenceSet } from '../syntax/sequence-set.ts';
import type { MailboxView } from '../store/mailbox-view.ts';

/** How a command names messages: by sequence number, or by UID (its `UID` form). */
export type Numbering = 'sequence' | 'uid';

/** A message of the selected mailbox with its sequence number. */
export interface NumberedMessage {
  readonly message: StoredMessage;
  readonly sequence: number;
}

/** The messages that a command names. */
export interface NamedMessages {
  readonly present: readonly NumberedMessage[];
  /** Whether some were named by sequence number that are gone, which the client can't know yet. */
  readonly someGone: boolean;
}

/** Reads ` set` and looks the messages up. UIDs that aren't there are passed over (RFC 3501 section 6.4.8). */
export function readMessages(view: MailboxView, cursor: ArgumentCursor, numbering: Numbering): NamedMessages {
  cursor.space();
  const set = readSequenceSet(cursor);
  const places = numbering === 'uid' ? placesByUid(set, view.messages) : placesBySequence(set, view.messages.length);
  const named: NumberedMessage[] = [];
  for (const place of places) {
    const message = view.messages[place];
    if (message !== undefined && !view.isExpunged(message)) {
      named.push({ message, sequence: place + 1 });
    }
  }
  return { present: named, someGone: numbering === 'sequence' && named.length < places.length };
}

/** RFC 2180 section 4.1.2: what could be done was done, then NO. */
export function refuseIfGone({ someGone }: NamedMessages): void {
  if (someGone) {
    throw new CommandError('NO', 'Some of the requested messages no longer exist.');
  }
}

/** Throws NO in a mailbox opened by EXAMINE. */
export function refuseReadOnly({ readOnly }: MailboxView): void {
  if (readOnly) {
    throw new CommandError('NO', 'The mailbox is read-only.');
  }
}
