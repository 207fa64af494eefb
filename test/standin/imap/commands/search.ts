import type { ArgumentCursor } from '../syntax/argument-cursor.ts';
import { badSyntax, CommandError } from '../syntax/command-error.ts';
import { formatSet } from '../syntax/sequence-set.ts';
import { wireString } from '../syntax/wire-text.ts';
import type { Command } from './command-context.ts';
import type { Numbering } from './messages.ts';
import { readSearchKeys } from './search-key.ts';

export const search = searching('sequence');
export const uidSearch = searching('uid');

function searching(numbering: Numbering): Command {
  return {
    allowed: 'selected',
    holdsExpunges: numbering === 'sequence',
    run(context, cursor) {
      const { view } = context;
      cursor.space();
      const results = context.has('ESEARCH') ? readReturn(cursor) : null;
      readCharset(cursor);
      const fits = readSearchKeys(view, cursor);
      cursor.end();
      const found: number[] = [];
      for (const [place, message] of view.messages.entries()) {
        if (!view.isExpunged(message) && fits({ message, sequence: place + 1 })) {
          found.push(numbering === 'uid' ? message.uid : place + 1);
        }
      }
      context.send(
        results === null
          ? `* SEARCH${found.map((number) => ` ${number}`).join('')}`
          : `* ESEARCH (TAG ${wireString(context.tag)})${numbering === 'uid' ? ' UID' : ''}${extended(results, found)}`,
      );
      return 'SEARCH completed.';
    },
  };
}

/** RFC 4731: `RETURN (…)`, where an empty list means ALL; null without RETURN. */
function readReturn(cursor: ArgumentCursor): readonly string[] | null {
  if (cursor.take(/RETURN /iy) === null) {
    return null;
  }
  const options = cursor.list(() => cursor.keyword());
  cursor.space();
  if (!options.every((option) => ['MIN', 'MAX', 'ALL', 'COUNT'].includes(option))) {
    throw badSyntax('Unknown RETURN option.');
  }
  return options.length === 0 ? ['ALL'] : options;
}

function extended(options: readonly string[], found: readonly number[]): string {
  const parts = options.map((option) => {
    switch (option) {
      case 'COUNT':
        return ` COUNT ${found.length}`;
      case 'MIN':
        return found.length === 0 ? '' : ` MIN ${found[0]}`;
      case 'MAX':
        return found.length === 0 ? '' : ` MAX ${found.at(-1)}`;
      default:
        return found.length === 0 ? '' : ` ALL ${formatSet(found)}`;
    }
  });
  return parts.join('');
}

function readCharset(cursor: ArgumentCursor): void {
  if (cursor.take(/CHARSET /iy) === null) {
    return;
  }
  const charset = cursor.astring().toUpperCase();
  if (charset !== 'UTF-8' && charset !== 'US-ASCII') {
    throw new CommandError('NO', '[BADCHARSET (US-ASCII UTF-8)] The specified charset is not supported.');
  }
  cursor.space();
}
