import type { BrowserWindowConstructorOptions, Session } from 'electron';
import { minWindowSize, type Placement } from './window-state.ts';

/** The page's own ground (renderer/base.css), seen before it while a person drags the window larger. */
export const pageBackground = { light: '#f5f5f5', dark: '#141414' } as const;

export interface WindowLook {
  readonly title: string;
  readonly placement: Placement;
  readonly dark: boolean;
  /** Absolute path of a PNG for systems that take a window's icon from the window; null for none. */
  readonly iconPath: string | null;
  /** Absolute path of the preload script. */
  readonly preloadPath: string;
  /** Whether Chromium's inspector may be opened; the build constant. */
  readonly allowDebugging: boolean;
  /** The session the app's scheme is served in. */
  readonly session: Session;
}

/** Electron's options for the one window: a sandboxed page that reaches main by the preload script only. */
export function windowOptions(look: WindowLook): BrowserWindowConstructorOptions {
  const { placement } = look;
  return {
    title: look.title,
    width: placement.width,
    height: placement.height,
    ...placement.position,
    minWidth: minWindowSize.width,
    minHeight: minWindowSize.height,
    // Shown when its first picture is there.
    show: false,
    backgroundColor: look.dark ? pageBackground.dark : pageBackground.light,
    autoHideMenuBar: true,
    ...(look.iconPath === null ? {} : { icon: look.iconPath }),
    webPreferences: {
      preload: look.preloadPath,
      session: look.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: look.allowDebugging,
    },
  };
}
