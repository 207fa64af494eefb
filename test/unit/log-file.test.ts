import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createFileLogger,
  formatLine,
  maxLogFileBytes,
  reopenMs,
  type WriteLine,
} from '../../electron/main/log-file.ts';
import { FakeClock } from '../support/fake-clock.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tidings-log-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const now = Date.UTC(2026, 10, 22, 20);

function fileLogger(directory: string, failures: unknown[] = []) {
  const onFailure = (error: unknown): void => void failures.push(error);
  return createFileLogger({ directory, clock: new FakeClock(now), level: 'info', onFailure });
}

describe('the log file', () => {
  it('gets a line for each entry of its level, in order, readable by its owner only', async () => {
    const log = fileLogger(path.join(folder, 'logs'));
    log.debug('left out');
    log.info('begun', { accounts: 2 });
    await log.flush();
    log.error('failed', { code: 'disk-full' });
    const file = path.join(folder, 'logs', 'main.log');
    expect(await readFile(file, 'utf8')).toBe(
      '2026-11-22T20:00:00.000Z info begun {"accounts":2}\n2026-11-22T20:00:00.000Z error failed {"code":"disk-full"}\n',
    );
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('never takes more than two files of its size', async () => {
    const log = fileLogger(folder);
    const text = 'a line of words '.repeat(100);
    for (let count = 0; count < 3_000; count += 1) {
      log.info(text);
      if (count === 0) await log.flush();
    }
    await log.flush();
    expect((await readdir(folder)).toSorted()).toEqual(['main.log', 'main.old.log']);
    for (const name of await readdir(folder)) {
      expect((await stat(path.join(folder, name))).size).toBeLessThan(maxLogFileBytes + 2 * text.length);
    }
  });

  it('writes nothing once it is closed, so that its folder stays away', async () => {
    const directory = path.join(folder, 'logs');
    const log = fileLogger(directory);
    log.info('begun');
    await log.flush();
    log.close();
    await rm(directory, { recursive: true });
    log.error('too late');
    await log.flush();
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps what comes while the writer is loaded', async () => {
    const lines: string[] = [];
    let finish: (write: WriteLine) => void = () => {};
    const log = createFileLogger({
      directory: folder,
      clock: new FakeClock(now),
      level: 'debug',
      load: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
      onFailure: () => {},
    });
    log.warn('first');
    log.debug('second');
    finish((_level, line) => void lines.push(line));
    await log.flush();
    log.info('third');
    expect(lines.map((line) => line.split(' ').slice(1).join(' '))).toEqual([
      'warn first',
      'debug second',
      'info third',
    ]);
  });

  it('is not opened before there is something to write', async () => {
    fileLogger(path.join(folder, 'logs'));
    expect(await readdir(folder)).toEqual([]);
  });

  it('tells once that it cannot be opened, and drops its lines', async () => {
    const failures: unknown[] = [];
    const log = createFileLogger({
      directory: folder,
      clock: new FakeClock(now),
      level: 'info',
      load: async () => Promise.reject(new Error('no writer')),
      onFailure: (error) => void failures.push(error),
    });
    log.info('one');
    log.info('two');
    await log.flush();
    log.info('three');
    await log.flush();
    expect(failures).toHaveLength(1);
  });

  it('tells once that lines cannot be written, and writes again when they can', async () => {
    const failures: unknown[] = [];
    const logs = path.join(folder, 'logs');
    const log = fileLogger(logs, failures);
    log.info('one');
    await log.flush();
    await rm(logs, { recursive: true });
    log.info('two');
    log.info('three');
    expect(failures).toHaveLength(1);
    await mkdir(logs);
    log.info('four %c %d');
    expect(await readFile(path.join(logs, 'main.log'), 'utf8')).toMatch(/^\S+ info four %c %d\n$/);
  });

  it('is opened again by a line that comes later', async () => {
    const clock = new FakeClock(now);
    const lines: string[] = [];
    let tries = 0;
    const log = createFileLogger({
      directory: folder,
      clock,
      level: 'info',
      load: async () => {
        tries += 1;
        if (tries < 3) throw new Error('no room');
        return (_level, line) => void lines.push(line);
      },
      onFailure: () => {},
    });
    for (const word of ['one', 'two', 'three']) {
      log.info(word);
      log.info(`${word} and a half`);
      await log.flush();
      log.info('between');
      await clock.advance(reopenMs);
    }
    expect(tries).toBe(3);
    expect(lines.map((line) => line.split(' info ')[1])).toEqual(['three', 'three and a half', 'between']);
  });

  it('begins a new line where a full disk or a kill left half of one', async () => {
    await writeFile(path.join(folder, 'main.log'), '2026-11-22T19:59:59.000Z info half of a li');
    const log = fileLogger(folder);
    log.info('whole');
    log.info('whole again');
    await log.flush();
    expect((await readFile(path.join(folder, 'main.log'), 'utf8')).split('\n')).toEqual([
      '2026-11-22T19:59:59.000Z info half of a li',
      '2026-11-22T20:00:00.000Z info whole',
      '2026-11-22T20:00:00.000Z info whole again',
      '',
    ]);
  });

  it('does not stop the app when its folder is a file', async () => {
    await writeFile(path.join(folder, 'logs'), '');
    const failures: unknown[] = [];
    const log = fileLogger(path.join(folder, 'logs'), failures);
    log.info('nowhere');
    await log.flush();
    log.info('nowhere');
    expect(failures).toMatchObject([{ code: 'EEXIST' }]);
    expect(await readFile(path.join(folder, 'logs'), 'utf8')).toBe('');
  });
});

describe('a line', () => {
  it('is one line whatever it says', () => {
    const line = formatLine(now, 'warn', 'a\r\nb\u0000c\u2028d\u001b[31m', { text: 'e\nf\u2029g' });
    expect(line).toBe('2026-11-22T20:00:00.000Z warn a b c d [31m {"text":"e\\nf g"}');
  });
});
