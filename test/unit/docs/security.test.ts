import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

describe('the threat model', () => {
  const rows = read('docs/threat-model.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const threats = rows.filter((cells) => cells.length === 4 && cells[0] !== 'attempt' && !/^-+$/.test(cells[0] ?? ''));

  it('names the test that proves what protects, or says what remains', () => {
    expect(threats.length).toBeGreaterThan(25);
    for (const [attempt, , proof, remains] of threats) expect(`${proof}${remains}`, attempt).not.toBe('');
  });

  it('names no test that there isn’t', () => {
    const named = [...new Set(threats.flatMap(([, , proof = '']) => [...proof.matchAll(/`(test\/[^`]+)`/g)]))];
    expect(named.length).toBeGreaterThan(30);
    for (const [, path = ''] of named) expect(existsSync(join(root, path)), path).toBe(true);
  });
});
