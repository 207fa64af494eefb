import { extractSection, formatBodySection, readBodySection } from '../mail/body-section.ts';
import type { BodySection } from '../mail/body-section.ts';
import { formatBodyStructure } from '../mail/body-structure.ts';
import { formatEnvelope } from '../mail/envelope.ts';
import { parseMessage } from '../mail/mime-part.ts';
import { changeFlags, formatFlags } from '../store/flags.ts';
import type { MailboxView } from '../store/mailbox-view.ts';
import type { ArgumentCursor } from '../syntax/argument-cursor.ts';
import { badSyntax } from '../syntax/command-error.ts';
import { formatInternalDate } from '../syntax/date-time.ts';
import { wireLiteral, wireNString } from '../syntax/wire-text.ts';
import type { Command } from './command-context.ts';
import { readMessages, refuseIfGone } from './messages.ts';
import type { Numbering, NumberedMessage } from './messages.ts';

type PlainItem = 'FLAGS' | 'UID' | 'INTERNALDATE' | 'RFC822.SIZE' | 'ENVELOPE' | 'BODYSTRUCTURE' | 'BODY';

/** One thing asked of each message (RFC 3501 section 6.4.5). */
type FetchItem =
  | { readonly kind: PlainItem }
  | {
      readonly kind: 'section';
      /** Its name in the answer. */
      readonly label: string;
      readonly section: BodySection;
      /** Whether reading it leaves \Seen alone. */
      readonly peek: boolean;
      readonly partial: { readonly start: number; readonly length: number } | null;
    };

const fast: readonly FetchItem[] = [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }];
const all: readonly FetchItem[] = [...fast, { kind: 'ENVELOPE' }];
const macros: Readonly<Record<string, readonly FetchItem[]>> = {
  FAST: fast,
  ALL: all,
  FULL: [...all, { kind: 'BODY' }],
};

export const fetch = fetching('sequence');
export const uidFetch = fetching('uid');

function fetching(numbering: Numbering): Command {
  return {
    allowed: 'selected',
    holdsExpunges: numbering === 'sequence',
    run(context, cursor) {
      const { view } = context;
      const named = readMessages(view, cursor, numbering);
      cursor.space();
      const items = readFetchItems(cursor);
      cursor.end();
      if (numbering === 'uid' && !items.some(({ kind }) => kind === 'UID')) {
        items.unshift({ kind: 'UID' });
      }
      for (const entry of named.present) {
        context.send(`* ${entry.sequence} FETCH (${describe(view, entry, items).join(' ')})`);
      }
      refuseIfGone(named);
      return 'FETCH completed.';
    },
  };
}

function readFetchItems(cursor: ArgumentCursor): FetchItem[] {
  if (cursor.next === '(') {
    const items = cursor.list(() => readFetchItem(cursor));
    if (items.length === 0) {
      throw badSyntax('Nothing to fetch.');
    }
    return items;
  }
  const macro = cursor.take(/(ALL|FAST|FULL)$/iy);
  return macro === null ? [readFetchItem(cursor)] : [...(macros[macro[0].toUpperCase()] ?? [])];
}

function readFetchItem(cursor: ArgumentCursor): FetchItem {
  const word = cursor.take(/[A-Z0-9.]+/iy)?.[0]?.toUpperCase() ?? '';
  if ((word === 'BODY' && cursor.next === '[') || word === 'BODY.PEEK') {
    const section = readBodySection(cursor);
    const range = cursor.take(/<(\d{1,10})\.([1-9]\d{0,9})>/y);
    const partial = range === null ? null : { start: Number(range[1]), length: Number(range[2]) };
    const label = `BODY${formatBodySection(section)}${partial === null ? '' : `<${partial.start}>`}`;
    return { kind: 'section', label, section, peek: word === 'BODY.PEEK', partial };
  }
  switch (word) {
    case 'FLAGS':
    case 'UID':
    case 'INTERNALDATE':
    case 'RFC822.SIZE':
    case 'ENVELOPE':
    case 'BODYSTRUCTURE':
    case 'BODY':
      return { kind: word };
    case 'RFC822':
      return wholeSection(word, 'all', false);
    case 'RFC822.HEADER':
      return wholeSection(word, 'header', true);
    case 'RFC822.TEXT':
      return wholeSection(word, 'text', false);
    default:
      throw badSyntax('Unknown FETCH item.');
  }
}

function wholeSection(label: string, kind: 'all' | 'header' | 'text', peek: boolean): FetchItem {
  return { kind: 'section', label, section: { path: [], text: { kind } }, peek, partial: null };
}

function describe(view: MailboxView, { message }: NumberedMessage, items: readonly FetchItem[]): string[] {
  const asksFlags = items.some(({ kind }) => kind === 'FLAGS');
  const known = view.flagsOf(message);
  const reads = !view.readOnly && items.some((item) => item.kind === 'section' && !item.peek);
  const marksSeen = reads && !message.flags.has('\\Seen');
  if (marksSeen) {
    view.setFlags(message, changeFlags(message.flags, 'add', ['\\Seen']));
  }
  const flags = `FLAGS ${formatFlags(marksSeen ? message.flags : known)}`;
  const answers = items.map((item) => {
    switch (item.kind) {
      case 'FLAGS':
        return flags;
      case 'UID':
        return `UID ${message.uid}`;
      case 'INTERNALDATE':
        return `INTERNALDATE "${formatInternalDate(message.internalDate)}"`;
      case 'RFC822.SIZE':
        return `RFC822.SIZE ${message.raw.length}`;
      case 'ENVELOPE':
        return `ENVELOPE ${formatEnvelope(parseMessage(message.raw).fields)}`;
      case 'BODYSTRUCTURE':
      case 'BODY':
        return `${item.kind} ${formatBodyStructure(parseMessage(message.raw), item.kind === 'BODYSTRUCTURE')}`;
      case 'section': {
        const found = extractSection(parseMessage(message.raw), item.section);
        const { partial } = item;
        const bytes = found === null || partial === null ? found : found.slice(partial.start).slice(0, partial.length);
        return `${item.label} ${bytes === null || bytes === '' ? wireNString(bytes) : wireLiteral(bytes)}`;
      }
    }
  });
  return marksSeen && !asksFlags ? [...answers, flags] : answers;
}
