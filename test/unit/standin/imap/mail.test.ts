import { describe, expect, it } from 'vitest';

import { parseAddressList } from '../../../standin/imap/mail/address-list.ts';
import { extractSection, readBodySection } from '../../../standin/imap/mail/body-section.ts';
import { formatBodyStructure } from '../../../standin/imap/mail/body-structure.ts';
import { composeMail } from '../../../standin/imap/mail/compose-mail.ts';
import { decodeHeaderText, encodeHeaderText } from '../../../standin/imap/mail/encoded-word.ts';
import { formatEnvelope } from '../../../standin/imap/mail/envelope.ts';
import { parseHeaderFields } from '../../../standin/imap/mail/mail-headers.ts';
import { parseMessage } from '../../../standin/imap/mail/mime-part.ts';
import { ArgumentCursor } from '../../../standin/imap/syntax/argument-cursor.ts';
import { CommandError } from '../../../standin/imap/syntax/command-error.ts';
import { fromWire } from '../../../standin/imap/syntax/wire-text.ts';

const nested = [
  'From: a@b.example',
  'Content-Type: multipart/mixed; boundary="o"',
  '',
  'preamble',
  '--o',
  '',
  'first',
  '--o',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  'Content-Type: multipart/alternative; boundary=i',
  '',
  '--i',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  'eA==',
  '--i',
  'Content-Type: text/html',
  'Content-Disposition: attachment; filename="x.html"',
  '',
  '<p>',
  '--i--',
  '--o--',
  '',
].join('\r\n');

const section = (raw: string, words: string): string | null =>
  extractSection(parseMessage(Buffer.from(raw, 'latin1')), readBodySection(new ArgumentCursor(`[${words}]`)));

describe('body sections', () => {
  it.each([
    ['', nested],
    ['1', 'first'],
    ['1.MIME', '\r\n'],
    ['2.HEADER', 'Subject: inner\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n'],
    ['2.HEADER.FIELDS (SUBJECT)', 'Subject: inner\r\n\r\n'],
    ['2.1', 'eA=='],
    ['2.2', '<p>'],
    ['2.3', null],
    ['1.HEADER', null],
    ['3', null],
    ['1.1', null],
    ['HEADER.FIELDS (from "X-None")', 'From: a@b.example\r\n\r\n'],
    ['HEADER.FIELDS.NOT (From)', 'Content-Type: multipart/mixed; boundary="o"\r\n\r\n'],
  ])('BODY[%s]', (words, text) => {
    expect(section(nested, words)).toBe(text);
  });

  it('of a message that is no multipart: part 1 is its body', () => {
    expect(section('Subject: x\r\n\r\nbody', '1')).toBe('body');
    expect(section('Subject: x\r\n\r\nbody', 'TEXT')).toBe('body');
    expect(section('Subject: x\r\n\r\nbody', '2')).toBe(null);
    expect(section('Subject: no body', 'HEADER')).toBe('Subject: no body');
  });

  it.each(['0', '1.', 'MIME', 'FOO', 'HEADER.FIELDS', '1.TEXTX', '.TEXT', '1HEADER'])('refuse [%s]', (words) => {
    expect(() => section(nested, words)).toThrow(CommandError);
  });
});

describe('structure and envelope', () => {
  it('describe a nested message (RFC 3501 section 7.4.2)', () => {
    const part = parseMessage(Buffer.from(nested, 'latin1'));
    const text = formatBodyStructure(part, true);
    expect(text).toContain('("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 5 0 NIL NIL NIL NIL)');
    expect(text).toContain('"MESSAGE" "RFC822" NIL NIL NIL "7BIT"');
    expect(text).toContain('(NIL "inner" NIL NIL NIL NIL NIL NIL NIL NIL)');
    expect(text).toContain('("ATTACHMENT" ("FILENAME" "x.html"))');
    expect(text).toMatch(/ "MIXED" \("BOUNDARY" "o"\) NIL NIL NIL\)$/);
    expect(formatBodyStructure(part, false)).toMatch(/ "MIXED"\)$/);
  });

  it('give the sender where Sender and Reply-To are missing', () => {
    const fields = parseHeaderFields(
      'From: "O\'Neil, Ann" <ann@x.example>\r\nSubject: a\r\n b\r\nMessage-ID: <1@x>\r\n',
    );
    const ann = '(("O\'Neil, Ann" NIL "ann" "x.example"))';
    expect(formatEnvelope(fields)).toBe(`(NIL "a b" ${ann} ${ann} ${ann} NIL NIL NIL NIL "<1@x>")`);
  });

  it('read addresses of all kinds', () => {
    expect(parseAddressList('a@b.example, Bob (the (best)) <bob@c.example>,, "x@y" <z@w>')).toEqual([
      { name: null, mailbox: 'a', host: 'b.example' },
      { name: 'Bob', mailbox: 'bob', host: 'c.example' },
      { name: 'x@y', mailbox: 'z', host: 'w' },
    ]);
    expect(parseAddressList('Team: a@b, c@d;')).toEqual([
      { name: null, mailbox: 'Team', host: null },
      { name: null, mailbox: 'a', host: 'b' },
      { name: null, mailbox: 'c', host: 'd' },
      { name: null, mailbox: null, host: null },
    ]);
    expect(parseAddressList('just words')).toEqual([{ name: 'just words', mailbox: null, host: null }]);
    expect(parseAddressList('<')).toEqual([{ name: null, mailbox: '', host: null }]);
  });
});

describe('composing', () => {
  it('writes 7-bit mail whose words come back as they were', () => {
    const subject = 'Ünïcödé 🎉 '.repeat(12);
    const raw = composeMail({
      from: { name: '王', address: 'w@x.example' },
      to: { address: 'a@b.example' },
      subject,
      text: 'Grüße\n'.repeat(50),
      date: 0,
    });
    const lines = raw.toString('latin1').split('\r\n');
    expect(lines.every((line) => /^[\x20-\x7e]{0,78}$/.test(line))).toBe(true);
    const value = parseMessage(raw).fields.find(({ name }) => name === 'Subject')?.value ?? '';
    expect(fromWire(decodeHeaderText(value))).toBe(subject);
  });

  it('keeps a line end in a subject out of the header, and decodes what others write', () => {
    expect(encodeHeaderText('a\r\nBcc: b')).not.toContain('\r\nBcc');
    expect(fromWire(decodeHeaderText('=?iso-8859-1?Q?caf=E9_au?= =?utf-8?b?IGxhaXQ=?= x'))).toBe('café au lait x');
    expect(decodeHeaderText('=?unknown-8?Q?x?=')).toBe('=?unknown-8?Q?x?=');
  });
});
