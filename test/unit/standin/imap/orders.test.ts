import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { EventLog } from '../../../standin/imap/event-log.ts';
import { exchangeFaults, FaultBook } from '../../../standin/imap/faults.ts';
import { startFakeSession } from './fake-session.ts';

describe('FaultBook', () => {
  it('gives a fault as often as ordered, to those it’s ordered for', () => {
    const changed = vi.fn<() => void>();
    const book = new FaultBook(changed);
    book.order(exchangeFaults.selectRefused(), { times: 2, address: 'Ada@x.example' });
    expect(book.take('answer', 'lin@x.example')).toBe(null);
    expect(book.take('answer', 'ada@x.example', ({ command }) => command === 'EXAMINE')).toBe(null);
    expect(book.holds('answer', 'ada@x.example')).toBe(true);
    expect(book.take('answer', 'ada@x.example')).toMatchObject({ status: 'NO' });
    expect(book.take('answer', 'ADA@x.example')).toMatchObject({ status: 'NO' });
    expect(book.take('answer', 'ada@x.example')).toBe(null);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('keeps several in force until they are cleared, each by itself or all', () => {
    const book = new FaultBook(() => {});
    const clear = book.order({ kind: 'hold-pushes' });
    book.order({ kind: 'end-at-expiry' });
    clear();
    expect([book.holds('hold-pushes', null), book.holds('end-at-expiry', null)]).toEqual([false, true]);
    book.clear();
    expect(book.holds('end-at-expiry', null)).toBe(false);
  });
});

describe('EventLog', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('finds what was and what will be, after a mark', async () => {
    const log = new EventLog();
    log.record(1, null, { kind: 'connected' });
    expect(await log.waitFor(({ kind }) => kind === 'connected')).toMatchObject({ session: 1, number: 1 });
    const later = log.waitFor(({ kind }) => kind === 'connected', log.mark);
    log.record(2, null, { kind: 'connected' });
    expect(await later).toMatchObject({ session: 2 });
    const met = log.waitUntil(() => log.counts.connections === 3);
    log.record(3, null, { kind: 'connected' });
    await met;
  });

  it('says what it saw instead, and gives up when it’s disposed of', async () => {
    const log = new EventLog();
    log.record(7, null, { kind: 'login' });
    const late = expect(log.waitFor(() => false, 0, 500)).rejects.toThrow('within 500 ms; last events: login#7');
    vi.advanceTimersByTime(500);
    await late;
    const waiting = expect(log.waitUntil(() => false)).rejects.toThrow('disposed');
    log.dispose();
    await waiting;
  });

  it('forgets old events but counts all', () => {
    const log = new EventLog();
    for (let time = 0; time < 50_000; time += 1) {
      log.record(1, null, { kind: 'command', name: 'NOOP' });
    }
    expect(log.since().length).toBeLessThanOrEqual(40_000);
    expect(log.counts.commands.get('NOOP')).toBe(50_000);
    expect(log.since(49_999)).toMatchObject([{ number: 50_000 }]);
  });
});

describe('the end of a token', () => {
  it.each([
    ['by itself where that is ordered', true, 'fin'],
    ['not at all where it isn’t', false, 'open'],
  ] as const)('ends an idling session %s', async (_how, ordered, outcome) => {
    vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const session = startFakeSession({ tokenEndsAt: 60_000 });
    try {
      await session.say('a SELECT INBOX\r\nb IDLE\r\n');
      if (ordered) {
        session.faults.order({ kind: 'end-at-expiry' });
      }
      vi.advanceTimersByTime(59_999);
      expect(session.ended()).toBe('open');
      vi.advanceTimersByTime(1);
      expect(session.ended()).toBe(outcome);
    } finally {
      vi.useRealTimers();
    }
  });
});
