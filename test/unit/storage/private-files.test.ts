import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFileNow, syncFile, writeFileAtomically } from '../../../electron/main/storage/atomic-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-private-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

// Where a system has modes: on Windows the profile folder's own rights keep others out.
describe('a file that is saved', () => {
  it('is closed to other users, as its folder is, when both are made', async () => {
    const path = join(folder, 'data', 'settings.json');
    await writeFileAtomically(path, '{}');
    expect([modeOf(path), modeOf(join(folder, 'data'))]).toEqual([0o600, 0o700]);
  });

  it('is closed to other users, as its folder is, whatever both were before', async () => {
    const path = join(folder, 'data', 'settings.json');
    mkdirSync(join(folder, 'data'));
    chmodSync(join(folder, 'data'), 0o755);
    for (const old of [path, `${path}.tmp`]) {
      writeFileSync(old, 'old');
      chmodSync(old, 0o644);
    }
    await writeFileAtomically(path, '{}');
    expect([modeOf(path), modeOf(join(folder, 'data'))]).toEqual([0o600, 0o700]);
  });

  it('is as closed when it is replaced at once', async () => {
    const path = join(folder, 'data', 'mailboxes.json');
    replaceFileNow(path, 'one');
    expect([modeOf(path), modeOf(join(folder, 'data'))]).toEqual([0o600, 0o700]);
    writeFileSync(`${path}.tmp`, 'what a killed run left behind');
    chmodSync(`${path}.tmp`, 0o644);
    replaceFileNow(path, 'two');
    await syncFile(path);
    expect([readFileSync(path, 'utf8'), modeOf(path), readdirSync(join(folder, 'data'))]).toEqual([
      'two',
      0o600,
      ['mailboxes.json'],
    ]);
  });

  it('stays as it was when it cannot be replaced', () => {
    const path = join(folder, 'mailboxes.json');
    mkdirSync(path);
    expect(() => {
      replaceFileNow(path, 'new');
    }).toThrow(expect.objectContaining({ code: 'EISDIR' }) as Error);
    expect(readdirSync(folder)).toEqual(['mailboxes.json']);
  });
});
