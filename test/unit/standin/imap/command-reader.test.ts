import { describe, expect, it } from 'vitest';

import { CommandReader } from '../../../standin/imap/syntax/command-reader.ts';
import type { ReaderEvent } from '../../../standin/imap/syntax/command-reader.ts';

const limits = { line: 100, literal: 50 };

function read(...chunks: string[]): ReaderEvent[] {
  const reader = new CommandReader(limits);
  return chunks.flatMap((chunk) => reader.push(Buffer.from(chunk, 'latin1')));
}

describe('CommandReader', () => {
  it('gives each line without its end', () => {
    expect(read('a NOOP\r\nb CHECK\n\r\n')).toEqual([
      { kind: 'line', text: 'a NOOP' },
      { kind: 'line', text: 'b CHECK' },
      { kind: 'line', text: '' },
    ]);
  });

  it('asks for a literal and puts it in place, whatever is in it', () => {
    expect(read('a LOGIN {5}\r\n', 'x\r\n{9', ' {3+}\r\nab\n end\r\n')).toEqual([
      { kind: 'literal-awaited' },
      { kind: 'line', text: 'a LOGIN {5}\r\nx\r\n{9 {3+}\r\nab\n end' },
    ]);
  });

  it('says the same when the bytes come one by one', () => {
    const bytes = 'a X {3}\r\n{1}{2+}\r\n\r\n z\r\nb Y\r\n';
    expect(read(...bytes.split(''))).toEqual(read(bytes));
    expect(read(bytes)).toHaveLength(3);
  });

  it('takes an empty literal', () => {
    expect(read('a X {0}\r\n y\r\n')).toEqual([{ kind: 'literal-awaited' }, { kind: 'line', text: 'a X {0}\r\n y' }]);
  });

  it('refuses a literal beyond the limit before it is sent, and goes on', () => {
    expect(read('a X {51}\r\n', 'b NOOP\r\n')).toEqual([
      { kind: 'literal-refused', line: 'a X {51}' },
      { kind: 'line', text: 'b NOOP' },
    ]);
    expect(read('a X {30+}\r\n', 'x'.repeat(30), ' {30}\r\n')).toMatchObject([{ kind: 'literal-refused' }]);
  });

  it('gives up on what it can’t follow', () => {
    expect(read('a X {9999999999+}\r\n', 'b NOOP\r\n')).toEqual([{ kind: 'broken', reason: 'Literal too long' }]);
    expect(read('x'.repeat(60), 'x'.repeat(60), '\r\nb NOOP\r\n')).toEqual([
      { kind: 'broken', reason: 'Command line too long' },
    ]);
  });
});
