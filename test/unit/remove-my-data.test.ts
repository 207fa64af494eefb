import { describe, expect, it } from 'vitest';

import { chooseLanguage, createWords } from '../../electron/main/i18n.ts';
import { removeMyData, type RemovalOutcome, type RemovalReport } from '../../electron/main/remove-my-data.ts';
import { describeRemoval } from '../../electron/main/removal-words.ts';

class Failure extends Error {
  readonly info = { code: 'keyring-locked', at: 5, detail: 'its dialog was dismissed' };
}

const removed = (): Promise<RemovalOutcome> => Promise.resolve({ kind: 'removed' });

describe('removing each part', () => {
  it('goes on after one that failed, and keeps its facts', async () => {
    const order: string[] = [];
    const part = (name: string, outcome: () => Promise<RemovalOutcome>) => () => {
      order.push(name);
      return outcome();
    };
    const report = await removeMyData(
      {
        data: part('data', removed),
        autostart: part('autostart', () => Promise.reject(new Error('no words for it'))),
        tokens: part('tokens', () => Promise.reject(new Failure())),
      },
      () => 7,
    );
    expect(order).toEqual(['tokens', 'autostart', 'data']);
    expect(report).toEqual({
      tokens: { kind: 'failed', error: { code: 'keyring-locked', at: 5, detail: 'its dialog was dismissed' } },
      autostart: { kind: 'failed', error: { code: 'unexpected', at: 7, detail: 'Error: no words for it' } },
      data: { kind: 'removed' },
    });
  });
});

describe('what is said of it', () => {
  const places = { tokens: 'Tidings', autostart: '/c/autostart/tidings.desktop', data: '/c/Tidings' };
  const said = (report: RemovalReport, language: 'en' | 'zh-CN' = 'en') =>
    describeRemoval(report, places, createWords(chooseLanguage(language, [])).translate);

  it('names what was removed and where it was', () => {
    const report: RemovalReport = {
      tokens: { kind: 'removed' },
      autostart: { kind: 'none' },
      data: { kind: 'removed' },
    };
    expect(said(report)).toEqual({
      done: [
        'Removed: sign-ins saved in the system’s keyring',
        'Nothing there: the entry that starts Tidings when you log in: /c/autostart/tidings.desktop',
        'Removed: settings, accounts, log and everything else in /c/Tidings',
      ],
      failed: [],
    });
    const chinese = said(report, 'zh-CN');
    expect(chinese.done).toHaveLength(3);
    expect(chinese.done[0]).toContain('密钥环');
  });

  it('names each thing that stays and why, with the way on', () => {
    const { done, failed } = said({
      tokens: { kind: 'failed', error: { code: 'keyring-unavailable', at: 0, detail: 'no bus' } },
      autostart: { kind: 'failed', error: { code: 'disk-failed', at: 0 } },
      data: { kind: 'still-there', files: [{ path: '/c/Tidings/logs/main.log', reason: 'EACCES' }] },
    });
    expect(done).toEqual([]);
    expect(failed).toEqual([
      'NOT removed: sign-ins saved in the system’s keyring: no keyring can be reached; start it (no bus)',
      expect.stringMatching(/^NOT removed: the entry .*tidings\.desktop: Tidings couldn’t save$/u),
      'NOT removed: /c/Tidings/logs/main.log: EACCES',
    ]);
  });

  it('says nothing of tokens that the person chose to leave, and where nothing could be kept that it wasn’t', () => {
    const left = said({
      tokens: { kind: 'left' },
      autostart: { kind: 'none' },
      data: { kind: 'own-files-removed' },
    });
    expect(left.done).toHaveLength(2);
    expect(left.done[1]).toContain('whatever else is in it was left');
    const error = { code: 'keyring-unavailable', at: 0, detail: 'no bus' } as const;
    const unused = said({
      tokens: { kind: 'not-used', error },
      autostart: { kind: 'none' },
      data: { kind: 'none' },
    });
    expect(unused.failed).toEqual([]);
    expect(unused.done[0]).toContain('no bus');
  });
});
