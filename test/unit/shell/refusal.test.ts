import { describe, expect, it } from 'vitest';
import { createWords } from '../../../electron/main/i18n.ts';
import { describeRefusal, refusalOfSwitches } from '../../../electron/main/shell/refusal.ts';

const appImage = { APPIMAGE: '/home/ada/Tidings.AppImage' };

describe('switches', () => {
  it('are no reason where there are none', () => {
    expect(refusalOfSwitches([], {})).toBeNull();
    expect(refusalOfSwitches([], appImage)).toBeNull();
  });

  it.each([
    ['typed by a person', ['no-sandbox'], {}],
    ['without an AppImage', ['no-sandbox'], { APPIMAGE: '' }],
    ['of an AppImage and of somebody else', ['no-sandbox', 'host-rules'], appImage],
  ] as const)('are named: %s', (_what, names, env) => {
    const refusal = refusalOfSwitches(names, env);
    expect(refusal).toEqual({ kind: 'forbidden-switches', names });
  });

  it.each(['en', 'zh-CN'] as const)(
    'that the AppImage put there itself are not told to be left out (%s)',
    (language) => {
      const refusal = refusalOfSwitches(['no-sandbox'], appImage);
      if (refusal === null) throw new Error('It starts');
      const told = describeRefusal(refusal, '/nowhere', createWords(language).translate);
      expect(told).toContain('AppImage');
      expect(told).toContain('.deb');
      expect(told).not.toContain('--no-sandbox');
    },
  );
});
