import { changeFlags, noFlags } from '../store/flags.ts';
import type { Mailbox, StoredMessage } from '../store/mailbox.ts';
import { readDateTime } from '../syntax/date-time.ts';
import { readSequenceSet, placesByUid } from '../syntax/sequence-set.ts';
import type { Command, CommandContext } from './command-context.ts';
import { readMailboxName } from './mailboxes.ts';
import { readMessages, refuseIfGone, refuseReadOnly } from './messages.ts';
import type { Numbering } from './messages.ts';
import { deletedUids } from './select.ts';
import { readFlags } from './store.ts';

export const copy = copying('sequence');
export const uidCopy = copying('uid');
export const move = moving('sequence');
export const uidMove = moving('uid');

function copying(numbering: Numbering): Command {
  return {
    allowed: 'selected',
    run(context, cursor) {
      const named = readMessages(context.view, cursor, numbering);
      const target = context.tree.get(readMailboxName(cursor), '[TRYCREATE] ');
      cursor.end();
      refuseIfGone(named);
      const code = copyMessages(
        context,
        target,
        named.present.map(({ message }) => message),
      );
      return `${code}COPY completed.`;
    },
  };
}

/** RFC 6851. */
function moving(numbering: Numbering): Command {
  return {
    allowed: 'selected',
    capability: 'MOVE',
    run(context, cursor) {
      const { view } = context;
      const named = readMessages(view, cursor, numbering);
      const target = context.tree.get(readMailboxName(cursor), '[TRYCREATE] ');
      cursor.end();
      refuseReadOnly(view);
      refuseIfGone(named);
      const messages = named.present.map(({ message }) => message);
      const code = copyMessages(context, target, messages);
      if (code !== '') {
        context.send(`* OK ${code.trim()}`);
      }
      view.mailbox.remove(new Set(messages.map(({ uid }) => uid)));
      return 'MOVE completed.';
    },
  };
}

/** Copies, and gives the COPYUID code with a space behind it (RFC 4315), or nothing without UIDPLUS. */
function copyMessages(context: CommandContext, target: Mailbox, messages: readonly StoredMessage[]): string {
  const copies = target.add(messages);
  if (copies.length === 0 || !context.has('UIDPLUS')) {
    return '';
  }
  const uids = (list: readonly StoredMessage[]): string => list.map(({ uid }) => uid).join(',');
  return `[COPYUID ${target.uidValidity} ${uids(messages)} ${uids(copies)}] `;
}

export const expunge: Command = {
  allowed: 'selected',
  run(context, cursor) {
    cursor.end();
    refuseReadOnly(context.view);
    context.view.mailbox.remove(deletedUids(context.view));
    return 'EXPUNGE completed.';
  },
};

/** RFC 4315. */
export const uidExpunge: Command = {
  allowed: 'selected',
  capability: 'UIDPLUS',
  run(context, cursor) {
    const { view } = context;
    cursor.space();
    const places = new Set(placesByUid(readSequenceSet(cursor), view.mailbox.messages));
    cursor.end();
    refuseReadOnly(view);
    const named = view.mailbox.messages.filter((_message, place) => places.has(place));
    view.mailbox.remove(new Set(named.filter(({ flags }) => flags.has('\\Deleted')).map(({ uid }) => uid)));
    return 'EXPUNGE completed.';
  },
};

export const append: Command = {
  allowed: 'after-login',
  run(context, cursor) {
    const name = readMailboxName(cursor);
    cursor.space();
    let flags = noFlags;
    if (cursor.next === '(') {
      flags = changeFlags(noFlags, 'replace', readFlags(cursor));
      cursor.space();
    }
    let internalDate = context.now();
    if (cursor.next === '"') {
      internalDate = readDateTime(cursor);
      cursor.space();
    }
    const raw = Buffer.from(cursor.literal(), 'latin1');
    cursor.end();
    const mailbox = context.tree.get(name, '[TRYCREATE] ');
    const [added] = mailbox.add([{ raw, internalDate, flags }]);
    const code = context.has('UIDPLUS') ? `[APPENDUID ${mailbox.uidValidity} ${added?.uid ?? 0}] ` : '';
    return `${code}APPEND completed.`;
  },
};
