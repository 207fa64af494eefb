import { describe, expect, test } from 'vitest';

import { countdown } from '../../../renderer/countdown.ts';
import { createI18n } from '../../../renderer/i18n.ts';
import { initialsOf } from '../../../renderer/initials.ts';
import { createWords } from '../../../renderer/words.ts';

const i18n = createI18n();
const en = createWords(i18n, 'en');
const zh = createWords(i18n, 'zh-CN');
const now = 1_800_000_000_000;
const second = 1_000;
const minute = 60_000;
const hour = 60 * minute;

describe('distances in time', () => {
  test.each([
    [-12 * second, '12s ago', '12秒前'],
    [-59.9 * second, '59s ago', '59秒前'],
    [-60 * second, '1m ago', '1分钟前'],
    [-119 * second, '1m ago', '1分钟前'],
    [-59 * minute, '59m ago', '59分钟前'],
    [-25 * hour, '1d ago', '1天前'],
    [45 * second, 'in 45s', '45秒后'],
    [hour - 100, 'in 1h', '1小时后'],
    [100 * second, 'in 2m', '2分钟后'],
  ])('%i ms', (delta, english, chinese) => {
    // ICU's data puts a space in some Chinese distances and not in others, by version.
    expect([en.distance(now + delta, now), zh.distance(now + delta, now).replaceAll(' ', '')]).toEqual([
      english,
      chinese,
    ]);
  });
});

describe('plurals and numbers', () => {
  test('follow the language', () => {
    expect(en.plural('window.accounts.unreadOf', 1)).toBe('1 unread message');
    expect(en.plural('window.accounts.unreadOf', 0)).toBe('0 unread messages');
    expect(en.plural('window.accounts.unreadOf', 1_284)).toBe('1,284 unread messages');
    expect(zh.plural('window.accounts.unreadOf', 1)).toBe('1 封未读邮件');
  });

  test('show names and addresses as they are, with nothing escaped', () => {
    expect(en.t('window.announce.added', { name: 'O’Neil & Söhne <x>' })).toBe('O’Neil & Söhne <x> was added');
  });
});

describe('the countdown of a sign-in', () => {
  test.each([
    [300 * second, '5:00'],
    [299.2 * second, '5:00'],
    [61 * second, '1:01'],
    [9 * second, '0:09'],
    [1, '0:01'],
    [0, null],
    [-5 * second, null],
  ])('with %i ms to go', (left, shown) => {
    expect(countdown(now + left, now)).toBe(shown);
  });
});

describe('initials', () => {
  test.each([
    ['张伟', '张伟'],
    ['欧阳娜娜', '娜娜'],
    ['林薇 Lin Wei', '林薇'],
    ['Anna Lindqvist', undefined],
  ])('of %s', (name, initials) => {
    expect(initialsOf(name).initials).toBe(initials);
  });
});
