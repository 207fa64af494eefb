import { describe, expect, it } from 'vitest';
import { settle } from '../../support/fake-clock.ts';
import { minute, type WatchedMailbox, watchOneEach } from '../../support/watched-mailbox.ts';

const refusedToken = { authenticationFailed: true, message: 'AUTHENTICATE failed.' };

/** What the watcher does when server, network or token fail it. */
describe('MailboxWatcher in trouble', () => {
  let m: WatchedMailbox;

  watchOneEach((mailbox) => {
    m = mailbox;
  });

  it('connects again within 2 s when a session of 5 min is lost, and tells what came in the gap', async () => {
    m.watcher.start();
    await m.clock.advance(6 * minute);
    m.server.cut();
    m.server.deliver('in the gap');
    await m.clock.advance(2_000);
    expect(m.told()).toEqual(['in the gap']);
    expect(m.events.find((event) => event.kind === 'offline')).toBeUndefined();
  });

  it('backs off, growing, when logins are accepted and closed again and again', async () => {
    m.watcher.start();
    for (let second = 0; second < 3_600; second += 1) {
      await m.clock.advance(1_000);
      m.server.cut({ code: 'ECONNRESET' });
    }
    expect(m.server.logins).toBeLessThan(25);
    expect(m.server.mostLive).toBe(1);
  });

  it('is back within 10 s of the end of an outage', async () => {
    m.watcher.start();
    await settle();
    m.server.outcomes.push(...Array.from({ length: 40 }, () => ({ error: { code: 'ECONNREFUSED' } })));
    m.server.cut({ code: 'ECONNRESET' });
    await m.clock.advance(60_000);
    expect(m.last()).toMatchObject({ kind: 'offline', error: { code: 'network-unreachable' } });
    m.server.outcomes.length = 0;
    await m.clock.advance(10_000);
    expect(m.last()).toMatchObject({ kind: 'counted' });
  });

  it('is back soon after a second outage too, though the first was long', async () => {
    m.watcher.start();
    await settle();
    for (let outage = 0; outage < 3; outage += 1) {
      m.server.outcomes.push(...Array.from({ length: 400 }, () => ({ error: { code: 'ECONNREFUSED' } })));
      m.server.cut({ code: 'ECONNRESET' });
      await m.clock.advance(10 * minute);
      m.server.outcomes.length = 0;
      await m.clock.advance(10_000);
      expect(m.last()).toMatchObject({ kind: 'counted' });
    }
  });

  it('renews a refused token once; refused again, it says so and goes easy on the server', async () => {
    m.server.outcomes.push({ error: refusedToken });
    m.watcher.start();
    await settle();
    expect(m.renewals).toEqual([false, true]);
    expect(m.last()).toMatchObject({ kind: 'counted' });

    m.server.outcomes.push({ error: refusedToken }, { error: refusedToken }, { error: refusedToken });
    m.server.cut({ code: 'ECONNRESET' });
    await m.clock.advance(9 * minute);
    expect(m.last()).toMatchObject({ kind: 'refused', error: { code: 'imap-sign-in-refused' } });
    expect(m.server.logins).toBe(4);
  });

  it.each([92_415, 5_000_000])('waits all of %d ms when throttled, whoever asks meanwhile', async (ms) => {
    const responseText = `Request is throttled. Suggested Backoff Time: ${ms} milliseconds`;
    m.server.outcomes.push({ error: { responseStatus: 'BAD', responseText } });
    m.watcher.start();
    await m.clock.advance(ms - 1);
    m.watcher.checkNow();
    await settle();
    expect(m.last()).toMatchObject({ kind: 'offline', error: { code: 'imap-throttled' } });
    expect(m.server.logins).toBe(1);
    await m.clock.advance(1);
    expect(m.server.logins).toBe(2);
  });

  it('waits all of it also when a session of long standing is throttled', async () => {
    m.watcher.start();
    await m.clock.advance(6 * minute);
    m.server.cut({ responseText: 'Request is throttled. Suggested Backoff Time: 92415 milliseconds' });
    await m.clock.advance(92_414);
    expect(m.last()).toMatchObject({ kind: 'offline', error: { code: 'imap-throttled' } });
    expect(m.server.logins).toBe(1);
  });

  it('waits at least 60 s when authenticated but not connected', async () => {
    m.server.outcomes.push({
      error: { responseText: 'User is authenticated but not connected.', responseStatus: 'BAD' },
    });
    m.watcher.start();
    await m.clock.advance(59_999);
    expect(m.last()).toMatchObject({ kind: 'refused', error: { code: 'imap-not-connected' } });
    expect(m.server.logins).toBe(1);
  });

  it('stops asking when only the person can go on', async () => {
    m.tokenFailure = { kind: 'needs-sign-in', error: { code: 'sign-in-expired', at: 0 } };
    m.watcher.start();
    await m.clock.advance(24 * 60 * minute);
    expect(m.last()).toMatchObject({ kind: 'needs-sign-in' });
    expect(m.renewals).toHaveLength(1);
  });

  it('tries at once when asked while waiting', async () => {
    m.server.outcomes.push({ error: { code: 'ENOTFOUND' } });
    m.watcher.start();
    await settle();
    expect(m.last()).toMatchObject({ kind: 'offline', error: { code: 'dns-failed' } });
    m.watcher.checkNow();
    await settle();
    expect(m.last()).toMatchObject({ kind: 'counted' });
  });

  it('takes a connection for dead that does not answer a check within 10 s', async () => {
    m.watcher.start();
    await settle();
    m.server.answering = false;
    m.watcher.checkNow();
    await m.clock.advance(9_999);
    expect(m.server.live.size).toBe(1);
    m.server.answering = true;
    m.server.deliver('missed');
    await m.clock.advance(3_000);
    expect(m.told()).toEqual(['missed']);
    expect(m.server.logins).toBe(2);
  });

  it('leaves a slow connection alone that answers', async () => {
    m.watcher.start();
    await settle();
    m.server.latency = () =>
      new Promise((resolve) => {
        m.clock.setTimer(8_000, resolve);
      });
    m.watcher.checkNow();
    await m.clock.advance(20_000);
    expect(m.server.logins).toBe(1);
    expect(m.last()).toMatchObject({ kind: 'counted' });
  });

  it('can be disposed of while the server hangs', async () => {
    m.server.outcomes.push('hang');
    m.watcher.start();
    await settle();
    await m.watcher.dispose();
    expect(m.kinds()).toEqual(['connecting']);
  });

  it('says what is wrong when the CA file cannot be read, and tries again', async () => {
    let readable = false;
    m.startAnew({
      loadCa: () => (readable ? Promise.resolve([]) : Promise.reject(new Error('ENOENT: no such file'))),
    });
    await settle();
    expect(m.last()).toMatchObject({ kind: 'refused', error: { code: 'profile-invalid' } });
    readable = true;
    await m.clock.advance(minute);
    expect(m.last()).toMatchObject({ kind: 'counted' });
  });

  it('logs out and connects anew where another way to the server is in force, and misses nothing meanwhile', async () => {
    m.watcher.start();
    await m.clock.advance(minute);
    const [before] = m.server.live;
    m.server.deliver('on the way', { silent: true });
    m.watcher.reconnect();
    await settle();
    expect(m.server.logins).toBe(2);
    expect(m.server.live.size).toBe(1);
    expect(m.server.live).not.toContain(before);
    expect(m.told()).toEqual(['on the way']);
    expect(m.kinds()).not.toContain('offline');
  });

  it('tries another way at once, but not where the server asked to wait', async () => {
    m.server.outcomes.push({ error: { code: 'CERT_HAS_EXPIRED' } });
    m.watcher.start();
    await settle();
    m.watcher.reconnect();
    await settle();
    expect(m.last()).toMatchObject({ kind: 'counted' });
    const responseText = 'Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    m.server.outcomes.push({ error: { responseStatus: 'BAD', responseText } });
    m.server.cut({ code: 'ECONNRESET' });
    await m.clock.advance(20_000);
    const { logins } = m.server;
    m.watcher.reconnect();
    await m.clock.advance(60_000);
    expect(m.server.logins).toBe(logins);
  });
});
