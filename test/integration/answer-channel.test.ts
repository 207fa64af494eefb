import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { answerAt, isAnswerPath, openAnswerChannel } from '../../electron/main/answer-channel.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { FakeClock } from '../support/fake-clock.ts';

describe('the place where an answer is waited for', () => {
  it('is this user’s alone, hears one line, and goes', async () => {
    const channel = await openAnswerChannel(systemClock, process.platform);
    expect(isAnswerPath(channel.path)).toBe(true);
    expect(statSync(dirname(channel.path)).mode & 0o077).toBe(0);
    const answering = answerAt(channel.path, () => Promise.resolve('{"a":\n1}'));
    expect(await channel.answer()).toBe('{"a": 1}');
    await answering;
    await channel.dispose();
    expect(existsSync(dirname(channel.path))).toBe(false);
  });

  it('doesn’t wait for ever for a program that never begins, but as long as it takes for one that did', async () => {
    const clock = new FakeClock();
    const channel = await openAnswerChannel(clock, process.platform);
    const heard = channel.answer();
    await clock.advance(10_000);
    expect(await heard).toBeNull();
    await channel.dispose();

    const patient = await openAnswerChannel(clock, process.platform);
    const later = patient.answer();
    let finish: (text: string) => void = () => {};
    const begun = new Promise<void>((resolve) => {
      void answerAt(patient.path, () => {
        resolve();
        return new Promise((done) => {
          finish = done;
        });
      });
    });
    await begun;
    await expect.poll(() => clock.pending).toBe(0);
    await clock.advance(600_000);
    finish('done');
    expect(await later).toBe('done');
    await patient.dispose();
  });

  it('is where it can be, and leaves nothing where it can’t', async () => {
    const place = mkdtempSync(join(tmpdir(), 'tidings-channel-'));
    const tooLong = join(place, 'x'.repeat(120));
    mkdirSync(tooLong);
    try {
      const folders = [join(place, 'missing'), tooLong];
      await expect(openAnswerChannel(systemClock, process.platform, folders)).rejects.toThrow();
      expect(readdirSync(tooLong)).toEqual([]);
      const channel = await openAnswerChannel(systemClock, process.platform, [...folders, place]);
      expect(channel.path.startsWith(place)).toBe(true);
      expect(isAnswerPath(channel.path)).toBe(true);
      await channel.dispose();
      expect(readdirSync(place)).toEqual(['x'.repeat(120)]);
    } finally {
      rmSync(place, { recursive: true });
    }
  });

  it('waits no more once it is given up', async () => {
    const channel = await openAnswerChannel(new FakeClock(), process.platform);
    const heard = channel.answer();
    await channel.dispose();
    expect(await heard).toBeNull();
  });

  it('takes half an answer for none', async () => {
    const channel = await openAnswerChannel(systemClock, process.platform);
    const heard = channel.answer();
    connect(channel.path).end('{"kind":"exam');
    expect(await heard).toBeNull();
    await channel.dispose();
  });

  it('tells who answers that nobody waits any more', async () => {
    const channel = await openAnswerChannel(systemClock, process.platform);
    const heard = channel.answer();
    const gone = new Promise<void>((resolve) => {
      void answerAt(
        channel.path,
        (signal) =>
          new Promise((done) => {
            signal.addEventListener('abort', () => {
              resolve();
              done('');
            });
            // What a terminal does that is closed.
            void channel.dispose();
          }),
      );
    });
    await gone;
    expect(await heard).toBeNull();
  });
});
