import { expect, it } from 'vitest';

import { createExternalOpener } from '../../../electron/main/shell/open-external.ts';
import { type Letter, mailtoOf } from '../../../electron/shared/approval-letter.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const long: Letter = { subject: 'Please', body: '请批准。'.repeat(100) };
const short: Letter = { subject: 'Please', body: 'approve' };

function opener(platform: NodeJS.Platform, openExternal: (url: string) => Promise<void>) {
  const log = recordingLog();
  return { ...createExternalOpener({ openExternal, platform, log, clock: new FakeClock(5) }), log };
}

it.each([
  ['linux', long],
  ['win32', short],
] as const)('on %s the first letter is opened that the system takes', async (platform, expected) => {
  const opened: string[] = [];
  const { openLetter } = opener(platform, async (url) => void opened.push(url));
  expect(await openLetter([long, short])).toBe(expected);
  expect(opened).toEqual([mailtoOf(expected)]);
});

it('a letter that no system takes is not opened', async () => {
  const opened: string[] = [];
  const { openLetter } = opener('win32', async (url) => void opened.push(url));
  await expect(openLetter([long])).rejects.toMatchObject({ info: { code: 'mail-program-failed', at: 5 } });
  expect(opened).toEqual([]);
});

it('says so where no mail program opens, and logs nothing of the letter', async () => {
  const { openLetter, log } = opener('linux', () => Promise.reject(new Error('no method available')));
  await expect(openLetter([short])).rejects.toMatchObject({ info: { code: 'mail-program-failed' } });
  expect(JSON.stringify(log.lines)).not.toContain('approve');
});
