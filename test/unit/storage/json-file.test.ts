import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { nodeFileSystem } from '../../../electron/main/storage/atomic-file.ts';
import { type JsonFileOptions, openJsonFile } from '../../../electron/main/storage/json-file.ts';
import { setAsideName } from '../../../electron/main/storage/set-aside.ts';
import { StorageFailure } from '../../../electron/main/storage/storage-failure.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const schema = z.object({ schemaVersion: z.literal(2), count: z.number() });
type Content = z.infer<typeof schema>;
const fallback: Content = { schemaVersion: 2, count: 0 };

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidings-storage-'));
  path = join(folder, 'data', 'settings.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function open(more: Partial<JsonFileOptions<Content>> = {}) {
  return openJsonFile<Content>({
    path,
    schema,
    schemaVersion: 2,
    migrations: { 1: ({ number }) => ({ count: z.number().parse(number) }) },
    fallback,
    clock: new FakeClock(Date.UTC(2026, 10, 22, 20, 36, 5)),
    log: recordingLog(),
    ...more,
  });
}

function put(text: string): void {
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(path, text);
}

const names = (): string[] => readdirSync(join(folder, 'data'));

describe('loading', () => {
  it('gives the fallback where there is no file, and makes none', async () => {
    expect(await open().load()).toEqual({ kind: 'missing', value: fallback });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives what was saved', async () => {
    await open().save({ schemaVersion: 2, count: 7 });
    expect(await open().load()).toEqual({ kind: 'loaded', value: { schemaVersion: 2, count: 7 } });
  });

  it('brings an older version up', async () => {
    put('{"schemaVersion":1,"number":5}');
    expect(await open().load()).toEqual({ kind: 'loaded', value: { schemaVersion: 2, count: 5 } });
  });

  it.each([
    ['nothing at all', ''],
    ['half of it', '{"schemaVersion":2,"cou'],
    ['another shape', '[1,2]'],
    ['no version', '{"count":1}'],
    ['a wrong field', '{"schemaVersion":2,"count":"many"}'],
    ['an old one that makes no sense', '{"schemaVersion":1,"number":"five"}'],
  ])('sets a damaged file aside, byte for byte: %s', async (_name, text) => {
    put(text);
    const keptAs = 'settings.damaged-2026-11-22T20-36-05.json';
    expect(await open().load()).toEqual({
      kind: 'set-aside',
      value: fallback,
      reason: 'damaged',
      keptAs,
      detail: expect.any(String),
    });
    expect(names()).toEqual([keptAs]);
    expect(readFileSync(join(folder, 'data', keptAs), 'utf8')).toBe(text);
  });

  it('uses what can be saved of a damaged file, and says what was wrong', async () => {
    const salvage = vi.fn(() => ({ value: { schemaVersion: 2 as const, count: 9 }, detail: 'count: is no number' }));
    put('{"schemaVersion":1,"number":5,"count":"many"}');
    const migrations = { 1: (old: Readonly<Record<string, unknown>>) => ({ ...old, isNew: true }) };
    expect(await open({ salvage, migrations }).load()).toMatchObject({
      kind: 'set-aside',
      value: { count: 9 },
      detail: 'count: is no number',
    });
    expect(salvage).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ count: 'many', isNew: true }));
    put('not JSON at all');
    expect(await open({ salvage }).load()).toMatchObject({ kind: 'set-aside', value: fallback });
    expect(salvage).toHaveBeenCalledOnce();
  });

  it('sets the file of a newer Tidings aside under a word of its own', async () => {
    put('{"schemaVersion":3,"count":1}');
    const report = await open().load();
    expect(report).toMatchObject({ reason: 'newer', keptAs: 'settings.newer-2026-11-22T20-36-05.json' });
  });

  it('never overwrites what was set aside before', async () => {
    for (const text of ['one', 'two', 'three']) {
      put(text);
      await open().load();
    }
    const kept = names().map((name) => readFileSync(join(folder, 'data', name), 'utf8'));
    expect(kept.toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('sets aside what cannot be read: a folder in its place', async () => {
    mkdirSync(path, { recursive: true });
    expect(await open().load()).toMatchObject({ kind: 'set-aside', reason: 'damaged' });
  });

  it('logs no content', async () => {
    const log = recordingLog();
    put('{"schemaVersion":2,"count":"ada@contoso.example"}');
    await open({ log }).load();
    expect(JSON.stringify(log.lines)).toContain('count: invalid_type');
    expect(JSON.stringify(log.lines)).not.toContain('ada@');
  });
});

describe('saving', () => {
  it('writes only the last of the values that wait', async () => {
    const written: string[] = [];
    const file = open({
      fs: {
        ...nodeFileSystem,
        rename: async (from, to) => {
          written.push(readFileSync(String(from), 'utf8'));
          await nodeFileSystem.rename(from, to);
        },
      },
    });
    const counts = [1, 2, 3, 4, 5];
    await Promise.all(counts.map((count) => file.save({ schemaVersion: 2, count })));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ schemaVersion: 2, count: 5 });
    expect(written.length).toBeLessThanOrEqual(2);
    await file.save({ schemaVersion: 2, count: 6 });
    expect(await open().load()).toMatchObject({ value: { count: 6 } });
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EIO', 'disk-failed'],
    ['EACCES', 'disk-failed'],
  ])('that fails by %s is said as %s, leaves the old file and can be tried again', async (code, expected) => {
    await open().save({ schemaVersion: 2, count: 1 });
    let isFull = true;
    const file = open({
      fs: {
        ...nodeFileSystem,
        open: async (name, ...rest) => {
          const handle = await nodeFileSystem.open(name, ...rest);
          if (isFull) handle.sync = () => Promise.reject(Object.assign(new Error(`${code}: at ${folder}`), { code }));
          return handle;
        },
      },
    });
    const failure: unknown = await file.save({ schemaVersion: 2, count: 2 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StorageFailure);
    expect(failure).toMatchObject({ info: { code: expected, detail: code } });
    expect(names()).toEqual(['settings.json']);
    expect(await open().load()).toMatchObject({ kind: 'loaded', value: { count: 1 } });
    isFull = false;
    await file.save({ schemaVersion: 2, count: 3 });
    expect(await open().load()).toMatchObject({ kind: 'loaded', value: { count: 3 } });
  });

  it('logs a failure once, however often it is tried, and that it is over', async () => {
    const log = recordingLog();
    let code: string | null = 'ENOSPC';
    const file = open({
      log,
      fs: {
        ...nodeFileSystem,
        rename: async (...fromTo) => {
          if (code !== null) throw Object.assign(new Error(code), { code });
          await nodeFileSystem.rename(...fromTo);
        },
      },
    });
    for (const next of ['ENOSPC', 'ENOSPC', 'EIO', null, null, 'EIO']) {
      code = next;
      await file.save(fallback).catch(() => undefined);
    }
    expect(log.lines.map(({ message, facts }) => [message, facts])).toMatchObject([
      ['file not saved', { file: 'settings.json', detail: 'ENOSPC' }],
      ['file not saved', { detail: 'EIO' }],
      ['file saved again', { file: 'settings.json' }],
      ['file not saved', { detail: 'EIO' }],
    ]);
  });

  it('is not disturbed by what a killed run left behind', async () => {
    put('{"schemaVersion":2,"count":1}');
    writeFileSync(`${path}.tmp`, 'half of a fi');
    expect(await open().load()).toMatchObject({ value: { count: 1 } });
    await open().save({ schemaVersion: 2, count: 2 });
    expect(names()).toEqual(['settings.json']);
  });
});

describe('the name of a file set aside', () => {
  it('is allowed on every system', () => {
    expect(setAsideName('settings.json', 'newer', Date.UTC(2026, 0, 2, 3, 4, 5), 1)).toBe(
      'settings.newer-2026-01-02T03-04-05-2.json',
    );
  });
});
