import { describe, expect, it } from 'vitest';
import { settle } from '../../support/fake-clock.ts';
import { minute, type WatchedMailbox, watchOneEach } from '../../support/watched-mailbox.ts';

/** What the watcher promises while all is well, on a virtual clock and a mailbox in memory. */
describe('MailboxWatcher', () => {
  let m: WatchedMailbox;

  watchOneEach((mailbox) => {
    m = mailbox;
  });

  it('counts what is there at the first look and tells none of it', async () => {
    m.server.deliver('old');
    m.watcher.start();
    await settle();
    expect(m.kinds()).toEqual(['connecting', 'new-messages', 'counted']);
    expect(m.told()).toEqual([]);
    expect(m.last()).toMatchObject({ unseen: 1 });
    expect(m.cursor).toEqual({ uidValidity: '7', lastUid: 1, settled: [] });
  });

  it('tells a mail that arrives, then the new count', async () => {
    m.watcher.start();
    await settle();
    m.server.deliver('hello');
    await settle();
    expect(m.kinds().slice(3)).toEqual(['new-messages', 'counted']);
    expect(m.events[3]).toMatchObject({ origin: 'arrived' });
    expect(m.told()).toEqual(['hello']);
    expect(m.last()).toMatchObject({ unseen: 1 });
  });

  it('counts down when mail is read elsewhere, and tells nothing', async () => {
    const uid = m.server.deliver('old');
    m.watcher.start();
    await settle();
    m.server.markSeen(uid);
    await settle();
    expect(m.told()).toEqual([]);
    expect(m.last()).toMatchObject({ kind: 'counted', unseen: 0 });
  });

  it('does not announce mail that was read before it could be told', async () => {
    m.watcher.start();
    await settle();
    m.server.deliver('read on the phone', { seen: true });
    await settle();
    expect(m.told()).toEqual([]);
    expect(m.cursor).toMatchObject({ lastUid: 1 });
  });

  it('tells what came while it was closed as such, once', async () => {
    m.cursor = { uidValidity: '7', lastUid: 0, settled: [] };
    m.server.deliver('while away');
    m.startAnew();
    await settle();
    expect(m.events.find((event) => event.kind === 'new-messages')).toMatchObject({ origin: 'while-away' });
    await m.watcher.dispose();
    m.events = [];
    m.startAnew();
    await settle();
    expect(m.told()).toEqual([]);
  });

  it.each([
    ['UIDVALIDITY changed', { uidValidity: '6', lastUid: 1, settled: [] }],
    ['UIDNEXT went backwards', { uidValidity: '7', lastUid: 900, settled: [] }],
  ])('tells nothing when %s', async (_, remembered) => {
    m.cursor = remembered;
    m.server.deliver('known under another number');
    m.server.deliver('another');
    m.startAnew();
    await settle();
    expect(m.told()).toEqual([]);
    expect(m.cursor).toEqual({ uidValidity: '7', lastUid: 2, settled: [] });
  });

  it('reconnects with a fresh token before the old one ends, without showing it', async () => {
    m.watcher.start();
    await m.clock.advance(64 * minute);
    expect(m.server.tokens).toEqual(['token-1', 'token-2']);
    expect(m.kinds().filter((kind) => kind !== 'counted')).toEqual(['connecting', 'new-messages']);
    expect(m.server.mostLive).toBe(1);
  });

  it('idles again when the IMAP library broke the IDLE to see whether the server is there', async () => {
    m.watcher.start();
    for (let probe = 0; probe < 5; probe += 1) {
      await m.clock.advance(minute);
      m.server.endIdle(true);
    }
    await settle();
    expect(m.server.idles).toBe(6);
    expect(m.server.counts).toBe(1);
  });

  it('asks again after 30 s when the server will not idle', async () => {
    m.watcher.start();
    await settle();
    m.server.endIdle(false);
    await m.clock.advance(29_999);
    expect(m.server.counts).toBe(1);
    await m.clock.advance(1);
    expect(m.server.counts).toBe(2);
  });

  it('recounts now and then in case an event was lost', async () => {
    m.watcher.start();
    await settle();
    m.server.deliver('unannounced', { silent: true });
    await m.clock.advance(11 * minute);
    expect(m.last()).toMatchObject({ kind: 'counted', unseen: 1 });
  });
});
