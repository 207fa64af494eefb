import { once } from 'node:events';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ada, startScene } from './standin-imap-scene.ts';
import type { Scene } from './standin-imap-scene.ts';

const sender = { name: 'Grace Hopper', address: 'grace@contoso.example' };
let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
});

afterEach(async () => {
  expect(scene.imap.events.since().filter(({ kind }) => kind === 'failed')).toEqual([]);
  await scene.dispose();
});

/** What goes beyond imap-server-*.test.ts, which hold the stand-in to what a real server does. */
describe('the mailbox as imapflow sees it', () => {
  it('tells senders, subjects and bodies in any language', async () => {
    const subject = 'Grüße aus 北京 — “Überraschung” 🎉, eine ziemlich lange Betreffzeile, die gefaltet wird';
    scene.imap.deliver(ada, {
      from: { name: '林薇, "Lin"', address: 'lin@fabrikam.example' },
      subject,
      text: 'Schöne Grüße\r\n',
      html: '<p>Schöne Grüße</p>',
      date: Date.UTC(2026, 10, 3, 4, 5, 6),
    });
    const client = await scene.signedIn(ada);
    await client.mailboxOpen('INBOX');
    const message = await client.fetchOne('1', { envelope: true, bodyStructure: true, internalDate: true, size: true });
    if (message === false) {
      throw new Error('No message');
    }
    expect(message.envelope?.subject).toBe(subject);
    expect(message.envelope?.from).toEqual([{ name: '林薇, "Lin"', address: 'lin@fabrikam.example' }]);
    expect(message.envelope?.date).toEqual(new Date('2026-11-03T04:05:06Z'));
    expect(message.internalDate).toEqual(new Date('2026-11-03T04:05:06Z'));
    expect(message.bodyStructure?.type).toBe('multipart/alternative');
    expect(message.bodyStructure?.childNodes?.map(({ type }) => type)).toEqual(['text/plain', 'text/html']);
    const { content } = await client.download('1', '1');
    expect((await content?.toArray())?.join('')).toBe('Schöne Grüße\r\n');
    expect(await client.search({ subject: 'überraschung' })).toEqual([1]);
    expect(await client.search({ subject: 'missing 京' })).toEqual([]);
    expect(await client.search({ from: '林薇' })).toEqual([1]);
    expect(await client.search({ body: 'SCHÖNE' })).toEqual([1]);
  });

  it('takes appends as literals and gives them back byte for byte', async () => {
    const client = await scene.signedIn(ada);
    const source = `From: a@b.example\r\nSubject: {5}\r\n\r\n${'x'.repeat(200_000)}\r\n`;
    const done = await client.append('Drafts', source, ['\\Draft', '$Custom'], new Date('2026-01-02T03:04:05Z'));
    expect(done).toMatchObject({ destination: 'Drafts', uid: 1 });
    await client.mailboxOpen('Drafts');
    const message = await client.fetchOne('1', { source: true, flags: true, internalDate: true });
    expect(message !== false && message.source?.toString()).toBe(source);
    expect(message !== false && [...(message.flags ?? [])]).toEqual(['\\Draft', '$Custom']);
    expect(message !== false && message.internalDate).toEqual(new Date('2026-01-02T03:04:05Z'));
    await expect(client.append('Nowhere', source)).rejects.toMatchObject({ serverResponseCode: 'TRYCREATE' });
  });

  it('moves, copies, deletes, and makes mailboxes', async () => {
    for (const subject of ['One', 'Two', 'Three']) {
      scene.imap.deliver(ada, { from: sender, subject });
    }
    const client = await scene.signedIn(ada);
    await client.mailboxCreate('Büro/2026');
    expect((await client.list()).map(({ path }) => path)).toContain('Büro/2026');
    await client.mailboxOpen('INBOX');
    const moved = await client.messageMove('1', 'Büro/2026', { uid: true });
    expect(moved !== false && moved.uidMap).toEqual(new Map([[1, 1]]));
    const copied = await client.messageCopy('2:3', 'Archive', { uid: true });
    expect(copied !== false && copied.uidMap).toEqual(
      new Map([
        [2, 1],
        [3, 2],
      ]),
    );
    await client.messageDelete('3', { uid: true });
    expect(scene.imap.messages(ada).map(({ uid }) => uid)).toEqual([2]);
    expect(scene.imap.messages(ada, 'Archive')).toHaveLength(2);
    expect(client.mailbox !== false && client.mailbox.exists).toBe(1);
  });
});

