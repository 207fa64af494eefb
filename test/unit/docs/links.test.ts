import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { docsPictures } from '../../../scripts/demo/picture-files.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).toSorted();

/** As GitHub makes them of headings. */
const anchorsOf = (text: string): string[] =>
  all(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[^]*?^```$/gm, '');

  it('leads to nothing that isn’t there', () => {
    for (const target of all(text, /\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? join(root, page) : join(root, dirname(page), path);
      expect(existsSync(file), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(readFileSync(file, 'utf8')), target).toContain(anchor);
    }
  });
});

describe('the pictures', () => {
  it('are all shown somewhere', () => {
    const shown = pages.flatMap((page) =>
      all(readFileSync(join(root, page), 'utf8'), /!\[[^\]]+\]\(([^)]+)\)/g).map((path) => join(dirname(page), path)),
    );
    const pictures = globSync('docs/images/*', { cwd: root });
    expect(pictures.length).toBeGreaterThan(5);
    expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([]);
  });

  it('are made by `npm run screenshots`, each of them', () => {
    const names = globSync('docs/images/*.png', { cwd: root }).map((path) => basename(path, '.png'));
    expect(names.toSorted()).toEqual([...docsPictures].toSorted());
    // Its types let it put none but these. That it puts all of them it checks itself at its end, when it is run.
    const made = ['scripts/screenshots.ts', 'scripts/demo/keyring-pictures.ts']
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n');
    expect(docsPictures.filter((name) => !made.includes(`'${name}'`))).toEqual([]);
  });
});

describe('the decisions', () => {
  it('are all in their index', () => {
    const folder = join('docs', 'decisions');
    const index = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const written = pages.filter((page) => dirname(page) === folder).map((page) => relative(folder, page));
    expect(written.length).toBeGreaterThan(10);
    for (const name of written.filter((each) => each !== 'README.md')) expect(index).toContain(`(${name})`);
  });
});
