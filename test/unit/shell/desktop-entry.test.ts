import { describe, expect, it } from 'vitest';

import {
  autostartEntry,
  execLine,
  isSwitchedOn,
  parseDesktopEntry,
} from '../../../electron/main/shell/desktop-entry.ts';

describe('the autostart entry', () => {
  it('starts the program, and is passed over once the program is gone', () => {
    expect(autostartEntry('Tidings', { path: '/opt/Tidings/tidings', args: ['--hidden'] })).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Name=Tidings',
        'Exec=/opt/Tidings/tidings --hidden',
        'TryExec=/opt/Tidings/tidings',
        'Icon=tidings',
        'Terminal=false',
        'StartupNotify=false',
        'X-GNOME-Autostart-enabled=true',
        '',
      ].join('\n'),
    );
  });

  // "The Exec key" and "Possible value types" of the Desktop Entry Specification 1.5.
  it.each([
    ['a blank', '/opt/My Apps/tidings', '"/opt/My Apps/tidings"'],
    ['a percent sign', '/opt/100%/tidings', 'env /opt/100%%/tidings'],
    ['a quote', '/opt/a"b/tidings', String.raw`"/opt/a\\"b/tidings"`],
    ['a dollar sign', '/opt/$HOME/tidings', String.raw`"/opt/\\$HOME/tidings"`],
    ['a backtick', '/opt/`id`/tidings', '"/opt/\\\\`id\\\\`/tidings"'],
    ['a backslash', String.raw`/opt/a\b/tidings`, String.raw`"/opt/a\\\\b/tidings"`],
    ['a semicolon', '/opt/a;b/tidings', '"/opt/a;b/tidings"'],
    ['a line break', '/opt/a\nExec=evil/tidings', String.raw`"/opt/a\nExec=evil/tidings"`],
    ['other letters', '/opt/消息/tidings', '"/opt/消息/tidings"'],
  ])('quotes a path with %s', (_what, path, expected) => {
    const text = autostartEntry('Tidings', { path, args: [] });
    expect(text).toContain(`\nExec=${expected}\n`);
    expect(text.split('\n')).toHaveLength(10);
    expect(parseDesktopEntry(text)?.get('TryExec')).toBe(path);
    expect(parseDesktopEntry(text)?.get('Exec')).toBe(execLine({ path, args: [] }));
  });
});

describe('reading an entry', () => {
  const entry = (...lines: readonly string[]) =>
    parseDesktopEntry(['[Desktop Entry]', 'Exec=tidings', ...lines].join('\n')) ?? new Map<string, string>();
  const there = () => Promise.resolve(true);

  it('takes only the first group, whatever it is followed by, and localized keys apart', () => {
    const text = '# by a tool\n[Desktop Entry]\nName = Tidings \nName[zh_CN]=消息\n[Desktop Action x]\nName=Other\n';
    expect(parseDesktopEntry(text)).toEqual(
      new Map([
        ['Name', 'Tidings '],
        ['Name[zh_CN]', '消息'],
      ]),
    );
    expect(parseDesktopEntry('')).toBeNull();
    expect(parseDesktopEntry('[Other]\nName=x')).toEqual(new Map());
  });

  it.each([
    ['nothing against it', [], true],
    ['GNOME’s switch on', ['X-GNOME-Autostart-enabled=true'], true],
    ['GNOME’s switch off', ['X-GNOME-Autostart-enabled=false'], false],
    ['hidden, which means removed', ['Hidden=true'], false],
  ])('with %s', async (_what, lines, expected) => {
    expect(await isSwitchedOn(entry(...lines), there)).toBe(expected);
  });

  it('asks for the program that it names', async () => {
    const asked: string[] = [];
    const gone = (tryExec: string) => {
      asked.push(tryExec);
      return Promise.resolve(false);
    };
    expect(await isSwitchedOn(entry('TryExec=/opt/a b/tidings'), gone)).toBe(false);
    expect(asked).toEqual(['/opt/a b/tidings']);
    expect(await isSwitchedOn(new Map([['Name', 'Tidings']]), there)).toBe(false);
  });
});
