import { changeFlags, formatFlags } from '../store/flags.ts';
import type { FlagAction } from '../store/flags.ts';
import type { ArgumentCursor } from '../syntax/argument-cursor.ts';
import { badSyntax } from '../syntax/command-error.ts';
import type { Command } from './command-context.ts';
import { readMessages, refuseIfGone, refuseReadOnly } from './messages.ts';
import type { Numbering } from './messages.ts';

export const store = storing('sequence');
export const uidStore = storing('uid');

const actions: Readonly<Record<string, FlagAction>> = { '+': 'add', '-': 'remove', '': 'replace' };

function storing(numbering: Numbering): Command {
  return {
    allowed: 'selected',
    holdsExpunges: numbering === 'sequence',
    run(context, cursor) {
      const { view } = context;
      const named = readMessages(view, cursor, numbering);
      cursor.space();
      const word = cursor.take(/([+-]?)FLAGS(\.SILENT)? /iy);
      if (word === null) {
        throw badSyntax('Expected FLAGS.');
      }
      const action = actions[word[1] ?? ''] ?? 'replace';
      const silent = word[2] !== undefined;
      const given = readFlags(cursor);
      cursor.end();
      refuseReadOnly(view);
      for (const { message, sequence } of named.present) {
        // Even a silent client hears of it where somebody else has changed the flags too.
        const tells = !silent || view.flagsOf(message) !== message.flags;
        view.setFlags(message, changeFlags(message.flags, action, given));
        if (tells) {
          const uid = numbering === 'uid' ? `UID ${message.uid} ` : '';
          context.send(`* ${sequence} FETCH (${uid}FLAGS ${formatFlags(message.flags)})`);
        }
      }
      refuseIfGone(named);
      return 'STORE completed.';
    },
  };
}

/** Reads flags in parentheses or bare. */
export function readFlags(cursor: ArgumentCursor): string[] {
  const flags: string[] = [];
  if (cursor.next === '(') {
    flags.push(...cursor.list(() => cursor.flag()));
  } else {
    do {
      flags.push(cursor.flag());
    } while (cursor.takeIf(' '));
  }
  if (flags.some((flag) => flag.toLowerCase() === '\\recent')) {
    throw badSyntax('\\Recent cannot be set.');
  }
  return flags;
}
