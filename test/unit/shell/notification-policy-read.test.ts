import { describe, expect, test } from 'vitest';
import { burstQuietMs, digestWaitMs } from '../../../electron/main/shell/notification-policy.ts';
import { type NotificationEvent } from '../../../electron/main/shell/notification-state.ts';
import { arrived, batch, Run } from './policy-run.ts';

describe('mail that is read elsewhere', () => {
  const read = (accountId: string, ...uids: readonly number[]): NotificationEvent => ({
    kind: 'read',
    read: { accountId, mailbox: 'INBOX', uidValidity: '1', uids },
  });

  test('is withdrawn, and nothing else is', () => {
    const run = new Run();
    run.event(arrived(1, 2));
    run.event(batch('arrived', 'b', 1));
    expect(run.event(read('a', 1))).toEqual(['withdraw mail-1']);
    expect(run.event(read('a', 1, 99))).toEqual([]);
  });

  test('is another one under another UIDVALIDITY or in another mailbox', () => {
    const run = new Run();
    run.event(arrived(1));
    const other = { accountId: 'a', mailbox: 'INBOX', uidValidity: '2', uids: [1] };
    expect(run.event({ kind: 'read', read: other })).toEqual([]);
    expect(run.event({ kind: 'read', read: { ...other, uidValidity: '1', mailbox: 'Archive' } })).toEqual([]);
  });

  test('leaves a summary standing until all of it is read; the next mail is then told by itself', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4, 5));
    expect(run.event(read('a', 1, 2, 3, 4))).toEqual([]);
    expect(run.event(read('a', 5))).toEqual(['withdraw mail-1']);
    expect(run.event(arrived(6))).toEqual(['show mail-2 message 6']);
  });

  test('counts no longer towards a burst', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4));
    run.event(read('a', 1, 2, 3, 4));
    expect(run.event(arrived(5))).toEqual(['show mail-5 message 5']);
  });

  test('is not told any more where it waited', () => {
    const run = new Run();
    run.event(batch('while-away', 'a', 1, 2));
    run.event(read('a', 1));
    expect(run.pass(digestWaitMs)).toEqual(['show mail-1 digest of 1']);
    run.event(batch('while-away', 'b', 1));
    run.event(read('b', 1));
    expect(run.pass(60_000)).toEqual([]);
  });
});

describe('mail whose newest was read elsewhere', () => {
  const uids = Array.from({ length: 12 }, (_, index) => index + 1);
  const newest = { accountId: 'a', mailbox: 'INBOX', uidValidity: '1', uids: uids.slice(4) };

  test('is told all the same when the system had refused it', () => {
    const run = new Run();
    run.event(arrived(...uids));
    run.event({ kind: 'not-shown', id: 'mail-1' });
    run.event({ kind: 'read', read: newest });
    expect(run.event({ kind: 'service-back' })).toEqual(['show mail-2 summary of 4']);
  });

  test('is told all the same when the person saw the summary before it', () => {
    const run = new Run();
    run.event(arrived(101, 102, 103, 104, 105));
    run.event(arrived(...uids));
    run.event({ kind: 'read', read: newest });
    run.event({ kind: 'seen', id: 'mail-1' });
    expect(run.pass(60_000).concat(run.log.map(({ said }) => said))).toContain('show mail-2 summary of 4');
  });
});

describe('what the system refuses to show', () => {
  test('is told in one summary when notifications work again', () => {
    const run = new Run();
    run.event(arrived(1));
    run.event({ kind: 'not-shown', id: 'mail-1' });
    run.event(batch('arrived', 'b', 7));
    expect(run.log.at(-2)?.said).toBe('show mail-2 message 1');
    run.event({ kind: 'not-shown', id: 'mail-2' });
    run.event({ kind: 'not-shown', id: 'mail-3' });
    expect(run.event({ kind: 'service-back' })).toEqual(['show mail-4 summary of 2']);
    expect(run.event({ kind: 'service-back' })).toEqual([]);
  });

  test('is not told any more when it was read meanwhile', () => {
    const run = new Run();
    run.event(arrived(1));
    run.event({ kind: 'not-shown', id: 'mail-1' });
    const read = { accountId: 'a', mailbox: 'INBOX', uidValidity: '1', uids: [1] };
    run.event({ kind: 'read', read });
    expect(run.event({ kind: 'service-back' })).toEqual([]);
  });

  test('isn’t counted again by the burst that it came in', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4, 5));
    run.event({ kind: 'not-shown', id: 'mail-1' });
    expect(run.event({ kind: 'service-back' })).toEqual(['show mail-2 summary of 5']);
    expect(run.event(arrived(6))).toEqual(['show mail-3 message 6']);
  });

  test('isn’t counted again by the summary of what came after it', () => {
    const run = new Run();
    run.event(arrived(1));
    run.event({ kind: 'not-shown', id: 'mail-1' });
    expect(run.event(arrived(2))).toEqual(['show mail-2 message 1', 'show mail-3 message 2']);
    run.event(arrived(3, 4));
    expect(run.event(arrived(5, 6))).toContain('show mail-6 summary of 5');
  });
});

test('what stands is remembered in bounded memory', () => {
  const run = new Run();
  for (let uid = 1; uid <= 500; uid += 1) {
    run.event(arrived(uid));
    run.pass(burstQuietMs);
  }
  expect(run.state.standing.size).toBeLessThanOrEqual(100);
});
