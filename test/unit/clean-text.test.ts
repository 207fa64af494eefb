import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText } from '../../electron/main/clean-text.ts';
import { seededRandom } from '../fuzz/random.ts';
import { sized } from '../support/size.ts';

describe('cleanText', () => {
  it.each([
    ['plain', 'plain'],
    ['two\r\nlines\t here', 'two lines here'],
    ['nul\u0000esc\u001b[31mc1\u0085', 'nulesc[31mc1'],
    ['next\u0085line \u2028\u2029 end', 'next line end'],
    ['invoice\u202Egpj.exe\u202C', 'invoicegpj.exe'],
    ['\u2066isolated\u2069 \u200Bzero\uFEFF', 'isolated zero'],
    ['e\u0301', 'é'],
    ['e\u200B\u0301', 'é'],
    ['a\uD800b', 'a\ufffdb'],
    ['\uD83D\u200B\uDE00', '\ufffd\ufffd'],
    ['tag\u{E0041}ged', 'tagged'],
    ['fillers\u3164\u115f\u1160\uffa0\u034f\u17b4', 'fillers'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['blank\u2800Braille', 'blank Braille'],
    ['Pay\u200cPal\u200d\ufe0f\u{e0100}', 'PayPal'],
    ['two\u0000 \u0000spaces', 'two spaces'],
    ['\u0301\u0302mark', 'mark'],
    ['   ', ''],
  ])('makes %j into %j', (raw, clean) => {
    expect(cleanText(raw, 80)).toBe(clean);
  });

  it('leaves markup to whoever shows it', () => {
    expect(cleanText('<b>&amp;', 80)).toBe('<b>&amp;');
  });

  it.each([
    ['emoji families', '👩‍👩‍👧 👩🏻‍❤️‍💋‍👩🏼'],
    ['keycaps and hearts', '1️⃣ ❤️'],
    ['Persian', 'می‌خواهم'],
    ['Sanskrit', 'क्‍ष'],
    ['a Japanese name', '葛󠄀城'],
    ['Vietnamese', 'Nguyễn Thị Ngọc'],
    ['Hebrew with accents', 'בְּרֵאשִׁ֖ית'],
    ['Thai', 'กี่น้ำ'],
    ['Tibetan', 'བསྒྲུབས'],
  ])('keeps %s as it is written', (_, text) => {
    expect(cleanText(text, 80)).toBe(text.normalize('NFC'));
  });

  it('cuts by graphemes, never inside one', () => {
    expect(cleanText('👩‍👩‍👧'.repeat(5), 3)).toBe('👩‍👩‍👧👩‍👩‍👧…');
    expect(cleanText('👩‍👩‍👧'.repeat(3), 3)).toBe('👩‍👩‍👧'.repeat(3));
    expect(cleanText('abcdef', 6)).toBe('abcdef');
    expect(cleanText('abcdefg', 6)).toBe('abcde…');
  });

  it('does not choke on a megabyte', () => {
    expect(cleanText('x'.repeat(1_000_000), 80)).toHaveLength(80);
  });

  it('takes piles of marks down, and what is one grapheme without end', () => {
    expect(cleanText(`Z${'\u0336'.repeat(20)}algo`, 80)).toBe(`Z${'\u0336'.repeat(5)}algo`);
    expect(cleanText(`Z${'\u0336\u0301'.repeat(500_000)}algo`, 80).length).toBeLessThanOrEqual(10);
    expect(cleanText('क्'.repeat(5_000), 80)).toHaveLength(1);
    expect(cleanText(`👩${'\u200d👩'.repeat(5_000)}`, 80)).toMatch(/^\ufffd{1,2}$/u);
  });
});

describe('whatever is cleaned', () => {
  const pieces = [
    'a',
    ' ',
    '\n',
    '\u0000',
    '\u001b[2J',
    '\u0085',
    '\u00ad',
    '\u0301',
    '\u0323',
    '\u0336',
    '\u034f',
    '\u0600',
  ]
    .concat([
      '\u061c',
      '\u0645',
      '\u0915',
      '\u094d',
      '\u0958',
      '\u1100',
      '\u1161',
      '\u11a8',
      '\u180b',
      '\u180e',
      '\u1820',
    ])
    .concat([
      '\u200b',
      '\u200c',
      '\u200d',
      '\u200e',
      '\u2028',
      '\u202e',
      '\u2066',
      '\u20e3',
      '\u212b',
      '\u2800',
      '\u3164',
    ])
    .concat([
      '1',
      '\ud800',
      '\udc00',
      '\ufe00',
      '\ufe0e',
      '\ufe0f',
      '\ufeff',
      '\ufff9',
      '\ufffe',
      '葛',
      '\uf900',
      '❤',
      '👩',
    ])
    .concat(['🏻', '🇩', '🇪', '\u{e0041}', '\u{e0100}', '\u{e007f}', '…', 'Å', 'ệ']);

  it('is one line of NFC without a control or deceiving character, within its limit, and clean for good', () => {
    for (let seed = 0; seed < sized(3_000, 300_000); seed += 1) {
      const random = seededRandom(seed);
      const anything = (): string => String.fromCodePoint(random.below(random.chance(0.5) ? 0x3000 : 0x110000));
      const length = random.below(40);
      const raw = Array.from({ length }, () => (random.chance(0.8) ? random.of(pieces) : anything())).join('');
      const most = 1 + random.below(30);
      const clean = cleanText(raw, most);
      const what = `seed ${seed}: ${JSON.stringify(raw)} became ${JSON.stringify(clean)}`;
      expect(clean, what).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\p{Noncharacter_Code_Point}]/u);
      expect(clean.replaceAll(/[\u200c\u200d\p{Variation_Selector}]/gu, ''), what).not.toMatch(
        /\p{Default_Ignorable_Code_Point}/u,
      );
      expect(clean, what).not.toMatch(/\p{M}{7}|[\u200c\u200d]{2}| {2}|^ | $/u);
      expect(clean.normalize('NFC'), what).toBe(clean);
      expect([...new Intl.Segmenter('en').segment(clean)].length, what).toBeLessThanOrEqual(most);
      expect(cleanText(clean, most), what).toBe(clean);
    }
  });
});

describe('cleanLine', () => {
  it('makes one line of any length', () => {
    expect(cleanLine(`a\r\nb\u001b\u202ec${'d'.repeat(20_000)}`)).toBe(`a bc${'d'.repeat(20_000)}`);
  });
});
