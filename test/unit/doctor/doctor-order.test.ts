import { describe, expect, it } from 'vitest';

import { isAnswerPath } from '../../../electron/main/answer-channel.ts';
import { doctorWish, readQuestion } from '../../../electron/main/doctor-order.ts';
import { parseAnswer, printedAnswer } from '../../../electron/main/doctor/doctor-print.ts';

describe('what a terminal asks for', () => {
  it.each([
    [['tidings'], null],
    [['tidings', '--doctor'], { account: null, showAddresses: false, isJson: false }],
    [
      ['tidings', '--json', '--doctor', '--account=ada@x.example', '--show-addresses'],
      { account: 'ada@x.example', showAddresses: true, isJson: true },
    ],
    [
      ['tidings', '--doctor', '--account', 'ada@x.example'],
      { account: 'ada@x.example', showAddresses: false, isJson: false },
    ],
    [['tidings', '--doctor', '--account'], { account: '', showAddresses: false, isJson: false }],
  ])('%j', (argv, wish) => {
    expect(doctorWish(argv)).toEqual(wish);
  });

  it('is read from a second start, and nothing else is', () => {
    const doctor = { account: null, showAddresses: true, isJson: false, answerAt: '/t/tidings-answer-Ab1/socket' };
    expect(readQuestion({ doctor })).toEqual(doctor);
    expect(readQuestion({ doctor: { answerAt: doctor.answerAt, account: 7, showAddresses: 'yes' } })).toEqual({
      ...doctor,
      showAddresses: false,
    });
    for (const data of [null, 'doctor', {}, { doctor: null }, { doctor: { answerAt: '/run/user/0/bus' } }]) {
      expect(readQuestion(data)).toBeNull();
    }
  });

  it.each([
    ['/tmp/tidings-answer-x1Y_z/socket', true],
    [String.raw`\\.\pipe\tidings-answer-6f1c`, true],
    ['/run/user/1000/bus', false],
    ['/tmp/tidings-answer-x/../other', false],
    ['x'.repeat(500), false],
  ])('%s is a place for an answer: %s', (path, isOne) => {
    expect(isAnswerPath(path)).toBe(isOne);
  });
});

describe('what it gets', () => {
  const examined = { kind: 'examined', isFine: true, text: 'all', json: '{}' } as const;
  const translate = (key: string): string => key;

  it('goes out as asked, with a status that says how it went', () => {
    expect(printedAnswer(examined, false, '1')).toEqual({ text: 'all', status: 0 });
    expect(printedAnswer({ ...examined, isFine: false }, true, '1')).toEqual({ text: '{}', status: 1 });
    expect(printedAnswer({ kind: 'nothing', text: 'none' }, false, '1')).toEqual({ text: 'none', status: 2 });
    const { text, status } = printedAnswer({ kind: 'nothing', text: 'none' }, true, '1');
    expect([JSON.parse(text), status]).toEqual([{ tidings: '1', ok: false, error: 'none', accounts: [] }, 2]);
  });

  it.each([null, '', 'null', '{}', '{"kind":"examined","text":"t"}', 'text'])('%j is no answer', (text) => {
    expect(parseAnswer(text, translate)).toEqual({ kind: 'nothing', text: 'doctor.terminal.noAnswer' });
  });

  it('comes back as it was given', () => {
    expect(parseAnswer(JSON.stringify(examined), translate)).toEqual(examined);
  });
});
