import { beforeEach, describe, expect, it } from 'vitest';
import { type MailboxCursor, maxOpen, maxRemembered } from '../../../electron/main/imap/mailbox-cursor.ts';
import { MailboxLedger } from '../../../electron/main/imap/mailbox-ledger.ts';

const uidValidity = '7';
const unread = (...uids: readonly number[]) => uids.map((uid) => ({ uid, seen: false }));
const uidsOf = (found: readonly { readonly uid: number }[]): readonly number[] => found.map(({ uid }) => uid);

describe('a mailbox ledger', () => {
  let kept: MailboxCursor | null;
  let saves: number;

  /** As a new run of the program finds it. */
  function open(uidNext: number): MailboxLedger {
    const ledger = new MailboxLedger(kept, (cursor) => {
      kept = cursor;
      saves += 1;
    });
    ledger.select({ uidValidity, uidNext });
    return ledger;
  }

  beforeEach(() => {
    kept = null;
    saves = 0;
  });

  it('keeps what it finds at the first look as no news, before anything is told', () => {
    open(11);
    expect(kept).toEqual({ uidValidity, lastUid: 10, settled: [] });
  });

  it('has what was found and not told found again by the next run, and only that', () => {
    const ledger = open(11);
    expect(uidsOf(ledger.take(unread(11, 12, 13)))).toEqual([11, 12, 13]);
    ledger.settle(uidValidity, [12]);
    expect(kept).toEqual({ uidValidity, lastUid: 10, settled: [12] });
    const next = open(14);
    expect(next.foundUpTo).toBe(10);
    expect(uidsOf(next.take(unread(11, 12, 13)))).toEqual([11, 13]);
    next.settle(uidValidity, [11, 13]);
    expect(kept).toEqual({ uidValidity, lastUid: 13, settled: [] });
  });

  it('finds nothing twice in one run, whatever the server repeats', () => {
    const ledger = open(11);
    ledger.take(unread(11));
    expect(ledger.take(unread(11))).toEqual([]);
    ledger.settle(uidValidity, [11]);
    expect(ledger.take(unread(10, 11))).toEqual([]);
  });

  it('finds a message once that is handed over twice, read by any of the two', () => {
    const ledger = open(11);
    expect(uidsOf(ledger.take(unread(11, 11)))).toEqual([11]);
    expect(ledger.take([...unread(12), { uid: 12, seen: true }])).toEqual([]);
    expect(ledger.take([{ uid: 13, seen: true }, ...unread(13)])).toEqual([]);
  });

  it('takes what was read before it could be told as settled', () => {
    const ledger = open(11);
    expect(ledger.take([{ uid: 11, seen: true }])).toEqual([]);
    expect(kept?.lastUid).toBe(11);
  });

  it('settles what is read elsewhere or gone while it waits', () => {
    const ledger = open(11);
    ledger.take(unread(11, 12));
    expect(ledger.inPlay()).toEqual([11, 12]);
    ledger.leave([11]);
    expect(kept?.lastUid).toBe(11);
    ledger.settle(uidValidity, [12]);
    expect(ledger.inPlay()).toEqual([12]);
    ledger.leave([12]);
    expect(ledger.inPlay()).toEqual([]);
  });

  it('opens again what was not told after all, for this run and the next', () => {
    const ledger = open(11);
    ledger.take(unread(11, 12));
    ledger.settle(uidValidity, [11, 12]);
    ledger.reopen(uidValidity, [11]);
    expect(kept).toEqual({ uidValidity, lastUid: 10, settled: [12] });
    expect(uidsOf(open(13).take(unread(11, 12)))).toEqual([11]);
  });

  it.each([
    ['UIDVALIDITY changed', { uidValidity: '8', uidNext: 30 }],
    ['UIDNEXT went backwards', { uidValidity, uidNext: 12 }],
  ])('starts anew without news when %s, and forgets what was open', (_, selected) => {
    const ledger = open(11);
    ledger.take(unread(11, 12));
    expect(ledger.select(selected)).toBe('rebuilt');
    expect(kept).toEqual({ uidValidity: selected.uidValidity, lastUid: selected.uidNext - 1, settled: [] });
    expect(ledger.inPlay()).toEqual([]);
    if (selected.uidValidity !== uidValidity) ledger.settle(uidValidity, [12]);
    expect(kept?.lastUid).toBe(selected.uidNext - 1);
  });

  it('goes on over a reconnect with what it knew', () => {
    const ledger = open(11);
    ledger.take(unread(11));
    expect(ledger.select({ uidValidity, uidNext: 12 })).toBe('continue');
    expect(ledger.take(unread(11))).toEqual([]);
  });

  it('saves only what changed', () => {
    const ledger = open(11);
    ledger.take(unread(11));
    expect(saves).toBe(1);
    ledger.settle(uidValidity, [11]);
    ledger.settle(uidValidity, [11]);
    ledger.select({ uidValidity, uidNext: 12 });
    expect(saves).toBe(2);
  });

  it('tells thousands that came at once, each once', () => {
    const many = Array.from({ length: 5 * maxRemembered }, (_, index) => 11 + index);
    const ledger = open(11);
    expect(ledger.take(unread(...many))).toHaveLength(many.length);
    expect(kept?.lastUid).toBe(10);
    ledger.settle(uidValidity, many);
    expect(kept).toEqual({ uidValidity, lastUid: 10 + many.length, settled: [] });
    expect(ledger.inPlay().length).toBeLessThanOrEqual(maxRemembered);
  });

  it('keeps the newest of what nobody could tell, in bounded memory, and asks of a bounded number', () => {
    const many = Array.from({ length: 20 * maxOpen }, (_, index) => 11 + index);
    const ledger = open(11);
    ledger.take(many.map((uid) => ({ uid, seen: false })));
    expect(ledger.inPlay()).toHaveLength(maxRemembered);
    expect(ledger.inPlay().at(-1)).toBe(many.at(-1));
    expect(kept?.lastUid).toBe(10 + 19 * maxOpen);
    expect(ledger.select({ uidValidity, uidNext: 11 + many.length })).toBe('continue');
  });

  it('keeps a bounded list when one of long ago was never told, and gives that one up', () => {
    const ledger = open(11);
    ledger.take(unread(11));
    for (let uid = 12; uid < 12 + 2 * maxRemembered; uid += 1) {
      ledger.take(unread(uid));
      ledger.settle(uidValidity, [uid]);
      expect(kept?.settled.length).toBeLessThanOrEqual(maxRemembered);
    }
    expect(ledger.inPlay()).not.toContain(11);
    expect(kept?.lastUid).toBe(11 + 2 * maxRemembered);
  });
});
