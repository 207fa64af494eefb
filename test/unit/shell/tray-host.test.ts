import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import { describe, expect, test } from 'vitest';
import { createElectronTrayHost, type ElectronTrayParts } from '../../../electron/main/shell/tray-host.ts';
import { createTrayImageSource } from '../../../electron/main/shell/tray-image.ts';
import type { TrayAction } from '../../../electron/main/shell/tray-menu.ts';

/** As much of Electron as a tray needs, recording. */
function electron(platform: NodeJS.Platform, theme: { dark: boolean; taskbarDark?: boolean } = { dark: false }) {
  const calls: string[] = [];
  const seen = { template: [] as readonly MenuItemConstructorOptions[] };
  const tray = Object.assign(new EventEmitter(), {
    setImage: () => calls.push('image'),
    setToolTip: (text: string) => calls.push(`tooltip ${text}`),
    setContextMenu: () => calls.push('menu'),
    destroy: () => calls.push('destroy'),
  });
  const nativeTheme = Object.assign(new EventEmitter(), {
    shouldUseDarkColors: theme.dark,
    ...(theme.taskbarDark === undefined ? {} : { shouldUseDarkColorsForSystemIntegratedUI: theme.taskbarDark }),
  });
  const screen = Object.assign(new EventEmitter(), {
    getAllDisplays: () => [{ scaleFactor: 1 }, { scaleFactor: 2 }],
    getPrimaryDisplay: () => ({ scaleFactor: 1.5 }),
  });
  const image = {
    addRepresentation: (options: { scaleFactor: number; width: number; buffer: Buffer }) =>
      calls.push(`representation ${String(options.width)}@${String(options.scaleFactor)} ${String(options.buffer[1])}`),
    setTemplateImage: (on: boolean) => calls.push(`template ${String(on)}`),
  };
  const parts = {
    platform,
    createTray: (given: NativeImage) => {
      calls.push(given === (image as unknown) ? 'create' : 'create with another image');
      return tray;
    },
    nativeImage: { createEmpty: () => image },
    menu: {
      buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => {
        seen.template = template;
        return {};
      },
    },
    theme: nativeTheme,
    screen,
  } as unknown as ElectronTrayParts;
  return { calls, seen, tray, nativeTheme, screen, host: createElectronTrayHost(parts) };
}

const draw = createTrayImageSource();

describe("the tray in Electron's hands", () => {
  test('gets macOS a template with a picture for each scale', () => {
    const { host, calls } = electron('darwin');
    host.create(draw({ count: 4, status: 'watching' }, host.appearance()));
    // 80 is the P of PNG.
    expect(calls).toEqual(['representation 18@1 80', 'representation 36@2 80', 'template true', 'create']);
  });

  test('knows the panel where the system tells, and the taskbar apart from programs', () => {
    expect(electron('win32', { dark: true }).host.appearance()).toMatchObject({ darkPanel: true, scaleFactors: [1.5] });
    expect(electron('win32', { dark: false, taskbarDark: true }).host.appearance().darkPanel).toBe(true);
    expect(electron('linux', { dark: true }).host.appearance()).toMatchObject({
      darkPanel: null,
      scaleFactors: [1, 2],
    });
  });

  test('says when theme or displays change, until told to stop', () => {
    const { host, nativeTheme, screen } = electron('win32');
    let changes = 0;
    const stop = host.onAppearanceChange(() => {
      changes += 1;
    });
    nativeTheme.emit('updated');
    for (const event of ['display-added', 'display-removed', 'display-metrics-changed']) screen.emit(event);
    expect(changes).toBe(4);
    stop();
    expect([nativeTheme, screen].flatMap((emitter) => emitter.eventNames())).toEqual([]);
  });

  test('builds the menu and answers its clicks', () => {
    const { host, seen } = electron('linux');
    const handle = host.create(draw({ count: 0, status: 'watching' }, host.appearance()));
    const chosen: TrayAction[] = [];
    handle.setMenu(
      [
        { kind: 'header', label: '4 unread' },
        { kind: 'separator' },
        { kind: 'action', label: 'Quit Tidings', enabled: true, action: { kind: 'quit' } },
      ],
      (action) => chosen.push(action),
    );
    expect(seen.template).toMatchObject([
      { label: '4 unread', enabled: false },
      { type: 'separator' },
      { label: 'Quit Tidings', enabled: true },
    ]);
    const click = seen.template[2]?.click as unknown as () => void;
    click();
    expect(chosen).toEqual([{ kind: 'quit' }]);
  });

  test('opens on a click, except on macOS, where a click opens the menu', () => {
    for (const [platform, expected] of [
      ['linux', 1],
      ['win32', 1],
      ['darwin', 0],
    ] as const) {
      const { host, tray } = electron(platform);
      let opened = 0;
      host.create(draw({ count: 0, status: 'watching' }, host.appearance())).onActivate(() => {
        opened += 1;
      });
      tray.emit('click');
      expect(opened, platform).toBe(expected);
    }
  });
});