describe('pushing', () => {
  it('tells an idling client of new mail, flags and expunges at once', async () => {
    scene.imap.deliver(ada, { from: sender, subject: 'There before' });
    const client = await scene.signedIn(ada);
    await client.mailboxOpen('INBOX');
    const idle = client.idle();
    await scene.imap.events.waitUntil(() => scene.imap.sessions().some(({ idling }) => idling));

    const exists = once(client, 'exists');
    const uid = scene.imap.deliver(ada, { from: sender, subject: 'New' });
    expect(await exists).toMatchObject([{ path: 'INBOX', count: 2, prevCount: 1 }]);
    expect(scene.imap.existsSentAt(ada)).toHaveLength(1);

    const flags = once(client, 'flags');
    scene.imap.setFlags(ada, 'INBOX', uid, ['\\Seen'], true);
    expect(await flags).toMatchObject([{ path: 'INBOX', seq: 2, flags: new Set(['\\Seen']) }]);

    const expunge = once(client, 'expunge');
    scene.imap.expunge(ada, 'INBOX', 1);
    expect(await expunge).toMatchObject([{ path: 'INBOX', seq: 1 }]);

    await client.noop();
    await idle;
    expect(scene.imap.sessions()).toMatchObject([{ address: ada, mailbox: 'INBOX', idling: false }]);
  });

  it('tells a client that doesn’t idle with NOOP, and till then answers as the client knows it', async () => {
    scene.imap.deliver(ada, { from: sender, subject: 'One' });
    const raw = await scene.rawSignedIn(ada);
    await raw.command('SELECT INBOX');
    scene.imap.setFlags(ada, 'INBOX', 1, ['\\Seen'], true);
    scene.imap.deliver(ada, { from: sender, subject: 'Two' });
    expect(await raw.command('UID SEARCH UNSEEN')).toEqual([
      '* SEARCH 1',
      '* 2 EXISTS',
      '* 1 FETCH (UID 1 FLAGS (\\Seen))',
      'r3 OK SEARCH completed.',
    ]);
    expect((await raw.command('UID SEARCH UNSEEN'))[0]).toBe('* SEARCH 2');
  });

  it('keeps sequence numbers where they are during FETCH, STORE and SEARCH', async () => {
    for (const subject of ['One', 'Two', 'Three']) {
      scene.imap.deliver(ada, { from: sender, subject });
    }
    const raw = await scene.rawSignedIn(ada);
    await raw.command('SELECT INBOX');
    scene.imap.expunge(ada, 'INBOX', 1);
    expect(await raw.command('FETCH 2 UID')).toEqual(['* 2 FETCH (UID 2)', 'r3 OK FETCH completed.']);
    expect(await raw.command('FETCH 1 UID')).toEqual(['r4 NO Some of the requested messages no longer exist.']);
    expect(await raw.command('SEARCH ALL')).toEqual(['* SEARCH 2 3', 'r5 OK SEARCH completed.']);
    expect(await raw.command('NOOP')).toEqual(['* 1 EXPUNGE', 'r6 OK NOOP completed.']);
    expect(await raw.command('FETCH 1 UID')).toEqual(['* 1 FETCH (UID 2)', 'r7 OK FETCH completed.']);
  });

  it('counts a million unread without a million texts', async () => {
    scene.imap.setCapabilities(['IMAP4rev1', 'SASL-IR', 'IDLE', 'ESEARCH']);
    scene.imap.deliverMany(ada, 1_000_000, { from: sender, subject: 'Again' });
    const raw = await scene.rawSignedIn(ada);
    await raw.command('EXAMINE INBOX');
    expect((await raw.command('UID SEARCH RETURN (COUNT) UNSEEN'))[0]).toBe('* ESEARCH (TAG "r3") UID COUNT 1000000');
  });
});
