import { describe, expect, test } from 'vitest';
import { createWords } from '../../../electron/main/i18n.ts';
import type { NewMessage } from '../../../electron/main/imap/new-message.ts';
import { joinTallies, noTally, type MailTally, tallyOf } from '../../../electron/main/shell/notification-tally.ts';
import { notificationText, type NotificationWords } from '../../../electron/main/shell/notification-text.ts';

const english = createWords('en');
const chinese = createWords('zh-CN');
const ada = { id: 'a', label: 'ada@x.org' };
const bob = { id: 'b', label: 'bob@y.org' };

function words(accounts: NotificationWords['accounts'], language: 'en' | 'zh-CN' = 'en'): NotificationWords {
  return { translate: (language === 'en' ? english : chinese).translate, language, detail: 'full', accounts };
}

function from(fromName: string, subject = 'Lunch?', fromAddress = 'someone@x.org'): NewMessage {
  return { mailbox: 'INBOX', uidValidity: '1', uid: 1, fromName, fromAddress, subject, receivedAt: 0 };
}

/** Oldest first. */
function tally(...mails: readonly (readonly [accountId: string, sender: string])[]): MailTally {
  return mails.reduce((sum, [accountId, sender]) => joinTallies(sum, tallyOf(accountId, [from(sender)])), noTally);
}

describe('a notification of one mail', () => {
  const text = (message: NewMessage, ...accounts: NotificationWords['accounts']) =>
    notificationText({ kind: 'message', mail: { accountId: 'a', message } }, words(accounts));

  test('has sender and subject', () => {
    expect(text(from('Grace'), ada)).toEqual({ title: 'Grace', body: 'Lunch?\nsomeone@x.org' });
  });

  test('says whose it is when there are two accounts', () => {
    expect(text(from('Grace'), ada, bob)).toEqual({ title: 'Grace', body: 'Lunch?\nsomeone@x.org\nTo ada@x.org' });
  });

  test('has an address for a missing name, and words for what is missing altogether', () => {
    expect(text(from(''), ada).title).toBe('someone@x.org');
    expect(text(from('', '', ''), ada)).toEqual({ title: 'Unknown sender', body: '(no subject)' });
  });

  test('takes mail as it is: what looks like a placeholder is none', () => {
    expect(text(from('{{count}}', '$t(app.name) {{x}}'), ada)).toEqual({
      title: '{{count}}',
      body: '$t(app.name) {{x}}\nsomeone@x.org',
    });
  });
});

describe('a summary', () => {
  test('has the number and the newest senders, each once', () => {
    const content = {
      kind: 'summary',
      tally: tally(['a', 'Old'], ['a', 'Linus'], ['a', 'Grace'], ['a', 'Grace']),
    } as const;
    expect(notificationText(content, words([ada]))).toEqual({
      title: '4 new messages',
      body: 'From Grace, Linus, and Old',
    });
  });

  test('names three senders and says that there are others', () => {
    const content = { kind: 'summary', tally: tally(['a', 'A'], ['a', 'B'], ['a', 'C'], ['a', 'D']) } as const;
    expect(notificationText(content, words([ada])).body).toBe('From D, C, B, and others');
  });

  test('names the accounts when there are several', () => {
    const one = { kind: 'summary', tally: tally(['b', 'A'], ['b', 'B']) } as const;
    expect(notificationText(one, words([ada, bob])).body).toBe('From B and A\nTo bob@y.org');
    const both = { kind: 'summary', tally: tally(['b', 'A'], ['a', 'B']) } as const;
    expect(notificationText(both, words([ada, bob])).body).toBe('From B and A\nTo ada@x.org and bob@y.org');
  });

  test('takes a sender that looks like a placeholder as it is', () => {
    const content = { kind: 'summary', tally: tally(['a', '$t(app.name)'], ['a', '{{senders}}']) } as const;
    expect(notificationText(content, words([ada])).body).toBe('From {{senders}} and $t(app.name)');
  });
});

describe('a digest', () => {
  test('says that it is about mail that came while the app was closed', () => {
    const content = { kind: 'digest', tally: tally(['a', 'Grace'], ['b', 'Linus']) } as const;
    expect(notificationText(content, words([ada, bob]))).toEqual({
      title: '2 new messages while you were away',
      body: 'From Linus and Grace\nTo ada@x.org and bob@y.org',
    });
  });

  test('of one mail is told by its sender and subject', () => {
    const content = { kind: 'digest', tally: tally(['a', 'Grace']) } as const;
    expect(notificationText(content, words([ada]))).toEqual({
      title: 'Grace',
      body: 'Lunch?\nsomeone@x.org\nCame while you were away',
    });
  });

  test('speaks Chinese', () => {
    const content = { kind: 'digest', tally: tally(['a', 'Grace'], ['b', 'Linus']) } as const;
    expect(notificationText(content, words([ada, bob], 'zh-CN'))).toEqual({
      title: '您不在时收到 2 封新邮件',
      body: '发件人：Linus和Grace\n收件帐户：ada@x.org和bob@y.org',
    });
  });
});

describe('whoever wants to show less of their mail', () => {
  const mail = { accountId: 'a', message: from('Grace', 'Biopsy result') } as const;
  const several = tally(['a', 'Grace'], ['b', 'Linus']);
  const contents = [
    { kind: 'message', mail },
    { kind: 'digest', tally: tallyOf('a', [mail.message]) },
    { kind: 'summary', tally: several },
    { kind: 'digest', tally: several },
  ] as const;
  const shown = (detail: NotificationWords['detail']) =>
    contents.map((content) => notificationText(content, { ...words([ada, bob]), detail }));

  test('sees the sender, and no subject', () => {
    expect(shown('sender-only')).toEqual([
      { title: 'Grace', body: '1 new message\nsomeone@x.org\nTo ada@x.org' },
      { title: 'Grace', body: 'Came while you were away\nsomeone@x.org\nTo ada@x.org' },
      { title: '2 new messages', body: 'From Linus and Grace\nTo ada@x.org and bob@y.org' },
      { title: '2 new messages while you were away', body: 'From Linus and Grace\nTo ada@x.org and bob@y.org' },
    ]);
  });

  test('sees only how many, and where', () => {
    expect(shown('count-only')).toEqual([
      { title: '1 new message', body: 'To ada@x.org' },
      { title: '1 new message', body: 'To ada@x.org\nCame while you were away' },
      { title: '2 new messages', body: 'To ada@x.org and bob@y.org' },
      { title: '2 new messages while you were away', body: 'To ada@x.org and bob@y.org' },
    ]);
  });
});
