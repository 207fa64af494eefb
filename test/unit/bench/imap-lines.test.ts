import { describe, expect, it } from 'vitest';
import { existsCount, IdleFollower, LineSplitter } from '../../../scripts/bench/imap-lines.ts';

describe('the lines that pass a measuring proxy', () => {
  it('are the same however the bytes are cut', () => {
    const bytes = Buffer.from('* 12 EXISTS\r\n* 0 RECENT\r\n+ idling\r\n');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const splitter = new LineSplitter();
      const lines = [bytes.subarray(0, cut), bytes.subarray(cut)].flatMap((chunk) => splitter.feed(chunk));
      expect(lines).toEqual(['* 12 EXISTS', '* 0 RECENT', '+ idling']);
    }
  });

  it('are held back until they are whole', () => {
    expect(new LineSplitter().feed(Buffer.from('* 12 EXISTS\r'))).toEqual([]);
  });

  it.each([
    ['* 12 EXISTS', 12],
    ['* 0 EXISTS', 0],
    ['* 12 EXPUNGE', null],
    ['* 12 EXISTS, it said', null],
    ['a1 OK 12 EXISTS', null],
  ])('tell how many mails there are, or don’t: %s', (line, count) => {
    expect(existsCount(line)).toBe(count);
  });
});

describe('whether a client idles', () => {
  it('begins with the server’s consent and ends with DONE', () => {
    const idle = new IdleFollower();
    idle.server('+ not for this');
    expect(idle.isIdling).toBe(false);
    idle.client('a7 IDLE');
    expect(idle.isIdling).toBe(false);
    idle.server('* 3 EXISTS');
    expect(idle.isIdling).toBe(false);
    idle.server('+ idling');
    expect(idle.isIdling).toBe(true);
    idle.client('DONE');
    expect(idle.isIdling).toBe(false);
    idle.client('a8 UID FETCH 3:* (UID)');
    idle.server('+ late');
    expect(idle.isIdling).toBe(false);
  });
});
