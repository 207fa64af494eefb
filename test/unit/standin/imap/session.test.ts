import { describe, expect, it } from 'vitest';

import { ada, startFakeSession } from './fake-session.ts';
import type { FakeSession } from './fake-session.ts';
import { sized } from '../../../support/size.ts';

const from = { name: 'Grace', address: 'grace@contoso.example' };

async function selected(subjects: readonly string[]): Promise<FakeSession> {
  const session = startFakeSession();
  for (const subject of subjects) {
    session.office.deliver(ada, { from, subject, date: Date.UTC(2026, 0, 2) }, 1);
  }
  await session.say('s SELECT "inbox"\r\n');
  return session;
}

describe('malformed input', () => {
  it.each([
    ['', '* BAD'],
    ['NOOP', '* BAD'],
    [' a NOOP', '* BAD'],
    ['+ NOOP', '* BAD'],
    ['a ', 'a BAD'],
    ['a FROBNICATE', 'a BAD'],
    ['a UID', 'a BAD'],
    ['a UID NOOP', 'a BAD'],
    ['a NOOP x', 'a BAD'],
    ['a FETCH', 'a BAD'],
    ['a FETCH 1', 'a BAD'],
    ['a FETCH 0 FLAGS', 'a BAD'],
    ['a FETCH 9 FLAGS', 'a BAD'],
    ['a FETCH 1 (FLAGS', 'a BAD'],
    ['a FETCH 1 ()', 'a BAD'],
    ['a FETCH 1 BODY[', 'a BAD'],
    ['a FETCH 1 BODY[]<0.0>', 'a BAD'],
    ['a FETCH 1 BODY.PEEK', 'a BAD'],
    ['a STORE 1 FLAGS', 'a BAD'],
    ['a STORE 1 FLAGS (\\Recent)', 'a BAD'],
    ['a SEARCH', 'a BAD'],
    ['a SEARCH FOO', 'a BAD'],
    ['a SEARCH NOT', 'a BAD'],
    ['a SEARCH OR SEEN', 'a BAD'],
    ['a SEARCH RETURN (COUNT) ALL', 'a BAD'],
    ['a SEARCH CHARSET KOI8-R ALL', 'a NO [BADCHARSET'],
    ['a LIST "" "&"', 'a BAD'],
    ['a STATUS INBOX (FOO)', 'a BAD'],
    ['a APPEND INBOX "x"', 'a BAD'],
    ['a COPY 1 Nowhere', 'a NO [TRYCREATE]'],
    ['a DELETE INBOX', 'a NO'],
    ['a CREATE INBOX', 'a NO'],
    ['a AUTHENTICATE', 'a BAD'],
  ])('%j is answered with %s', async (line, answer) => {
    const session = await selected(['One']);
    expect((await session.say(`${line}\r\n`)).at(-1)).toContain(answer);
    expect(await session.say('b NOOP\r\n')).toEqual(['b OK NOOP completed.']);
  });

  it('of any kind never breaks the session, nor the stand-in', async () => {
    const session = await selected(['One', 'Two']);
    const words = [
      'FETCH',
      'UID',
      'SEARCH',
      'STORE',
      '1:*',
      '*',
      '(',
      ')',
      '"',
      '{3+}\r\n',
      '\\Seen',
      'BODY[',
      ']',
      ' ',
      ' ',
    ];
    words.push(
      'NIL',
      'OR',
      'NOT',
      'FLAGS',
      '<0.1>',
      '\x00',
      '\xff',
      '&AA',
      'LIST',
      'APPEND',
      'INBOX',
      'STATUS',
      ':',
      ',',
      '1',
    );
    let seed = 12_345;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let round = 0; round < sized(3_000, 100_000); round += 1) {
      const line = Array.from({ length: 1 + next(12) }, () => words[next(words.length)]).join(next(2) === 0 ? '' : ' ');
      await session.say(`t ${line}\r\n`);
    }
    expect(session.events.since().filter(({ kind }) => kind === 'failed')).toEqual([]);
    await session.say('\r\n\r\n\r\n\r\n');
    expect((await session.say('z NOOP\r\n')).at(-1)).toBe('z OK NOOP completed.');
  });

  it('that can’t be followed ends the session with BYE', async () => {
    const session = await selected([]);
    expect(await session.say(`a ${'x'.repeat(70_000)}`)).toEqual([
      '* BAD Command line too long',
      '* BYE Command line too long',
    ]);
    expect(session.ended()).toBe('fin');
  });

  it('before the login is answered, but opens nothing', async () => {
    const session = startFakeSession({ signedIn: false });
    for (const command of ['SELECT INBOX', 'LIST "" *', 'IDLE', 'UID FETCH 1 FLAGS', 'STATUS INBOX (MESSAGES)']) {
      expect((await session.say(`a ${command}\r\n`)).at(-1)).toMatch(/^a BAD/);
    }
    expect(await session.say('b CAPABILITY\r\n')).toEqual([
      '* CAPABILITY IMAP4 IMAP4rev1 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+ AUTH=XOAUTH2',
      'b OK CAPABILITY completed.',
    ]);
  });
});

