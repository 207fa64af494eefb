import { describe, expect, test } from 'vitest';
import type { NewMessage, NewMessages } from '../../../electron/main/imap/new-message.ts';
import {
  burstQuietMs,
  decide,
  digestWaitMs,
  initialNotificationState,
  summaryIntervalMs,
  type NotificationAction,
  type NotificationEvent,
  type NotificationState,
} from '../../../electron/main/shell/notification-policy.ts';
import { maxRecentUids } from '../../../electron/main/shell/notification-told.ts';

function message(uid: number, mailbox = 'INBOX', uidValidity = '1'): NewMessage {
  return {
    mailbox,
    uidValidity,
    uid,
    fromName: `Sender ${String(uid)}`,
    fromAddress: `${String(uid)}@x.org`,
    subject: `Subject ${String(uid)}`,
    receivedAt: 0,
  };
}

function batch(kind: NewMessages['kind'], accountId: string, ...uids: readonly number[]): NotificationEvent {
  return { kind: 'new-messages', batch: { kind, accountId, messages: uids.map((uid) => message(uid)) } };
}

const arrived = (...uids: readonly number[]): NotificationEvent => batch('arrived', 'a', ...uids);

/** The policy in virtual time: wakes itself as it asks to. */
class Run {
  now = 1_000_000;
  readonly log: { at: number; said: string; silent: boolean | null }[] = [];
  state: NotificationState = initialNotificationState;
  wakeAt: number | null = null;

  /** Hands an event in and gives back what is said in answer to it. */
  event(event: NotificationEvent): readonly string[] {
    const { state, actions, wakeAt } = decide(this.state, event, this.now);
    this.state = state;
    this.wakeAt = wakeAt;
    const said = actions.map(describeAction);
    for (const [index, action] of actions.entries()) {
      const silent = action.kind === 'show' ? action.silent : null;
      this.log.push({ at: this.now, said: said[index] ?? '', silent });
    }
    return said;
  }

  /** Lets time pass and gives back what is said meanwhile. */
  pass(ms: number): readonly string[] {
    const end = this.now + ms;
    const said: string[] = [];
    while (this.wakeAt !== null && this.wakeAt <= end) {
      this.now = Math.max(this.now, this.wakeAt);
      said.push(...this.event({ kind: 'wake' }));
    }
    this.now = end;
    return said;
  }
}

function describeAction(action: NotificationAction): string {
  if (action.kind === 'withdraw') return `withdraw ${action.id}`;
  const { content } = action;
  const what = content.kind === 'message' ? `message ${String(content.mail.message.uid)}` : countOf(content);
  return `${action.kind} ${action.id} ${what}`;
}

function countOf(content: { kind: string; tally: { count: number } }): string {
  return `${content.kind} of ${String(content.tally.count)}`;
}

describe('mail that arrives', () => {
  test('is told at once, each by itself, up to four; only the first sounds', () => {
    const run = new Run();
    expect(run.event(arrived(1))).toEqual(['show mail-1 message 1']);
    expect(run.event(arrived(2, 3))).toEqual(['show mail-2 message 2', 'show mail-3 message 3']);
    expect(run.event(arrived(4))).toEqual(['show mail-4 message 4']);
    expect(run.log.map(({ silent }) => silent)).toEqual([false, true, true, true]);
    expect(run.wakeAt).toBeNull();
  });

  test('is one summary from the fifth on, in place of the four', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4));
    expect(run.event(arrived(5))).toEqual([
      'withdraw mail-1',
      'withdraw mail-2',
      'withdraw mail-3',
      'withdraw mail-4',
      'show mail-5 summary of 5',
    ]);
    expect(run.log.at(-1)?.silent).toBe(true);
  });

  test('is a summary from the start when five come together, with a sound', () => {
    const run = new Run();
    expect(run.event(arrived(1, 2, 3, 4, 5, 6, 7))).toEqual(['show mail-1 summary of 7']);
    expect(run.log[0]?.silent).toBe(false);
  });

  test('changes the summary at most twice a second, and the last state is shown', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4, 5));
    run.now += 100;
    expect(run.event(arrived(6))).toEqual([]);
    expect(run.event(arrived(7, 8))).toEqual([]);
    expect(run.pass(summaryIntervalMs - 101)).toEqual([]);
    expect(run.pass(1)).toEqual(['replace mail-1 summary of 8']);
    expect(run.pass(60_000)).toEqual([]);
  });

  test('makes one burst of all accounts', () => {
    const run = new Run();
    run.event(batch('arrived', 'a', 1, 2, 3));
    expect(run.event(batch('arrived', 'b', 1, 2)).at(-1)).toBe('show mail-4 summary of 5');
  });

  test('begins a new burst after ten quiet seconds, with its sound', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4, 5));
    run.pass(burstQuietMs - 1);
    expect(run.event(arrived(6))).toEqual(['replace mail-1 summary of 6']);
    run.pass(burstQuietMs);
    expect(run.event(arrived(7))).toEqual(['show mail-2 message 7']);
    expect(run.log.at(-1)?.silent).toBe(false);
  });

  test('is not repeated in a summary that the person has seen', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4, 5));
    run.event({ kind: 'seen', id: 'mail-1' });
    expect(run.event(arrived(6))).toEqual(['show mail-2 message 6']);
  });

  test('is told though the summary was closed before it said so', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4, 5));
    run.now += 100;
    run.event(arrived(6));
    run.event(arrived(7));
    expect(run.event({ kind: 'seen', id: 'mail-1' })).toEqual(['show mail-2 message 6', 'show mail-3 message 7']);
  });

  test('does not withdraw what the person has closed already', () => {
    const run = new Run();
    run.event(arrived(1, 2, 3, 4));
    run.event({ kind: 'seen', id: 'mail-2' });
    expect(run.event(arrived(5))).not.toContain('withdraw mail-2');
  });
});

