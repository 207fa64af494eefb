import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { commandLine, processTree } from '../../desktop/processes.ts';
import { startUndertaker } from '../../desktop/undertaker-process.ts';

const versions = process.versions;
const pretendToBe = (node: string): void => {
  Object.defineProperty(process, 'versions', { value: { ...versions, node }, configurable: true });
};
afterEach(() => {
  Object.defineProperty(process, 'versions', { value: versions, configurable: true });
});

describe('where the machine has only a Node that has to be told to run TypeScript', () => {
  it('a private desktop is cleared away all the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-older-node-'));
    pretendToBe('22.12.0');
    const undertaker = startUndertaker(folder);
    const lines = processTree(process.pid).map(({ pid }) => commandLine(pid));
    expect(lines).toContainEqual(expect.arrayContaining(['--experimental-strip-types', folder]));
    await undertaker.finish();
    expect(existsSync(folder)).toBe(false);
  });
});
