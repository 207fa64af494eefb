import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { appErrorCodes } from '../../electron/shared/app-error.ts';
import { en } from '../../electron/shared/locales/en.ts';
import { zhCN } from '../../electron/shared/locales/zh-CN.ts';

/** Dotted key -> text. */
function flatten(node: unknown, prefix = ''): Map<string, string> {
  if (typeof node === 'string') {
    return new Map([[prefix, node]]);
  }
  const entries = Object.entries(node as Record<string, unknown>);
  return new Map(entries.flatMap(([key, value]) => [...flatten(value, prefix === '' ? key : `${prefix}.${key}`)]));
}

function placeholders(text: string): string[] {
  return Array.from(text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g), (match) => match[1] ?? '').toSorted();
}

const english = flatten(en);
const chinese = flatten(zhCN);

describe('the words', () => {
  test.each(appErrorCodes)('say what happened and what to do for %s', (code) => {
    for (const words of [english, chinese]) {
      expect(words.get(`errors.${code}.title`)).toMatch(/\S/);
      expect(words.get(`errors.${code}.action`)).toMatch(/\S/);
    }
  });

  test('are all said somewhere', () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const code = globSync('{electron,renderer}/**/*.{ts,tsx}', { cwd: root })
      .filter((file) => !file.includes('locales'))
      .map((file) => readFileSync(root + file, 'utf8'))
      .join('\n');
    const literals = new Set(Array.from(code.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/gu), ([, key]) => key));
    const patterns = Array.from(code.matchAll(/`([\w-]+(?:\.(?:[\w-]+|\$\{[^}`]*\}))+)`/gu), ([, template = '']) =>
      template
        .split(/\$\{[^}]*\}/u)
        .map((part) => part.replaceAll('.', String.raw`\.`))
        .join('[\\w-]+'),
    );
    const said = new RegExp(`^(?:${patterns.join('|')})$`, 'u');
    const unsaid = [...english.keys()]
      .map((key) => key.replace(/_(one|other)$/u, ''))
      .filter((key) => !literals.has(key) && !said.test(key));
    expect(unsaid).toEqual([]);
  });

  test('have no error that no code leads to', () => {
    expect(Object.keys(en.errors).toSorted()).toEqual([...appErrorCodes].toSorted());
  });

  test('have the same keys in Chinese, which has no singular', () => {
    const expected = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...chinese.keys()].toSorted()).toEqual(expected.toSorted());
  });

  test('have a plural for every singular', () => {
    const singulars = [...english.keys()].filter((key) => key.endsWith('_one'));
    expect(singulars.length).toBeGreaterThan(0);
    for (const key of singulars) {
      expect([...english.keys()]).toContain(key.replace(/_one$/, '_other'));
    }
  });

  test('fill in the same values in both languages', () => {
    for (const [key, text] of chinese) {
      expect([key, placeholders(text)]).toEqual([key, placeholders(english.get(key) ?? '')]);
    }
  });

  test('are nowhere empty, and padded with no blanks', () => {
    for (const [key, text] of [...english, ...chinese]) {
      expect([key, text]).toEqual([key, text.trim()]);
      expect([key, text.length > 0]).toEqual([key, true]);
    }
  });
});
