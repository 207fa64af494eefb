import type { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ada, lin } from '../standin/people.ts';
import { asOtherClient, closed, ImapBench } from '../support/imap-bench.ts';
import { imapServerNames } from '../support/imap-server.ts';

/*
 * Known to differ, and so left open here: STORE and MOVE after EXAMINE (the stand-in says NO; Dovecot 2.3 says OK and
 * leaves the flags alone, but moves), \Recent (the stand-in has none), the order of STATUS items and LIST lines, which
 * of several Subject lines counts, and what stands for the part that an address lacks (Dovecot: MISSING_DOMAIN).
 */
describe.each(imapServerNames)('a mailbox at the %s', (name) => {
  let bench: ImapBench;

  beforeEach(async () => {
    bench = await ImapBench.start(name);
  });

  afterEach(async () => {
    await bench.dispose();
  });

  const unread = (client: ImapFlow) => client.search({ seen: false }, { uid: true });

  it('has Exchange’s mailboxes, "/" between their levels, and none that isn’t there', async () => {
    const client = await bench.signIn();
    const found = await client.list();
    expect(found.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['INBOX', 'Sent Items', 'Drafts', 'Deleted Items', 'Junk Email', 'Archive']),
    );
    expect(new Set(found.map(({ delimiter }) => delimiter))).toEqual(new Set(['/']));
    await expect(client.mailboxOpen('Nowhere', { readOnly: true })).rejects.toMatchObject({ responseStatus: 'NO' });
    expect(await client.mailboxOpen('INBOX', { readOnly: true })).toMatchObject({ path: 'INBOX', exists: 0 });
  });

  it('counts what is unread by SEARCH and by STATUS, for each person apart', async () => {
    await bench.deliver({ subject: 'One' }, { subject: 'Two' }, { subject: 'Three' });
    await bench.server.deliver(lin.address, { from: { address: 'bo@example.org' }, subject: 'Hers' });
    await asOtherClient(bench.world, ada, (client) => client.messageFlagsAdd('2', ['\\Seen'], { uid: true }));
    const client = await bench.signIn();
    expect(await client.mailboxOpen('INBOX', { readOnly: true })).toMatchObject({
      exists: 3,
      uidNext: 4,
      readOnly: true,
    });
    expect(await unread(client)).toEqual([1, 3]);
    expect(await client.status('INBOX', { unseen: true, messages: true, uidNext: true })).toMatchObject({
      unseen: 2,
      messages: 3,
      uidNext: 4,
    });
    const hers = await bench.signIn(lin);
    expect(await hers.status('INBOX', { unseen: true })).toMatchObject({ unseen: 1 });
  });

  it('changes nothing for a client that only looks (EXAMINE)', async () => {
    await bench.deliver({ subject: 'Look at me', text: 'Hello' });
    const client = await bench.open('EXAMINE');
    await client.messageFlagsAdd('1', ['\\Seen'], { uid: true });
    await client.fetchOne('1', { source: true, flags: true }, { uid: true });
    expect(await unread(client)).toEqual([1]);
    const other = await bench.open('SELECT');
    expect(await unread(other)).toEqual([1]);
  });

  it('answers SEARCH rightly after a NOOP, whatever another client did meanwhile', async () => {
    await bench.deliver({ subject: 'One' }, { subject: 'Two' }, { subject: 'Three' });
    const client = await bench.open('EXAMINE');
    expect(await unread(client)).toEqual([1, 2, 3]);
    const other = await bench.open('SELECT');
    await other.messageFlagsAdd('1', ['\\Seen'], { uid: true });
    await client.noop();
    expect(await unread(client)).toEqual([2, 3]);
    await other.messageFlagsRemove('1', ['\\Seen'], { uid: true });
    await other.messageDelete('2', { uid: true });
    await other.messageMove('3', 'Archive', { uid: true });
    await bench.deliver({ subject: 'Four' });
    await client.noop();
    expect(await unread(client)).toEqual([1, 4]);
    expect(client.mailbox !== false && client.mailbox.exists).toBe(2);
    expect(await client.status('Archive', { unseen: true, messages: true })).toMatchObject({ unseen: 1, messages: 1 });
  });

  it('moves, copies and deletes, and says where to', async () => {
    await bench.deliver({ subject: 'One' }, { subject: 'Two' }, { subject: 'Three' });
    const client = await bench.open('SELECT');
    const moved = await client.messageMove('2', 'Archive', { uid: true });
    expect(moved !== false && moved.uidMap).toEqual(new Map([[2, 1]]));
    const copied = await client.messageCopy('3', 'Archive', { uid: true });
    expect(copied !== false && copied.uidMap).toEqual(new Map([[3, 2]]));
    await client.messageDelete('1', { uid: true });
    expect(await client.search({ all: true }, { uid: true })).toEqual([3]);
    expect(await client.messageMove('3', 'Nowhere', { uid: true })).toBe(false);
    expect(await client.search({ all: true }, { uid: true })).toEqual([3]);
  });

  it('names messages by UIDs that stay, over reconnects, and never gives one twice', async () => {
    await bench.deliver({ subject: 'One' }, { subject: 'Two' });
    const first = await bench.signIn();
    const before = await first.mailboxOpen('INBOX');
    await first.messageDelete('2', { uid: true });
    await first.logout();
    await bench.deliver({ subject: 'Three' });
    const second = await bench.signIn();
    const after = await second.mailboxOpen('INBOX');
    expect(after).toMatchObject({ uidValidity: before.uidValidity, uidNext: 4, exists: 2 });
    expect(await second.search({ all: true }, { uid: true })).toEqual([1, 3]);
  });

  it('gives the last message for "n:*" also where its UID is below n', async () => {
    await bench.deliver({ subject: 'One' }, { subject: 'Two' });
    const client = await bench.open('EXAMINE');
    const found = await client.fetchAll('7:*', { uid: true, flags: true }, { uid: true });
    expect(found.map(({ uid }) => uid)).toEqual([2]);
    expect(found[0]?.flags?.has('\\Seen')).toBe(false);
  });

  it('cuts off with a BYE who has a mailbox open that gets a new UIDVALIDITY', async () => {
    await bench.deliver({ subject: 'One' });
    const client = await bench.signIn();
    const before = await client.mailboxOpen('INBOX', { readOnly: true });
    const end = closed(client);
    client.idle().catch(() => {});
    await bench.server.changeUidValidity(ada.address);
    await end;
    expect(client.byeReason).not.toBe(undefined);
    const again = await bench.signIn();
    expect((await again.mailboxOpen('INBOX')).uidValidity).toBeGreaterThan(before.uidValidity);
    expect(await unread(again)).toHaveLength(1);
  });
});
