import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ImapBench } from '../support/imap-bench.ts';
import { imapServerNames } from '../support/imap-server.ts';

interface ReadHeaders {
  readonly from: readonly { readonly name: string; readonly address?: string }[] | undefined;
  readonly subject: string | undefined;
}

const plain = [{ name: '', address: 'a@example.org' }];

const headers: readonly (readonly [what: string, lines: readonly string[], read: ReadHeaders])[] = [
  [
    'encoded words in several charsets, joined',
    [
      'From: =?UTF-8?Q?Zo=C3=AB?= =?UTF-8?B?546L?= <zoe@example.org>',
      'Subject: =?ISO-8859-1?Q?Gr=FC=DFe?= =?UTF-8?B?5YyX5Lqs?=',
    ],
    { from: [{ name: 'Zoë王', address: 'zoe@example.org' }], subject: 'Grüße北京' },
  ],
  [
    'a character cut in two by encoded words',
    ['From: a@example.org', 'Subject: =?utf-8?B?8J+O?= =?utf-8?B?iQ==?= party'],
    { from: plain, subject: '🎉 party' },
  ],
  [
    'Chinese and Russian of old',
    ['From: a@example.org', 'Subject: =?gb2312?B?u7bTrQ==?= =?koi8-r?B?8NLJ18XU?='],
    { from: plain, subject: '欢迎Привет' },
  ],
  [
    'quotes, commas and folding',
    ['From: "Doe, \\"J\\" John" <john@example.org>,', ' B <b@example.org>', 'Subject: "a" \\ b', ' and more'],
    {
      from: [
        { name: 'Doe, "J" John', address: 'john@example.org' },
        { name: 'B', address: 'b@example.org' },
      ],
      subject: '"a" \\ b and more',
    },
  ],
  [
    'bytes above ASCII, unencoded',
    ['From: Zoë <zoe@example.org>', 'Subject: Grüße 北京'],
    { from: [{ name: 'Zoë', address: 'zoe@example.org' }], subject: 'Grüße 北京' },
  ],
  [
    'a name in a comment',
    ['From: john@example.org (John Doe)', 'Subject: old'],
    { from: [{ name: 'John Doe', address: 'john@example.org' }], subject: 'old' },
  ],
  ['no sender and no subject', ['To: ada@contoso.example'], { from: undefined, subject: undefined }],
  ['an empty subject', ['From: a@example.org', 'Subject:'], { from: plain, subject: undefined }],
  ['names in any case', ['FROM: a@example.org', 'sUBJECT: x'], { from: plain, subject: 'x' }],
  [
    'a very long subject',
    ['From: a@example.org', `Subject: ${'x'.repeat(3000)}`],
    { from: plain, subject: 'x'.repeat(3000) },
  ],
];

describe.each(imapServerNames)('the headers that the %s tells', (name) => {
  let bench: ImapBench;

  beforeAll(async () => {
    bench = await ImapBench.start(name);
  });

  afterAll(async () => {
    await bench.dispose();
  });

  it('are what the sender wrote', async () => {
    const began = Math.floor(Date.now() / 1000) * 1000;
    for (const [, lines] of headers) await bench.deliver({ subject: '', raw: `${lines.join('\r\n')}\r\n\r\nHi\r\n` });
    const client = await bench.open('EXAMINE');
    const found = await client.fetchAll('1:*', { uid: true, envelope: true, internalDate: true }, { uid: true });
    expect(found).toHaveLength(headers.length);
    for (const [place, [what, , read]] of headers.entries()) {
      const message = found[place];
      expect({ from: message?.envelope?.from, subject: message?.envelope?.subject }, what).toEqual(read);
      const receivedAt = new Date(message?.internalDate ?? 0).getTime();
      expect(receivedAt).toBeGreaterThanOrEqual(began);
      expect(receivedAt).toBeLessThanOrEqual(Date.now());
    }
  });

  it('give the date that the sender wrote, in universal time', async () => {
    await bench.deliver({ subject: 'Dated', date: Date.UTC(2026, 1, 3, 4, 5, 6) });
    const client = await bench.open('EXAMINE');
    const message = await client.fetchOne('*', { envelope: true });
    expect(message !== false && message.envelope?.date).toEqual(new Date('2026-02-03T04:05:06Z'));
  });
});
