import { describe, expect, it } from 'vitest';

import { ArgumentCursor } from '../../../standin/imap/syntax/argument-cursor.ts';
import { CommandError } from '../../../standin/imap/syntax/command-error.ts';
import { formatInternalDate, formatMailDate, readDateTime, readDay } from '../../../standin/imap/syntax/date-time.ts';
import {
  decodeMailboxName,
  encodeMailboxName,
  matchesListPattern,
  wireMailboxName,
} from '../../../standin/imap/syntax/mailbox-name.ts';
import {
  formatSet,
  placesBySequence,
  placesByUid,
  readSequenceSet,
} from '../../../standin/imap/syntax/sequence-set.ts';
import { wireNString, wireString } from '../../../standin/imap/syntax/wire-text.ts';

const cursor = (text: string): ArgumentCursor => new ArgumentCursor(text);

describe('ArgumentCursor', () => {
  it('reads atoms, quoted strings, literals, NIL and lists', () => {
    const at = cursor('fetch]x "a \\"b\\" \\\\" {4}\r\n(\r\n) NIL (a (b c) ())');
    expect(at.astring()).toBe('fetch]x');
    at.space();
    expect(at.astring()).toBe('a "b" \\');
    at.space();
    expect(at.nstring()).toBe('(\r\n)');
    at.space();
    expect(at.nstring()).toBe(null);
    at.space();
    const item = (): unknown => (at.next === '(' ? at.list(item) : at.atom());
    expect(item()).toEqual(['a', ['b', 'c'], []]);
    at.end();
  });

  it.each([
    ['a quoted string without an end', '"abc', (at: ArgumentCursor) => at.string()],
    ['a stray backslash', '"a\\b"', (at: ArgumentCursor) => at.string()],
    ['a line end in quotes', '"a\nb"', (at: ArgumentCursor) => at.string()],
    ['a literal cut short', '{5}\r\nabc', (at: ArgumentCursor) => at.string()],
    ['a list without an end', '(a b', (at: ArgumentCursor) => at.list(() => at.atom())],
    ['a list with two spaces', '(a  b)', (at: ArgumentCursor) => at.list(() => at.atom())],
    ['a number beyond 32 bits', '4294967296', (at: ArgumentCursor) => at.number()],
    ['a control character', '\x01', (at: ArgumentCursor) => at.atom()],
    ['nothing', '', (at: ArgumentCursor) => at.astring()],
  ])('refuses %s with BAD', (_what, text, run) => {
    expect(() => run(cursor(text))).toThrow(CommandError);
  });

  it('refuses parentheses without end before the stack does', () => {
    const at = cursor('('.repeat(60_000));
    const item = (): unknown => at.list(item);
    expect(item).toThrow('Too many parentheses');
  });
});

describe('sequence sets', () => {
  const items = [2, 5, 6, 9].map((uid) => ({ uid }));
  const byUid = (text: string): number[] =>
    placesByUid(readSequenceSet(cursor(text)), items).map((n) => items[n]?.uid ?? 0);
  const bySequence = (text: string, count = 4): number[] => placesBySequence(readSequenceSet(cursor(text)), count);

  it('name UIDs, passing over those that aren’t there', () => {
    expect(byUid('1:5')).toEqual([2, 5]);
    expect(byUid('9,5:6,5')).toEqual([5, 6, 9]);
    expect(byUid('*')).toEqual([9]);
    expect(byUid('6:*')).toEqual([6, 9]);
    expect(byUid('20:*')).toEqual([9]);
    expect(byUid('3:4')).toEqual([]);
    expect(byUid('1:4294967295')).toEqual([2, 5, 6, 9]);
  });

  it('name sequence numbers, and no number beyond the last', () => {
    expect(bySequence('2,4:3')).toEqual([1, 2, 3]);
    expect(bySequence('1:*', 0)).toEqual([]);
    expect(() => bySequence('5')).toThrow('invalid');
  });

  it.each(['0', '', ',1', 'a', '1:', '-1'])('refuse %j', (text) => {
    expect(() => readSequenceSet(cursor(text))).toThrow(CommandError);
  });

  it('are written as short as can be', () => {
    expect(formatSet([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10');
  });
});

describe('mailbox names', () => {
  it.each([
    ['INBOX', 'INBOX'],
    ['Büro & Co', 'B&APw-ro &- Co'],
    ['日本語/台北', '&ZeVnLIqe-/&U,BTFw-'],
    ['🎉', '&2DzfiQ-'],
  ])('%s is %s on the wire (RFC 3501 section 5.1.3)', (name, wire) => {
    expect(encodeMailboxName(name)).toBe(wire);
    expect(decodeMailboxName(wire)).toBe(name);
  });

  it('are quoted where they must be, and INBOX is INBOX in any case', () => {
    expect(wireMailboxName('Sent Items')).toBe('"Sent Items"');
    expect(wireMailboxName('Archive')).toBe('Archive');
    expect(decodeMailboxName('inBox')).toBe('INBOX');
  });

  it.each(['&ZeV', '&Z-', 'caf\xe9'])('refuse %j', (wire) => {
    expect(() => decodeMailboxName(wire)).toThrow(CommandError);
  });

  it('fit the patterns of LIST', () => {
    expect(matchesListPattern('A/B/C', 'A*C')).toBe(true);
    expect(matchesListPattern('A/B', '%')).toBe(false);
    expect(matchesListPattern('A/B', '%/%')).toBe(true);
    expect(matchesListPattern('INBOX', 'in%')).toBe(true);
    expect(matchesListPattern('a.b', 'a?b')).toBe(false);
    expect(matchesListPattern('a'.repeat(400), '*a%'.repeat(80) + 'b')).toBe(false);
  });
});

describe('dates and strings', () => {
  const time = Date.UTC(2026, 1, 3, 4, 5, 6);

  it('are read and written in the forms of the protocol', () => {
    expect(formatInternalDate(time)).toBe(' 3-Feb-2026 04:05:06 +0000');
    expect(formatMailDate(time)).toBe('Tue, 03 Feb 2026 04:05:06 +0000');
    expect(readDateTime(cursor('" 3-Feb-2026 06:35:06 +0230"'))).toBe(time);
    expect(readDay(cursor('3-feb-2026')) * 86_400_000).toBe(Date.UTC(2026, 1, 3));
    expect(wireString('a"b\\')).toBe('"a\\"b\\\\"');
    expect(wireString('a\r\n')).toBe('{3}\r\na\r\n');
    expect(wireNString(null)).toBe('NIL');
  });

  it.each(['31-Feb-2026', '1-Foo-2026', '2026-02-03'])('refuse %s', (text) => {
    expect(() => readDay(cursor(text))).toThrow(CommandError);
  });
});