describe('commands', () => {
  it('keywords are understood in any case, and several commands may come at once', async () => {
    const session = await selected(['One']);
    expect(await session.say('a uid Fetch 1 (flags)\r\nb nOOp\r\n')).toEqual([
      '* 1 FETCH (UID 1 FLAGS ())',
      'a OK FETCH completed.',
      'b OK NOOP completed.',
    ]);
  });

  it('SELECT tells all that a client needs, in the order of Exchange', async () => {
    const session = startFakeSession();
    session.office.deliver(ada, { from, subject: 'Old', flags: ['\\seen'] }, 1);
    session.office.deliver(ada, { from, subject: 'New' }, 1);
    const { uidValidity } = session.office.mailbox(ada);
    expect(await session.say('a SELECT INBOX\r\n')).toEqual([
      '* 2 EXISTS',
      '* 0 RECENT',
      '* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)',
      '* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft \\*)] Permanent flags',
      '* OK [UNSEEN 2] Is the first unseen message',
      `* OK [UIDVALIDITY ${uidValidity}] UIDVALIDITY value`,
      '* OK [UIDNEXT 3] The next unique identifier value',
      'a OK [READ-WRITE] SELECT completed.',
    ]);
    expect((await session.say('b SELECT Nowhere\r\n')).at(-1)).toMatch(/^b NO/);
    expect((await session.say('c CHECK\r\n')).at(-1)).toMatch(/^c BAD/);
  });

  it('reading a body marks as seen, peeking and EXAMINE don’t', async () => {
    const session = await selected(['One']);
    expect(await session.say('a FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]\r\n')).toEqual([
      '* 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {16}',
      'Subject: One',
      '',
      ')',
      'a OK FETCH completed.',
    ]);
    expect(await session.say('b FETCH 1 BODY[]<0.4>\r\n')).toEqual([
      '* 1 FETCH (BODY[]<0> {4}',
      'From FLAGS (\\Seen))',
      'b OK FETCH completed.',
    ]);
    await session.say('c STORE 1 -FLAGS (\\Seen)\r\nd EXAMINE INBOX\r\ne FETCH 1 BODY[]\r\n');
    expect(session.office.mailbox(ada).unseen).toBe(1);
    expect((await session.say('f STORE 1 FLAGS \\Seen\r\n')).at(-1)).toMatch(/^f NO/);
  });

  it('STORE adds, removes, replaces, silently or not', async () => {
    const session = await selected(['One', 'Two']);
    expect(await session.say('a STORE 1:2 +FLAGS (\\flagged $Later)\r\n')).toEqual([
      '* 1 FETCH (FLAGS (\\Flagged $Later))',
      '* 2 FETCH (FLAGS (\\Flagged $Later))',
      'a OK STORE completed.',
    ]);
    expect(await session.say('b UID STORE 2 -FLAGS.SILENT $Later\r\n')).toEqual(['b OK STORE completed.']);
    expect(await session.say('c UID STORE 2 FLAGS (\\Seen)\r\n')).toContain('* 2 FETCH (UID 2 FLAGS (\\Seen))');
    expect(await session.say('d SEARCH KEYWORD $Later FLAGGED\r\n')).toContain('* SEARCH 1');
  });

  it('SEARCH combines its keys', async () => {
    const session = await selected(['One', 'Two', 'Three']);
    await session.say('a STORE 2 +FLAGS (\\Seen)\r\n');
    const found = async (keys: string): Promise<string | undefined> => (await session.say(`x SEARCH ${keys}\r\n`))[0];
    expect(await found('UNSEEN NOT SUBJECT three')).toBe('* SEARCH 1');
    expect(await found('OR (SEEN 1:2) UID 3')).toBe('* SEARCH 2 3');
    expect(await found('SINCE 2-Jan-2026 BEFORE 3-Jan-2026 FROM GRACE')).toBe('* SEARCH 1 2 3');
    expect(await found('SENTON 1-Jan-2026')).toBe('* SEARCH');
    expect(await found('CHARSET UTF-8 HEADER Message-ID contoso LARGER 10 SMALLER 100000')).toBe('* SEARCH 1 2 3');
    expect(await found('CHARSET UTF-8 SUBJECT {3+}\r\nTwo')).toBe('* SEARCH 2');
  });

  it('CLOSE expunges without a word, EXPUNGE tells, UNSELECT leaves all', async () => {
    const session = await selected(['One', 'Two', 'Three']);
    await session.say('a STORE 1,2 +FLAGS.SILENT (\\Deleted)\r\n');
    expect(await session.say('b UID EXPUNGE 1\r\n')).toEqual(['* 1 EXPUNGE', 'b OK EXPUNGE completed.']);
    await session.say('c UNSELECT\r\n');
    expect(session.office.mailbox(ada).messages).toHaveLength(2);
    await session.say('d SELECT INBOX\r\n');
    expect(await session.say('e CLOSE\r\n')).toEqual(['e OK CLOSE completed.']);
    expect(session.office.mailbox(ada).messages.map(({ uid }) => uid)).toEqual([3]);
  });

  it('IDLE ends with DONE only', async () => {
    const session = await selected([]);
    expect(await session.say('a IDLE\r\n')).toEqual(['+ IDLE accepted, awaiting DONE command.']);
    session.office.deliver(ada, { from, subject: 'One' }, 1);
    expect(await session.say('done\r\n')).toEqual(['a OK IDLE completed.']);
    await session.say('b IDLE\r\n');
    expect((await session.say('c NOOP\r\n')).at(-1)).toMatch(/^b BAD/);
  });

  it('special uses and ESEARCH only where they are offered', async () => {
    const session = startFakeSession({ capabilities: ['IMAP4rev1', 'SASL-IR', 'SPECIAL-USE', 'ESEARCH'] });
    expect(await session.say('a LIST "" "Sent%"\r\n')).toContain('* LIST (\\HasNoChildren \\Sent) "/" "Sent Items"');
    session.office.deliver(ada, { from, subject: 'x' }, 3);
    await session.say('b EXAMINE INBOX\r\n');
    expect(await session.say('c UID SEARCH RETURN (MIN MAX COUNT ALL) UNSEEN\r\n')).toContain(
      '* ESEARCH (TAG "c") UID MIN 1 MAX 3 COUNT 3 ALL 1:3',
    );
    expect(await session.say('d MOVE 1 Archive\r\n')).toEqual(['d BAD Command Error. Unknown command.']);
    const plain = startFakeSession();
    expect(await plain.say('a LIST "" "Sent%"\r\n')).toContain('* LIST (\\HasNoChildren) "/" "Sent Items"');
  });
});
