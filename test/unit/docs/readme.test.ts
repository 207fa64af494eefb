import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** What a README has apart from its language. */
function shapeOf(text: string) {
  const codeBlocks = all(text, /^(```[^]*?^```)$/gm);
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '```');
  const sections = prose.split(/^(?=#+ )/m).map((section) => ({
    level: /^#*/.exec(section)?.[0].length,
    // Languages differ in the order of what a sentence names.
    code: all(section, /`([^`\n]+)`/g).toSorted(),
    links: all(section, /(?<!!)\[[^\]]+\]\(([^)#]+)\)/g).toSorted(),
    pictures: all(section, /!\[[^\]]+\]\(([^)]+)\)/g),
    bullets: all(section, /^(- )/gm).length,
    paragraphs: section.split(/\n{2,}/).filter((part) => part.trim() !== '').length,
    rows: all(section, /^(\|.*\|)$/gm).map((row) => row.split('|').length),
  }));
  return { codeBlocks, sections };
}

const english = readFileSync(join(root, 'README.md'), 'utf8');
const chinese = readFileSync(join(root, 'README.zh-CN.md'), 'utf8');

describe('the two READMEs', () => {
  it('lead to each other, and are of one shape otherwise', () => {
    expect(english).toContain('[简体中文](README.zh-CN.md)');
    expect(chinese).toContain('[English](README.md)');
    const [ours, theirs] = [english, chinese].map((text) => shapeOf(text.replace(/\]\(README[\w.-]*\)/, '](README)')));
    expect(theirs?.codeBlocks).toEqual(ours?.codeBlocks);
    expect(theirs?.sections).toEqual(ours?.sections);
    expect(ours?.codeBlocks).toHaveLength(2);
    expect(ours?.sections.length).toBeGreaterThan(6);
  });
});
