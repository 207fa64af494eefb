import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { timerNames } from '../../../electron/main/imap/named-timers.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'electron', 'main', 'imap');
/** The one file that sets them; the doctor's examination, which is no watching, has a limit of its own. */
const settersOfTimers = ['imap-examination.ts', 'named-timers.ts'];
const sources = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** The names in the first column of the table of timers; `a`, `b` are two. */
function namesInDocs(): string[] {
  const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');
  const [, table = ''] = page.split('| timer | owner | ms | what for |\n');
  const rows = table.split('\n\n', 1)[0]?.split('\n') ?? [];
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name));
}

describe('the timers of the watching', () => {
  it('are those of the table in docs/architecture.md', () => {
    expect(namesInDocs().toSorted()).toEqual([...timerNames].toSorted());
  });

  it('have a name each: nobody sets one without', () => {
    const setters = sources.filter(({ text }) => text.includes('setTimer('));
    expect(setters.map(({ name }) => name)).toEqual(settersOfTimers);
  });

  it.each(timerNames)('%s is set', (name) => {
    const users = sources.filter((source) => !settersOfTimers.includes(source.name));
    expect(users.some(({ text }) => text.includes(`.set('${name}'`) || text.includes(`timer: '${name}'`))).toBe(true);
  });
});
