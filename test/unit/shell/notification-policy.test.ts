import { describe, expect, test } from 'vitest';
import {
  burstQuietMs,
  digestGrowsMs,
  digestWaitMs,
  summaryIntervalMs,
} from '../../../electron/main/shell/notification-policy.ts';
import { arrived, batch, Run } from './policy-run.ts';

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
      'show mail-5 summary of 5',
      'withdraw mail-1',
      'withdraw mail-2',
      'withdraw mail-3',
      'withdraw mail-4',
    ]);
    expect(run.log.at(-5)?.silent).toBe(true);
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
    expect(run.event(batch('arrived', 'b', 1, 2))[0]).toBe('show mail-4 summary of 5');
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

describe('mail that came while nobody watched', () => {
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
    expect(run.event(batch('while-away', 'b', 1, 2))).toEqual(['replace mail-1 digest of 3']);
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

describe('a digest', () => {
  test('grows by what comes within a minute, as long as it stands', () => {
    const run = new Run();
    run.event(batch('while-away', 'a', 1));
    run.pass(digestWaitMs);
    run.event(batch('while-away', 'b', 1));
    expect(run.pass(digestWaitMs)).toEqual(['replace mail-1 digest of 2']);
    run.pass(digestGrowsMs);
    run.event(batch('while-away', 'b', 2));
    expect(run.pass(digestWaitMs)).toEqual(['show mail-2 digest of 1']);
  });

  test('that was seen is not repeated by the next', () => {
    const run = new Run();
    run.event(batch('while-away', 'a', 1));
    run.pass(digestWaitMs);
    run.event({ kind: 'seen', id: 'mail-1' });
    run.event(batch('while-away', 'b', 1));
    expect(run.pass(digestWaitMs)).toEqual(['show mail-2 digest of 1']);
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
