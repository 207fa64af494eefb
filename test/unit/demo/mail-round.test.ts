import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { firstMailAfterMs, mailEveryMs, MailRound, readAfterMs } from '../../../scripts/demo/mail-round.ts';
import type { DeliveredMail } from '../../standin/imap/post-office.ts';
import { ada, lin, standinPeople } from '../../standin/people.ts';
import type { World } from '../../standin/world.ts';

/** What happened to a mailbox, and when: ms since the round began. */
interface Happening {
  readonly at: number;
  readonly address: string;
  readonly what: 'delivered' | 'read';
  readonly uid: number;
}

const watching = { state: 'selected', mailbox: 'INBOX', idling: true, frozen: false } as const;

/** The round looks for people who came every half second. */
const lookEveryMs = 500;

describe('the mail of the demo', () => {
  let happened: Happening[];
  let present: string[];
  let said: string[];
  let round: MailRound;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    happened = [];
    present = [];
    said = [];
    const note = (what: Happening['what'], address: string, uid: number): void => {
      happened.push({ at: performance.now(), address, what, uid });
    };
    const imap: Pick<World['imap'], 'deliver' | 'setFlags' | 'sessions'> = {
      deliver: (address: string, _mail: DeliveredMail) => {
        const uid = happened.length + 1;
        note('delivered', address, uid);
        return uid;
      },
      setFlags: (address, mailbox, uid, flags, on) => {
        expect([mailbox, flags, on]).toEqual(['INBOX', [String.raw`\Seen`], true]);
        note('read', address, uid);
      },
      sessions: () => present.map((address, id) => ({ id, address, ...watching })),
    };
    round = new MailRound({
      world: { imap: imap as World['imap'], people: standinPeople },
      tell: (line) => said.push(line),
    });
  });

  afterEach(() => {
    round.dispose();
    vi.useRealTimers();
  });

  const since = (what: Happening['what'], from = 0): number[] =>
    happened.filter((one) => one.what === what && one.at > from).map(({ at }) => at - from);

  it('promises what the demo’s page says', () => {
    expect([firstMailAfterMs, mailEveryMs, readAfterMs]).toEqual([5_000, 20_000, 8_000]);
  });

  it('finds something unread in each mailbox at the start', () => {
    expect(new Set(happened.map(({ address }) => address))).toEqual(
      new Set(standinPeople.map(({ address }) => address)),
    );
    expect(happened.every(({ at, what }) => at === 0 && what === 'delivered')).toBe(true);
  });

  it('brings nobody mail before somebody is signed in', () => {
    const before = happened.length;
    vi.advanceTimersByTime(10 * mailEveryMs);
    expect(happened).toHaveLength(before);
    expect(said).toEqual([]);
  });

  it('brings the first mail 5 s after a sign-in and then one every 20 s', () => {
    vi.advanceTimersByTime(60_000);
    present = [ada.address];
    vi.advanceTimersByTime(lookEveryMs);
    expect(said).toEqual([`signed in: ${ada.address}`]);
    const seenAt = performance.now();
    vi.advanceTimersByTime(firstMailAfterMs + 3 * mailEveryMs);
    expect(since('delivered', seenAt)).toEqual([5_000, 25_000, 45_000, 65_000]);
  });

  it('has every third mail read on another device 8 s later', () => {
    present = [ada.address];
    vi.advanceTimersByTime(lookEveryMs + firstMailAfterMs + 5 * mailEveryMs + readAfterMs);
    const mails = happened.filter(({ at, what }) => at > 0 && what === 'delivered');
    expect(mails).toHaveLength(6);
    const read = happened.filter(({ what }) => what === 'read');
    const expected = [mails[2], mails[5]].map((mail) => ({ ...mail, what: 'read', at: (mail?.at ?? 0) + 8_000 }));
    expect(read).toEqual(expected);
    expect(said.filter((line) => line.startsWith('read on another device by'))).toHaveLength(2);
  });

  it('takes turns between those who are signed in', () => {
    present = [ada.address, lin.address];
    vi.advanceTimersByTime(lookEveryMs + firstMailAfterMs + 3 * mailEveryMs);
    const turns = happened.filter(({ at, what }) => at > 0 && what === 'delivered').map(({ address }) => address);
    expect(turns).toEqual([ada.address, lin.address, ada.address, lin.address]);
  });

  it('does nothing more after its end', () => {
    present = [ada.address];
    // The third has come and isn't read yet.
    vi.advanceTimersByTime(lookEveryMs + firstMailAfterMs + 2 * mailEveryMs);
    const before = happened.length;
    round.dispose();
    vi.advanceTimersByTime(10 * mailEveryMs);
    expect(happened).toHaveLength(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});
