import type { Menu, nativeImage, nativeTheme, NativeImage, screen, Tray } from 'electron';
import type { TrayAction, TrayMenuItem } from './tray-menu.ts';
import type { TrayAppearance, TrayImage } from './tray-image.ts';

/** The system's tray as the presence needs it. */
export interface TrayHost {
  /** Puts an icon up. May throw where there is no tray. */
  create(image: TrayImage): TrayHandle;
  /** The surroundings now. */
  appearance(): TrayAppearance;
  /** Calls back when the surroundings may have changed, until the returned function is called. */
  onAppearanceChange(listener: () => void): () => void;
}

/** One icon in the system's tray. */
export interface TrayHandle {
  setImage(image: TrayImage): void;
  setTooltip(text: string): void;
  setMenu(items: readonly TrayMenuItem[], choose: (action: TrayAction) => void): void;
  /** Called when the icon itself is clicked, where the system tells. */
  onActivate(listener: () => void): void;
  destroy(): void;
}

/** Electron's own parts, handed in so that this file runs in plain Node. */
export interface ElectronTrayParts {
  readonly platform: NodeJS.Platform;
  readonly createTray: (
    image: NativeImage,
  ) => Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'destroy' | 'on'>;
  readonly nativeImage: Pick<typeof nativeImage, 'createEmpty'>;
  readonly menu: Pick<typeof Menu, 'buildFromTemplate'>;
  readonly theme: Pick<typeof nativeTheme, 'shouldUseDarkColors' | 'on' | 'off'> & {
    /** Not in every Electron; on Windows the taskbar's theme, which is apart from the one of programs. */
    readonly shouldUseDarkColorsForSystemIntegratedUI?: boolean;
  };
  readonly screen: Pick<typeof screen, 'getAllDisplays' | 'getPrimaryDisplay' | 'on' | 'off'>;
}

/** The tray by Electron. */
export function createElectronTrayHost(parts: ElectronTrayParts): TrayHost {
  const { platform, theme, screen } = parts;
  const toNative = (image: TrayImage): NativeImage => {
    const native = parts.nativeImage.createEmpty();
    for (const { png, scaleFactor, size } of image.representations) {
      native.addRepresentation({ buffer: png, scaleFactor, width: size, height: size });
    }
    if (image.template) native.setTemplateImage(true);
    return native;
  };
  return {
    create: (image) => {
      const tray = parts.createTray(toNative(image));
      return {
        setImage: (next) => {
          tray.setImage(toNative(next));
        },
        setTooltip: (text) => {
          tray.setToolTip(text);
        },
        setMenu: (items, choose) => {
          tray.setContextMenu(parts.menu.buildFromTemplate(items.map((item) => toTemplate(item, choose))));
        },
        onActivate: (listener) => {
          // On macOS a click opens the menu by itself; a window besides would be one too many.
          if (platform !== 'darwin') tray.on('click', listener);
        },
        destroy: () => {
          tray.destroy();
        },
      };
    },
    appearance: () => ({
      platform,
      darkPanel: darkPanel(parts),
      scaleFactors:
        platform === 'win32'
          ? [screen.getPrimaryDisplay().scaleFactor]
          : screen.getAllDisplays().map((display) => display.scaleFactor),
    }),
    onAppearanceChange: (listener) => {
      theme.on('updated', listener);
      screen.on('display-added', listener);
      screen.on('display-removed', listener);
      screen.on('display-metrics-changed', listener);
      return () => {
        theme.off('updated', listener);
        screen.off('display-added', listener);
        screen.off('display-removed', listener);
        screen.off('display-metrics-changed', listener);
      };
    },
  };
}

/** A Linux panel has a theme of its own that no interface tells. */
function darkPanel({ platform, theme }: ElectronTrayParts): boolean | null {
  if (platform === 'win32') return theme.shouldUseDarkColorsForSystemIntegratedUI ?? theme.shouldUseDarkColors;
  return platform === 'darwin' ? theme.shouldUseDarkColors : null;
}

function toTemplate(item: TrayMenuItem, choose: (action: TrayAction) => void): Electron.MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'header':
      return { label: item.label, enabled: false };
    case 'action':
      return {
        label: item.label,
        enabled: item.enabled,
        click: () => {
          choose(item.action);
        },
      };
  }
}