describe('mail that came while Tidings was closed', () => {
  test('is one digest as soon as every expected account has reported', () => {
    const run = new Run();
    run.event({ kind: 'first-looks-expected', accountIds: ['a', 'b', 'c'] });
    expect(run.event(batch('while-away', 'a', 1, 2))).toEqual([]);
    run.now += 300;
    expect(run.event(batch('while-away', 'b', 1))).toEqual([]);
    run.now += 300;
    expect(run.event(batch('while-away', 'c'))).toEqual(['show mail-1 digest of 3']);
    expect(run.pass(60_000)).toEqual([]);
  });

  test('waits no longer than two seconds for the slowest', () => {
    const run = new Run();
    run.event({ kind: 'first-looks-expected', accountIds: ['a', 'b'] });
    run.pass(30_000);
    run.event(batch('while-away', 'a', 1));
    expect(run.pass(digestWaitMs - 1)).toEqual([]);
    expect(run.pass(1)).toEqual(['show mail-1 digest of 1']);
    expect(run.event(batch('while-away', 'b', 1, 2))).toEqual(['show mail-2 digest of 2']);
  });

  test('is gathered for two seconds when nobody said whom to expect', () => {
    const run = new Run();
    run.event(batch('while-away', 'a', 1));
    run.pass(1_000);
    run.event(batch('while-away', 'b', 1));
    expect(run.pass(1_000)).toEqual(['show mail-1 digest of 2']);
  });

  test('says nothing when nothing came', () => {
    const run = new Run();
    run.event({ kind: 'first-looks-expected', accountIds: ['a'] });
    expect(run.event(batch('while-away', 'a'))).toEqual([]);
    expect(run.wakeAt).toBeNull();
  });

  test('is no part of a burst', () => {
    const run = new Run();
    run.event(batch('while-away', 'a', 1, 2, 3, 4));
    expect(run.event(arrived(5))).toEqual(['show mail-1 message 5']);
    expect(run.pass(digestWaitMs)).toEqual(['show mail-2 digest of 4']);
  });

  test('of a removed account is not told, and the others no longer wait for it', () => {
    const run = new Run();
    run.event({ kind: 'first-looks-expected', accountIds: ['a', 'b'] });
    run.event(batch('while-away', 'a', 1));
    expect(run.event({ kind: 'account-removed', accountId: 'b' })).toEqual(['show mail-1 digest of 1']);
    run.event(batch('while-away', 'c', 1));
    run.event({ kind: 'account-removed', accountId: 'c' });
    expect(run.pass(60_000)).toEqual([]);
  });
});

describe('a message', () => {
  test('is told once, however often it is reported', () => {
    const run = new Run();
    run.event(arrived(1, 1));
    expect(run.log).toHaveLength(1);
    expect(run.event(arrived(1))).toEqual([]);
    expect(run.event(batch('while-away', 'a', 1))).toEqual([]);
    expect(run.pass(60_000)).toEqual([]);
  });

  test('is another one in another account, mailbox or UIDVALIDITY', () => {
    const run = new Run();
    const of = (accountId: string, ...messages: readonly NewMessage[]): NotificationEvent => ({
      kind: 'new-messages',
      batch: { kind: 'arrived', accountId, messages },
    });
    run.event(of('a', message(1)));
    expect(run.event(of('b', message(1)))).toHaveLength(1);
    expect(run.event(of('a', message(1, 'Archive')))).toHaveLength(1);
    expect(run.event(of('a', message(1, 'INBOX', '2')))).toHaveLength(1);
  });

  test('is remembered in bounded memory, and still told once', () => {
    const run = new Run();
    const many = Array.from({ length: 5 * maxRecentUids }, (_, index) => index + 1);
    for (let at = 0; at < many.length; at += 250) run.event(arrived(...many.slice(at, at + 250)));
    run.pass(60_000);
    const remembered = [...run.state.told.values()].reduce((sum, { recent }) => sum + recent.size, 0);
    expect(remembered).toBe(maxRecentUids);
    expect(run.event(arrived(1, 2_500, 5_000))).toEqual([]);
    expect(run.event(arrived(5_001))).toHaveLength(1);
  });
});

test('a clock that is turned back holds nothing up', () => {
  const run = new Run();
  run.event(arrived(1, 2, 3, 4, 5));
  run.event(arrived(6));
  run.event(batch('while-away', 'b', 1));
  run.now -= 86_400_000;
  expect(run.event({ kind: 'wake' })).toEqual(['replace mail-1 summary of 6', 'show mail-2 digest of 1']);
  expect(run.wakeAt).toBeNull();
});
