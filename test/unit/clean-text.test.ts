import { describe, expect, it } from 'vitest';
import { cleanText } from '../../electron/main/clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['plain', 'plain'],
    ['two\r\nlines\t here', 'two lines here'],
    ['nul\u0000esc\u001b[31mc1\u0085', 'nulesc[31mc1'],
    ['invoice\u202Egpj.exe\u202C', 'invoicegpj.exe'],
    ['\u2066isolated\u2069 \u200Bzero\uFEFF', 'isolated zero'],
    ['e\u0301', 'é'],
    ['a\uD800b', 'a\ufffdb'],
    ['tag\u{E0041}ged', 'tagged'],
    ['   ', ''],
  ])('makes %j into %j', (raw, clean) => {
    expect(cleanText(raw, 80)).toBe(clean);
  });

  it('leaves markup to whoever shows it', () => {
    expect(cleanText('<b>&amp;', 80)).toBe('<b>&amp;');
  });

  it('keeps emoji families and Persian joiners whole', () => {
    expect(cleanText('👩‍👩‍👧 می‌خواهم', 80)).toBe('👩‍👩‍👧 می‌خواهم');
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
});
