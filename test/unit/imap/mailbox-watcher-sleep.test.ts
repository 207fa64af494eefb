import { describe, expect, it } from 'vitest';
import { settle } from '../../support/fake-clock.ts';
import { minute, WatchedMailbox, watchOneEach } from '../../support/watched-mailbox.ts';

/** What the watcher does when the machine sleeps, wakes, or changes its network. */
describe('MailboxWatcher and the machine', () => {
  let m: WatchedMailbox;

  watchOneEach((mailbox) => {
    m = mailbox;
  });

  it('logs out before a sleep, stays away however long, and is back at once after it', async () => {
    m.watcher.start();
    await settle();
    await m.watcher.suspend();
    await settle();
    expect([m.server.live.size, m.clock.pending, m.watcher.state]).toEqual([0, 0, 'asleep']);
    m.watcher.checkNow();
    m.watcher.networkChanged();
    m.clock.setForward(8 * 60 * minute);
    await m.clock.advance(minute);
    expect(m.server.logins).toBe(1);
    m.watcher.resume();
    await settle();
    expect(m.last()).toMatchObject({ kind: 'counted' });
    expect(m.server.logins).toBe(2);
  });

  it('does not distrust the token after a sleep because another one was refused before it', async () => {
    m.server.outcomes.push({ error: { authenticationFailed: true } });
    m.watcher.start();
    await settle();
    expect(m.renewals).toEqual([false, true]);
    await m.watcher.suspend();
    m.watcher.resume();
    await settle();
    expect(m.renewals).toEqual([false, true, false]);
    expect(m.last()).toMatchObject({ kind: 'counted' });
  });

  it('tells what came in a long sleep as a digest, in a short one as it is', async () => {
    m.watcher.start();
    await settle();
    for (const [slept, origin] of [
      [10 * minute, 'arrived'],
      [31 * minute, 'while-away'],
    ] as const) {
      await m.watcher.suspend();
      m.clock.setForward(slept);
      m.server.deliver(`after ${slept}`);
      m.watcher.resume();
      await settle();
      expect(m.events.findLast((event) => event.kind === 'new-messages')).toMatchObject({ origin });
    }
    expect(m.told()).toHaveLength(2);
  });

  it('reports a look after half an hour without a connection, also when nothing came', async () => {
    m.watcher.start();
    await settle();
    m.server.outcomes.push(...Array.from({ length: 400 }, () => ({ error: { code: 'ENETUNREACH' } })));
    m.server.cut({ code: 'ECONNRESET' });
    await m.clock.advance(31 * minute);
    m.server.outcomes.length = 0;
    await m.clock.advance(minute);
    expect(m.events.findLast((event) => event.kind === 'new-messages')).toMatchObject({
      origin: 'while-away',
      messages: [],
    });
  });

  it.each(['connecting', 'waiting'] as const)(
    'leaves the server alone when it falls asleep while %s',
    async (state) => {
      m.server.outcomes.push(state === 'connecting' ? 'hang' : { error: { code: 'ENOTFOUND' } });
      m.watcher.start();
      await settle();
      expect(m.watcher.state).toBe(state);
      await m.watcher.suspend();
      await m.clock.advance(60 * minute);
      expect([m.server.logins, m.clock.pending]).toEqual([1, 0]);
      m.watcher.resume();
      await settle();
      expect(m.last()).toMatchObject({ kind: 'counted' });
    },
  );

  it('asks the open connection when a sleep was not announced, and takes it for dead after 5 s', async () => {
    m.watcher.start();
    await settle();
    m.server.answering = false;
    m.server.deliver('while asleep', { silent: true });
    m.watcher.resume();
    await m.clock.advance(4_999);
    expect(m.server.live.size).toBe(1);
    m.server.answering = true;
    await m.clock.advance(2_000);
    expect(m.told()).toEqual(['while asleep']);
  });

  it('renews a token that ran out in an unannounced sleep, though its timer stood still', async () => {
    m.watcher.start();
    await settle();
    m.clock.setForward(3 * 60 * minute);
    m.watcher.resume();
    await m.clock.advance(2 * minute);
    expect(m.server.tokens).toEqual(['token-1', 'token-2']);
  });

  it('can be ended while asleep', async () => {
    m.watcher.start();
    await settle();
    await m.watcher.suspend();
    await m.watcher.dispose();
    m.watcher.resume();
    await settle();
    expect(m.server.logins).toBe(1);
  });

  it('asks the open connection when the network changes', async () => {
    m.watcher.start();
    await settle();
    m.watcher.networkChanged();
    await settle();
    expect(m.server.counts).toBe(2);
  });

  it('tries again when the network is back, though the wait were longer', async () => {
    m.online = false;
    m.server.outcomes.push(...Array.from({ length: 12 }, () => ({ error: { code: 'ENETUNREACH' } })));
    m.watcher.start();
    await m.clock.advance(4 * minute);
    const { logins } = m.server;
    m.server.outcomes.length = 0;
    expect(m.last()).toMatchObject({ kind: 'offline' });
    m.watcher.networkChanged();
    await m.clock.advance(10_000);
    expect(m.server.logins).toBe(logins + 1);
    expect(m.last()).toMatchObject({ kind: 'counted' });
  });

  it('tries no more than six times a minute, however often the network comes and goes', async () => {
    m.server.outcomes.push(...Array.from({ length: 1_000 }, () => ({ error: { code: 'ECONNREFUSED' } })));
    m.online = false;
    m.watcher.start();
    await m.clock.advance(10 * minute);
    const { logins } = m.server;
    for (let flap = 0; flap < 600; flap += 1) {
      m.watcher.networkChanged();
      await m.clock.advance(1_000);
    }
    expect(m.server.logins - logins).toBeLessThanOrEqual(61);
  });

  it('does not hurry where the server asked to wait', async () => {
    const responseText = 'Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    m.server.outcomes.push({ error: { responseStatus: 'BAD', responseText } });
    m.watcher.start();
    await settle();
    m.watcher.networkChanged();
    await m.clock.advance(92_414);
    expect(m.server.logins).toBe(1);
  });

  it('waits all that the server asked for though the machine sleeps meanwhile, the sleep counted', async () => {
    const responseText = 'Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    m.server.outcomes.push({ error: { responseStatus: 'BAD', responseText } });
    m.watcher.start();
    await m.clock.advance(20_000);
    for (let nap = 0; nap < 3; nap += 1) {
      await m.watcher.suspend();
      m.clock.setForward(10_000);
      m.watcher.resume();
      await m.clock.advance(10_000);
    }
    expect(m.server.logins).toBe(1);
    await m.clock.advance(12_414);
    expect(m.server.logins).toBe(1);
    await m.clock.advance(1);
    expect(m.server.logins).toBe(2);
  });

  it('does not present a refused token again after each sleep', async () => {
    const refusedToken = { authenticationFailed: true, message: 'AUTHENTICATE failed.' };
    m.server.outcomes.push({ error: refusedToken }, { error: refusedToken }, { error: refusedToken });
    m.watcher.start();
    await settle();
    expect(m.renewals).toEqual([false, true]);
    await m.watcher.suspend();
    m.watcher.resume();
    await settle();
    expect(m.renewals).toEqual([false, true, true]);
  });

  it('gives an attempt up that hangs on the network that is gone', async () => {
    m.server.outcomes.push('hang');
    m.watcher.start();
    await m.clock.advance(3_000);
    m.watcher.networkChanged();
    await m.clock.advance(6_999);
    expect(m.server.logins).toBe(1);
    await m.clock.advance(1);
    expect(m.last()).toMatchObject({ kind: 'counted' });
  });

  it('leaves an attempt alone that got through though the network changed meanwhile', async () => {
    m.server.latency = () =>
      new Promise((resolve) => {
        m.clock.setTimer(2_000, resolve);
      });
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    m.startAnew({
      openSession: async (options) => {
        await opened;
        return m.server.open(options);
      },
    });
    await m.clock.advance(1_000);
    m.watcher.networkChanged();
    open();
    await m.clock.advance(60_000);
    expect(m.server.logins).toBe(1);
    expect(m.last()).toMatchObject({ kind: 'counted' });
  });

  it('keeps its timers right when the clock is set a day forward or back', async () => {
    for (const day of [1, -2, 1]) {
      m.startAnew();
      await settle();
      m.clock.setForward(day * 24 * 60 * minute);
      m.server.cut({ code: 'ECONNRESET' });
      // Not stable yet: the wall clock alone would say so.
      await settle();
      expect(m.last()).toMatchObject({ kind: 'offline' });
      await m.clock.advance(6 * minute);
      m.server.cut({ code: 'ECONNRESET' });
      await m.clock.advance(2_000);
      expect(m.last()).toMatchObject({ kind: 'counted' });
      await m.watcher.dispose();
    }
  });
});

describe('MailboxWatcher and what others read', () => {
  it('says what was read elsewhere or is gone of what it told, once', async () => {
    const m = new WatchedMailbox();
    m.watcher.start();
    await settle();
    const uid = m.server.deliver('one');
    m.server.deliver('two');
    await settle();
    m.server.markSeen(uid);
    await settle();
    m.server.markSeen(uid);
    await settle();
    expect(m.events.filter(({ kind }) => kind === 'read')).toEqual([
      { kind: 'read', mailbox: 'INBOX', uidValidity: '7', uids: [uid] },
    ]);
    await m.watcher.dispose();
  });

  it('finds again what was not told when the program ended', async () => {
    const m = new WatchedMailbox();
    m.watcher.start();
    await settle();
    m.tells = false;
    m.server.deliver('one');
    await settle();
    await m.watcher.dispose();
    m.events = [];
    m.tells = true;
    m.startAnew();
    await settle();
    expect(m.told()).toEqual(['one']);
    await m.watcher.dispose();
  });
});
