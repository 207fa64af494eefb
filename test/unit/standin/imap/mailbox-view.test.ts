import { describe, expect, it } from 'vitest';

import { Mailbox } from '../../../standin/imap/store/mailbox.ts';
import { MailboxView } from '../../../standin/imap/store/mailbox-view.ts';

const draft = { raw: Buffer.from(''), internalDate: 0, flags: new Set<string>() };
const seen = new Set(['\\Seen']);

function open(count: number): { mailbox: Mailbox; view: MailboxView; calls: string[] } {
  const mailbox = new Mailbox(1, true);
  mailbox.add(Array.from({ length: count }, () => draft));
  const calls: string[] = [];
  const view = new MailboxView(mailbox, 'INBOX', false, {
    changed: () => calls.push('changed'),
    voided: () => calls.push('voided'),
  });
  return { mailbox, view, calls };
}

describe('MailboxView', () => {
  it('tells expunges first, from the last to the first, then new mail once, then flags by their new numbers', () => {
    const { mailbox, view } = open(4);
    mailbox.setFlags(4, seen, null);
    mailbox.add([draft]);
    mailbox.remove(new Set([1, 3]));
    mailbox.add([draft]);
    expect(view.flush(true)).toEqual([
      { kind: 'expunge', sequence: 3 },
      { kind: 'expunge', sequence: 1 },
      { kind: 'exists', count: 4 },
      { kind: 'flags', sequence: 2, uid: 4, flags: seen },
    ]);
    expect(view.flush(true)).toEqual([]);
  });

  it('keeps numbers while expunges are held, and tells new mail all the same', () => {
    const { mailbox, view } = open(2);
    mailbox.remove(new Set([1]));
    mailbox.add([draft]);
    expect(view.flush(false)).toEqual([{ kind: 'exists', count: 3 }]);
    expect(view.messages.map(({ uid }) => uid)).toEqual([1, 2, 3]);
    expect(view.flush(true)).toEqual([{ kind: 'expunge', sequence: 1 }]);
  });

  it('never tells of a message that came and went in between', () => {
    const { mailbox, view } = open(1);
    mailbox.add([draft]);
    mailbox.remove(new Set([2]));
    expect(view.flush(true)).toEqual([]);
  });

  it('knows flags as they were told, and doesn’t tell of its own changes', () => {
    const { mailbox, view, calls } = open(2);
    const [first, second] = mailbox.messages;
    if (first === undefined || second === undefined) {
      throw new Error('No messages');
    }
    mailbox.setFlags(1, seen, null);
    expect(view.flagsOf(first).has('\\Seen')).toBe(false);
    view.setFlags(second, seen);
    expect(view.flagsOf(second).has('\\Seen')).toBe(true);
    expect(view.flush(true)).toEqual([{ kind: 'flags', sequence: 1, uid: 1, flags: seen }]);
    expect(calls).toEqual(['changed']);
  });

  it('is void when UIDs change their meaning, and hears nothing after its end', () => {
    const { mailbox, view, calls } = open(3);
    mailbox.remove(new Set([1]));
    mailbox.renumber(2);
    expect(mailbox.messages.map(({ uid }) => uid)).toEqual([1, 2]);
    mailbox.rewind(2);
    expect(mailbox.uidNext).toBe(2);
    expect(calls).toEqual(['changed', 'voided', 'voided']);
    view.dispose();
    mailbox.add([draft]);
    expect(calls).toHaveLength(3);
  });
});
