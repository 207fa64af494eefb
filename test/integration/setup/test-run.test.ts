import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checkout, Ended } from './checkout.ts';
import { makeCheckout } from './checkout.ts';
import type { Orders, Tools } from './tool-standins.ts';
import { passing, placeTools } from './tool-standins.ts';

let checkout: Checkout;
let tools: Tools;
beforeEach(async () => {
  checkout = makeCheckout();
  tools = await placeTools(checkout);
});
afterEach(() => checkout.dispose());

const started = (): string[] => tools.calls().map(({ tool }) => tool);
const lines = ({ output }: Ended): string[] => output.trimEnd().split('\n');
const lastLine = (ended: Ended): string => lines(ended).at(-1) ?? '';
const numbers = (line: string): number[] => (line.match(/\d+ (?=passed|failed|skipped)/g) ?? []).map(Number);

/** What may go wrong in a suite of two tests, and the counts that it deserves: passed, failed, skipped. */
const wrongs: [string, Orders[string], number[]][] = [
  ['it leaves no report', { report: null }, [0, 1, 0]],
  ['a test is skipped', { report: { ...passing, numPassedTests: 1, numPendingTests: 1 } }, [1, 0, 1]],
  [
    'a test fails',
    { code: 1, report: { ...passing, success: false, numPassedTests: 1, numFailedTests: 1 } },
    [1, 1, 0],
  ],
  ['a test is still to be written', { report: { ...passing, numTodoTests: 1 } }, [2, 0, 1]],
  ['there are no tests', { report: { ...passing, numPassedTests: 0 } }, [0, 1, 0]],
  ['it fails outside of its tests', { code: 1 }, [2, 1, 0]],
];

describe('npm run check', () => {
  it('runs format, lint, types, unused code and unit tests, and ends with the sum in one line', async () => {
    const ended = await tools.setUp('check');
    expect(lastLine(ended)).toBe('6 passed, 0 failed, 0 skipped');
    expect(ended.code).toBe(0);
    expect(started()).toEqual(['oxfmt', 'oxlint', 'tsc', 'knip', 'vitest unit']);
    expect(tools.calls()[0]?.args).toEqual(['--check']);
  });

  it.each(wrongs)('ends with 1 when in the unit tests %s', async (_, order, [passed = 0, failed, skipped]) => {
    const ended = await tools.setUp('check', { 'vitest unit': order });
    expect(lastLine(ended)).toBe(`${passed + 4} passed, ${failed} failed, ${skipped} skipped`);
    expect(ended.code).toBe(1);
  });

  it.each(['oxfmt', 'oxlint', 'tsc', 'knip'])(
    'ends with 1 when %s finds something, and runs the rest',
    async (tool) => {
      const ended = await tools.setUp('check', { [tool]: { code: 2 } });
      expect(lastLine(ended)).toBe('5 passed, 1 failed, 0 skipped');
      expect(ended.code).toBe(1);
      expect(started()).toHaveLength(5);
    },
  );
});

describe('npm test', () => {
  /** The sum over what is said of each step. */
  const sumOfSteps = (ended: Ended): number[] =>
    lines(ended)
      .filter((line) => line.startsWith('── ') && line.includes(' skipped ('))
      .map(numbers)
      .reduce((sum, counts) => sum.map((count, index) => count + (counts[index] ?? 0)), [0, 0, 0]);

  it('runs every suite on a build of its own, and ends with the sum of all in one line', async () => {
    const ended = await tools.run('test');
    expect(lastLine(ended)).toMatch(/^\d+ passed, 0 failed, 0 skipped$/);
    expect(numbers(lastLine(ended))).toEqual(sumOfSteps(ended));
    expect(ended.code).toBe(0);
    const inOrder = ['oxfmt', 'oxlint', 'tsc', 'knip', 'vitest integration', 'build', 'vitest e2e'];
    expect(
      started()
        .filter((tool) => inOrder.includes(tool))
        .slice(0, inOrder.length),
    ).toEqual(inOrder);
    expect(started().indexOf('vitest unit')).toBeGreaterThan(started().indexOf('vitest e2e'));
    expect(ended.output).toMatch(/── unit, beside the faults\nthe words of vitest unit\n── unit: 2 passed/u);
    expect(tools.calls().find(({ tool }) => tool === 'build')?.e2eBuild).toBe('1');
    expect(new Set(tools.calls().map(({ electron }) => electron))).toEqual(new Set([`${checkout.folder}/electron`]));
    expect(readdirSync(checkout.folder).filter((name) => name.startsWith('tidings-report-'))).toEqual([]);
  });

  it.each(
    ['vitest unit', 'vitest integration', 'vitest e2e'].flatMap((suite) =>
      wrongs.slice(0, 2).map((wrong): [string, ...typeof wrong] => [suite, ...wrong]),
    ),
  )('ends with 1 when in %s %s', async (suite, _, order, [, failed, skipped]) => {
    const ended = await tools.run('test', [], { [suite]: order });
    expect(numbers(lastLine(ended)).slice(1)).toEqual([failed, skipped]);
    expect(numbers(lastLine(ended))).toEqual(sumOfSteps(ended));
    expect(ended.code).toBe(1);
  });

  it('does not start the end-to-end tests when the build failed, and counts them as failed', async () => {
    const ended = await tools.run('test', [], { build: { code: 1 } });
    expect(started()).not.toContain('vitest e2e');
    expect(ended.output).toContain('── end to end: 0 passed, 1 failed, 0 skipped');
    expect(numbers(lastLine(ended))).toEqual(sumOfSteps(ended));
    expect(ended.code).toBe(1);
  });

  it('does the same at full size when it is the long one', async () => {
    expect((await tools.run('test:long')).code).toBe(0);
    const suites = tools.calls().filter(({ tool }) => tool.startsWith('vitest'));
    expect(suites.length).toBeGreaterThan(2);
    expect(new Set(suites.map(({ testSize }) => testSize))).toEqual(new Set(['full']));
    expect((await tools.run('test:long', [], { 'vitest unit': { code: 1 } })).code).toBe(1);
  });

  it('says elsewhere what runs on Linux only, and counts what ran', async () => {
    const file = `${checkout.folder}/pretend.mjs`;
    checkout.write('pretend.mjs', "Object.defineProperty(process, 'platform', { value: 'darwin' });");
    const ended = await tools.run('test', [], {}, { NODE_OPTIONS: `--import=${file}` });
    expect(lines(ended)).toContain('── end to end: runs on Linux only so far');
    expect(started()).toEqual(['oxfmt', 'oxlint', 'tsc', 'knip', 'vitest unit', 'vitest integration', 'build']);
    expect(lastLine(ended)).toBe('9 passed, 0 failed, 0 skipped');
    expect(ended.code).toBe(0);
  });
});
