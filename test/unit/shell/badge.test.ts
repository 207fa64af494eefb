import { describe, expect, test } from 'vitest';
import { createBadge } from '../../../electron/main/shell/badge.ts';
import { recordingLog } from '../../support/recording-log.ts';

function badge(answer: () => boolean) {
  const set: number[] = [];
  const log = recordingLog();
  const setCount = (count: number): boolean => {
    set.push(count);
    return answer();
  };
  return { set, logged: log.lines, badge: createBadge({ setCount, log }) };
}

describe('the badge', () => {
  test('shows the total and is set only when that changes', () => {
    const { set, badge: shown } = badge(() => true);
    for (const totalUnread of [0, 3, 3, 4, 0]) shown.update({ totalUnread });
    expect(set).toEqual([3, 4, 0]);
  });

  test('is gone after the app', () => {
    const { set, badge: shown } = badge(() => true);
    shown.update({ totalUnread: 2 });
    shown.dispose();
    shown.dispose();
    expect(set).toEqual([2, 0]);
  });

  test('takes a desktop without badges as it is, and says so once', () => {
    const { set, logged, badge: shown } = badge(() => false);
    for (const totalUnread of [1, 2, 3]) shown.update({ totalUnread });
    expect(set).toEqual([1, 2, 3]);
    expect(logged).toHaveLength(1);
  });

  test('survives a system that throws', () => {
    const { logged, badge: shown } = badge(() => {
      throw new Error('no launcher');
    });
    shown.update({ totalUnread: 1 });
    expect(logged).toHaveLength(1);
  });
});
