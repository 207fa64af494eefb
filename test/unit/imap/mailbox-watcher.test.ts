import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailboxCursor } from '../../../electron/main/imap/mailbox-cursor.ts';
import { MailboxWatcher } from '../../../electron/main/imap/mailbox-watcher.ts';
import type { MailboxWatcherDeps, WatcherEvent } from '../../../electron/main/imap/watcher-types.ts';
import type { WatchFailure } from '../../../electron/main/imap/watch-failure.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { ScriptedImap } from '../../support/scripted-imap.ts';
import { TokenRefusal, unexpectedFailure } from '../../support/token-refusal.ts';

const minute = 60_000;
const refusedToken = { authenticationFailed: true, message: 'AUTHENTICATE failed.' };

/** What the watcher promises, on a virtual clock and a mailbox in memory. */
describe('MailboxWatcher', () => {
  let clock: FakeClock;
  let server: ScriptedImap;
  let events: WatcherEvent[];
  let cursor: MailboxCursor | null;
  let renewals: boolean[];
  let tokenFailure: WatchFailure | null;
  let watcher: MailboxWatcher;

  function deps(): MailboxWatcherDeps {
    return {
      openSession: server.open,
      endpoint: { host: 'imap.example', port: 993 },
      user: 'ada@example.org',
      mailbox: 'INBOX',
      loadCa: () => Promise.resolve(undefined),
      getToken: ({ renew }) => {
        renewals.push(renew);
        return tokenFailure === null
          ? Promise.resolve({ token: `token-${renewals.length}`, expiresAt: clock.now() + 65 * minute })
          : Promise.reject(new TokenRefusal(tokenFailure));
      },
      classifyTokenError: (error) => (error instanceof TokenRefusal ? error.failure : unexpectedFailure),
      cursor,
      saveCursor: (next) => {
        cursor = next;
      },
      onEvent: (event) => {
        events.push(event);
      },
      clock,
      random: () => 0.5,
      log: recordingLog(),
    };
  }

  const kinds = (): string[] => events.map((event) => event.kind);
  const last = (): WatcherEvent | undefined => events.at(-1);
  const told = (): string[] =>
    events.flatMap((event) => (event.kind === 'new-messages' ? event.messages.map((message) => message.subject) : []));

  beforeEach(() => {
    clock = new FakeClock();
    server = new ScriptedImap();
    events = [];
    cursor = null;
    renewals = [];
    tokenFailure = null;
    watcher = new MailboxWatcher(deps());
  });

  afterEach(async () => {
    await watcher.dispose();
    expect(clock.pending).toBe(0);
    expect(server.live.size).toBe(0);
  });

  it('counts what is there at the first look and tells none of it', async () => {
    server.deliver('old');
    watcher.start();
    await settle();
    expect(kinds()).toEqual(['connecting', 'new-messages', 'counted']);
    expect(told()).toEqual([]);
    expect(last()).toMatchObject({ unseen: 1 });
    expect(cursor).toEqual({ uidValidity: '7', lastUid: 1 });
  });

  it('tells a mail that arrives, then the new count', async () => {
    watcher.start();
    await settle();
    server.deliver('hello');
    await settle();
    expect(kinds().slice(3)).toEqual(['new-messages', 'counted']);
    expect(events[3]).toMatchObject({ origin: 'arrived' });
    expect(told()).toEqual(['hello']);
    expect(last()).toMatchObject({ unseen: 1 });
  });

  it('counts down when mail is read elsewhere, and tells nothing', async () => {
    const uid = server.deliver('old');
    watcher.start();
    await settle();
    server.markSeen(uid);
    await settle();
    expect(told()).toEqual([]);
    expect(last()).toMatchObject({ kind: 'counted', unseen: 0 });
  });

  it('does not announce mail that was read before it could be told', async () => {
    watcher.start();
    await settle();
    server.deliver('read on the phone', { seen: true });
    await settle();
    expect(told()).toEqual([]);
    expect(cursor).toMatchObject({ lastUid: 1 });
  });

  it('tells what came while it was closed as such, once', async () => {
    cursor = { uidValidity: '7', lastUid: 0 };
    server.deliver('while away');
    watcher = new MailboxWatcher(deps());
    watcher.start();
    await settle();
    expect(events.find((event) => event.kind === 'new-messages')).toMatchObject({ origin: 'while-away' });
    await watcher.dispose();
    events = [];
    watcher = new MailboxWatcher(deps());
    watcher.start();
    await settle();
    expect(told()).toEqual([]);
  });

  it.each([
    ['UIDVALIDITY changed', { uidValidity: '6', lastUid: 1 }],
    ['UIDNEXT went backwards', { uidValidity: '7', lastUid: 900 }],
  ])('tells nothing when %s', async (_, remembered) => {
    cursor = remembered;
    server.deliver('known under another number');
    server.deliver('another');
    watcher = new MailboxWatcher(deps());
    watcher.start();
    await settle();
    expect(told()).toEqual([]);
    expect(cursor).toEqual({ uidValidity: '7', lastUid: 2 });
  });

  it('connects again within 2 s when a session of 5 min is lost, and tells what came in the gap', async () => {
    watcher.start();
    await clock.advance(6 * minute);
    server.cut();
    server.deliver('in the gap');
    await clock.advance(2_000);
    expect(told()).toEqual(['in the gap']);
    expect(events.find((event) => event.kind === 'offline')).toBeUndefined();
  });

  it('backs off, growing, when logins are accepted and closed again and again', async () => {
    watcher.start();
    for (let second = 0; second < 3_600; second += 1) {
      await clock.advance(1_000);
      server.cut({ code: 'ECONNRESET' });
    }
    expect(server.logins).toBeLessThan(25);
    expect(server.mostLive).toBe(1);
  });

  it('is back within 10 s of the end of an outage', async () => {
    watcher.start();
    await settle();
    server.outcomes.push(...Array.from({ length: 40 }, () => ({ error: { code: 'ECONNREFUSED' } })));
    server.cut({ code: 'ECONNRESET' });
    await clock.advance(60_000);
    expect(last()).toMatchObject({ kind: 'offline', error: { code: 'network-unreachable' } });
    server.outcomes.length = 0;
    await clock.advance(10_000);
    expect(last()).toMatchObject({ kind: 'counted' });
  });

  it('renews a refused token once; refused again, it says so and goes easy on the server', async () => {
    server.outcomes.push({ error: refusedToken });
    watcher.start();
    await settle();
    expect(renewals).toEqual([false, true]);
    expect(last()).toMatchObject({ kind: 'counted' });

    server.outcomes.push({ error: refusedToken }, { error: refusedToken }, { error: refusedToken });
    server.cut({ code: 'ECONNRESET' });
    await clock.advance(9 * minute);
    expect(last()).toMatchObject({ kind: 'refused', error: { code: 'imap-sign-in-refused' } });
    expect(server.logins).toBe(4);
  });

  it.each([92_415, 5_000_000])('waits all of %d ms when throttled, whoever asks meanwhile', async (ms) => {
    const responseText = `Request is throttled. Suggested Backoff Time: ${ms} milliseconds`;
    server.outcomes.push({ error: { responseStatus: 'BAD', responseText } });
    watcher.start();
    await clock.advance(ms - 1);
    watcher.checkNow();
    await settle();
    expect(last()).toMatchObject({ kind: 'offline', error: { code: 'imap-throttled' } });
    expect(server.logins).toBe(1);
    await clock.advance(1);
    expect(server.logins).toBe(2);
  });

  it('waits at least 60 s when authenticated but not connected', async () => {
    server.outcomes.push({
      error: { responseText: 'User is authenticated but not connected.', responseStatus: 'BAD' },
    });
    watcher.start();
    await clock.advance(59_999);
    expect(last()).toMatchObject({ kind: 'refused', error: { code: 'imap-not-connected' } });
    expect(server.logins).toBe(1);
  });

  it('stops asking when only the person can go on', async () => {
    tokenFailure = { kind: 'needs-sign-in', error: { code: 'sign-in-expired', at: 0 } };
    watcher.start();
    await clock.advance(24 * 60 * minute);
    expect(last()).toMatchObject({ kind: 'needs-sign-in' });
    expect(renewals).toHaveLength(1);
  });

  it('tries at once when asked while waiting', async () => {
    server.outcomes.push({ error: { code: 'ENOTFOUND' } });
    watcher.start();
    await settle();
    expect(last()).toMatchObject({ kind: 'offline', error: { code: 'dns-failed' } });
    watcher.checkNow();
    await settle();
    expect(last()).toMatchObject({ kind: 'counted' });
  });

  it('takes a connection for dead that does not answer a check within 10 s', async () => {
    watcher.start();
    await settle();
    server.answering = false;
    watcher.checkNow();
    await clock.advance(9_999);
    expect(server.live.size).toBe(1);
    server.answering = true;
    server.deliver('missed');
    await clock.advance(3_000);
    expect(told()).toEqual(['missed']);
    expect(server.logins).toBe(2);
  });

  it('reconnects with a fresh token before the old one ends, without showing it', async () => {
    watcher.start();
    await clock.advance(64 * minute);
    expect(server.tokens).toEqual(['token-1', 'token-2']);
    expect(kinds().filter((kind) => kind !== 'counted')).toEqual(['connecting', 'new-messages']);
    expect(server.mostLive).toBe(1);
  });

  it('idles again when the IMAP library broke the IDLE to see whether the server is there', async () => {
    watcher.start();
    for (let probe = 0; probe < 5; probe += 1) {
      await clock.advance(minute);
      server.endIdle(true);
    }
    await settle();
    expect(server.idles).toBe(6);
    expect(server.counts).toBe(1);
  });

  it('asks again after 30 s when the server will not idle', async () => {
    watcher.start();
    await settle();
    server.endIdle(false);
    await clock.advance(29_999);
    expect(server.counts).toBe(1);
    await clock.advance(1);
    expect(server.counts).toBe(2);
  });

  it('recounts now and then in case an event was lost', async () => {
    watcher.start();
    await settle();
    server.deliver('unannounced', { silent: true });
    await clock.advance(11 * minute);
    expect(last()).toMatchObject({ kind: 'counted', unseen: 1 });
  });

  it('can be disposed of while the server hangs', async () => {
    server.outcomes.push('hang');
    watcher.start();
    await settle();
    await watcher.dispose();
    expect(kinds()).toEqual(['connecting']);
  });

  it('says what is wrong when the CA file cannot be read, and tries again', async () => {
    let readable = false;
    watcher = new MailboxWatcher({
      ...deps(),
      loadCa: () => (readable ? Promise.resolve([]) : Promise.reject(new Error('ENOENT: no such file'))),
    });
    watcher.start();
    await settle();
    expect(last()).toMatchObject({ kind: 'refused', error: { code: 'profile-invalid' } });
    readable = true;
    await clock.advance(minute);
    expect(last()).toMatchObject({ kind: 'counted' });
  });
});
