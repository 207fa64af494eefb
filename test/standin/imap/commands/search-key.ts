import { decodeHeaderText } from '../mail/encoded-word.ts';
import { headerValue } from '../mail/mail-headers.ts';
import { decodedBody, parseMessage } from '../mail/mime-part.ts';
import type { MimePart } from '../mail/mime-part.ts';
import { canonicalFlag } from '../store/flags.ts';
import type { MailboxView } from '../store/mailbox-view.ts';
import type { ArgumentCursor } from '../syntax/argument-cursor.ts';
import { badSyntax } from '../syntax/command-error.ts';
import { dayOf, readDay } from '../syntax/date-time.ts';
import { placesBySequence, placesByUid, readSequenceSet } from '../syntax/sequence-set.ts';
import { fromWire } from '../syntax/wire-text.ts';
import type { NumberedMessage } from './messages.ts';

/** Whether a message is meant. */
export type SearchKey = (entry: NumberedMessage) => boolean;

/** Reads keys to the end of the list; a message must fit all of them (RFC 3501 section 6.4.4). */
export function readSearchKeys(view: MailboxView, cursor: ArgumentCursor): SearchKey {
  const keys = [readSearchKey(view, cursor)];
  while (cursor.takeIf(' ')) {
    keys.push(readSearchKey(view, cursor));
  }
  return every(keys);
}

function every(keys: readonly SearchKey[]): SearchKey {
  return (entry) => keys.every((key) => key(entry));
}

function readSearchKey(view: MailboxView, cursor: ArgumentCursor): SearchKey {
  if (cursor.next === '(') {
    return every(cursor.list(() => readSearchKey(view, cursor)));
  }
  if (/[\d*]/.test(cursor.next)) {
    const set = readSequenceSet(cursor);
    return amongPlaces(placesBySequence(set, view.messages.length));
  }
  const word = cursor.keyword();
  const flag = flagKeys[word];
  if (flag !== undefined) {
    return hasFlag(view, flag.name, flag.set);
  }
  switch (word) {
    case 'ALL':
    // Nothing is ever \Recent here, so all is OLD and nothing NEW or RECENT.
    case 'OLD':
      return () => true;
    case 'NEW':
    case 'RECENT':
      return () => false;
    case 'NOT': {
      cursor.space();
      const key = readSearchKey(view, cursor);
      return (entry) => !key(entry);
    }
    case 'OR': {
      cursor.space();
      const first = readSearchKey(view, cursor);
      cursor.space();
      const second = readSearchKey(view, cursor);
      return (entry) => first(entry) || second(entry);
    }
  }
  cursor.space();
  return readArgumentKey(view, cursor, word);
}

function readArgumentKey(view: MailboxView, cursor: ArgumentCursor, word: string): SearchKey {
  switch (word) {
    case 'UID':
      return amongPlaces(placesByUid(readSequenceSet(cursor), view.messages));
    case 'KEYWORD':
    case 'UNKEYWORD':
      return hasFlag(view, canonicalFlag(cursor.flag()), word === 'KEYWORD');
    case 'LARGER': {
      const size = cursor.number();
      return ({ message }) => message.raw.length > size;
    }
    case 'SMALLER': {
      const size = cursor.number();
      return ({ message }) => message.raw.length < size;
    }
    case 'BEFORE':
    case 'ON':
    case 'SINCE':
      return onDay(word, readDay(cursor), ({ message }) => message.internalDate);
    case 'SENTBEFORE':
    case 'SENTON':
    case 'SENTSINCE':
      return onDay(word.slice(4), readDay(cursor), ({ message }) => {
        const date = headerValue(parseMessage(message.raw).fields, 'Date');
        return date === null ? Number.NaN : Date.parse(date);
      });
    case 'FROM':
    case 'TO':
    case 'CC':
    case 'BCC':
    case 'SUBJECT':
      return headerContains(word, cursor.astring());
    case 'HEADER': {
      const name = cursor.astring();
      cursor.space();
      return headerContains(name, cursor.astring());
    }
    case 'BODY':
    case 'TEXT': {
      const needle = folded(cursor.astring());
      return ({ message }) => contains(parseMessage(message.raw), needle, word === 'TEXT');
    }
    default:
      throw badSyntax('Unknown SEARCH key.');
  }
}

const flagKeys: Readonly<Record<string, { readonly name: string; readonly set: boolean }>> = Object.fromEntries(
  ['Seen', 'Answered', 'Flagged', 'Deleted', 'Draft'].flatMap((name) => [
    [name.toUpperCase(), { name: `\\${name}`, set: true }],
    [`UN${name.toUpperCase()}`, { name: `\\${name}`, set: false }],
  ]),
);

function hasFlag(view: MailboxView, name: string, set: boolean): SearchKey {
  return ({ message }) => view.flagsOf(message).has(name) === set;
}

function amongPlaces(places: readonly number[]): SearchKey {
  const wanted = new Set(places);
  return ({ sequence }) => wanted.has(sequence - 1);
}

/** Days are compared without time and zone (RFC 3501 section 6.4.4); here they are days in UTC. */
function onDay(word: string, day: number, timeOf: (entry: NumberedMessage) => number): SearchKey {
  return (entry) => {
    const other = dayOf(timeOf(entry));
    return word === 'BEFORE' ? other < day : word === 'ON' ? other === day : other >= day;
  };
}

function headerContains(name: string, value: string): SearchKey {
  const needle = folded(value);
  const wanted = name.toLowerCase();
  return ({ message }) =>
    parseMessage(message.raw).fields.some(
      (field) => field.name.toLowerCase() === wanted && folded(decodeHeaderText(field.value)).includes(needle),
    );
}

function contains(part: MimePart, needle: string, withHeader: boolean): boolean {
  if (withHeader && part.fields.some(({ raw }) => folded(decodeHeaderText(raw)).includes(needle))) {
    return true;
  }
  if (part.children.length > 0) {
    return part.children.some((child) => contains(child, needle, withHeader));
  }
  return part.contentType.value.startsWith('text/') && folded(decodedBody(part)).includes(needle);
}

function folded(bytes: string): string {
  return fromWire(bytes).normalize('NFC').toLowerCase();
}
