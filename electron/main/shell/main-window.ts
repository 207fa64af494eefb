import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from 'electron';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { appPageUrl } from './app-paths.ts';
import { windowOptions, type WindowLook } from './window-options.ts';
import { placeWindow, type Bounds, type WindowState } from './window-state.ts';

/** A page without content after this, ms, is shown as it is: a click must not come to nothing. */
export const firstPictureLimitMs = 5_000;

/** Of the isolated worlds, one that neither Chromium (0) nor the preload script (999) uses. */
const pictureWorld = 1_000;

/**
 * Resolves once the page's root has content and a frame with it was drawn. Electron's own `ready-to-show` comes with
 * the first frame of any kind: run with a snapshot that took 800 ms, it came with an empty page after 320 ms.
 */
const pictureScript = `new Promise((resolve) => {
  const root = document.getElementById('root');
  const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)));
  if (root.childElementCount > 0) drawn();
  else new MutationObserver((_, observer) => { observer.disconnect(); drawn(); }).observe(root, { childList: true });
})`;

/** Where the window's place is remembered. Reading and writing may not throw. */
export interface WindowStateStore {
  read(): WindowState | null;
  write(state: WindowState): void;
}

/** Why the app itself closed the window: its renderer crashed or was killed, or its page can't be read. */
export type WindowFailure = 'renderer-gone' | 'load-failed';

export interface MainWindowOptions extends Omit<WindowLook, 'placement' | 'dark'> {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  /** The displays' areas without their panels, the primary one first. */
  readonly workAreas: () => readonly Bounds[];
  readonly isDark: () => boolean;
  readonly store: WindowStateStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** The person closed the window for the first time in this run: the app goes on in the tray. */
  readonly onFirstClose: () => void;
  /** The app had to close the window, which a person was looking at or waiting for. */
  readonly onFailure: (failure: WindowFailure) => void;
  /** The window opened or is gone. */
  readonly onOpenChange?: (open: boolean) => void;
}

export interface MainWindow {
  /** Opens the window, or brings the open one to the front. Only on a person's action: it takes the focus. */
  readonly show: () => void;
  /** Closes the window as a person would. */
  readonly close: () => void;
  /** The open window, for a dialog's parent; null while there is none. */
  readonly browserWindow: () => BrowserWindow | null;
  /** The open window's page; null while there is none. */
  readonly webContents: () => WebContents | null;
  /** Closes the window for good; `show` does nothing from now on. */
  readonly dispose: () => void;
}

/**
 * The owner of the app's one window. Closing it ends its renderer; the next `show` makes a new one. A renderer that
 * crashed or hangs is replaced by the next `show` too, since nothing lives in it.
 */
export function createMainWindow(options: MainWindowOptions): MainWindow {
  let open: OpenWindow | null = null;
  let closedBefore = false;
  let disposed = false;

  const begin = (): OpenWindow => {
    const began: OpenWindow = openWindow(options, (byPerson) => {
      if (open !== began) return;
      open = null;
      options.onOpenChange?.(false);
      if (!byPerson || closedBefore || disposed) return;
      closedBefore = true;
      options.onFirstClose();
    });
    return began;
  };

  return {
    show() {
      if (disposed) return;
      if (open !== null && open.isHanging()) {
        options.log.warn('hanging window replaced');
        open.destroy();
      }
      if (open === null) {
        open = begin();
        options.onOpenChange?.(true);
      } else {
        open.bringToFront();
      }
    },
    close() {
      open?.window.close();
    },
    browserWindow: () => open?.window ?? null,
    webContents: () => open?.window.webContents ?? null,
    dispose() {
      disposed = true;
      open?.destroy();
    },
  };
}

interface OpenWindow {
  readonly window: BrowserWindow;
  isHanging(): boolean;
  bringToFront(): void;
  /** Ends window and renderer at once, without asking the page. */
  destroy(): void;
}

function openWindow(options: MainWindowOptions, onGone: (byPerson: boolean) => void): OpenWindow {
  const { log, clock, store } = options;
  const placement = placeWindow(store.read(), options.workAreas());
  const window = options.create(windowOptions({ ...options, placement, dark: options.isDark() }));
  const contents = window.webContents;
  let shown = false;
  let hanging = false;
  let byPerson = false;

  const reveal = (): void => {
    cancelLimit();
    if (shown || window.isDestroyed()) return;
    shown = true;
    if (placement.maximized) window.maximize();
    window.show();
  };
  const cancelLimit = clock.setTimer(firstPictureLimitMs, () => {
    log.warn('window shown without a picture', { afterMs: firstPictureLimitMs });
    reveal();
  });
  const remember = (): void => {
    store.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const destroy = (): void => {
    cancelLimit();
    if (window.isDestroyed()) return;
    if (shown) remember();
    window.destroy();
  };

  const fail = (failure: WindowFailure): void => {
    destroy();
    options.onFailure(failure);
  };

  window.setMenuBarVisibility(false);
  contents.once('dom-ready', () => {
    contents
      .executeJavaScriptInIsolatedWorld(pictureWorld, [{ code: pictureScript }])
      .then(reveal, (error: unknown) => {
        // The limit above shows the window then.
        if (!window.isDestroyed()) log.warn('the first picture could not be awaited', { error });
      });
  });
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  window.on('close', () => {
    byPerson = true;
    if (shown) remember();
  });
  window.on('closed', () => {
    cancelLimit();
    onGone(byPerson);
  });
  window.on('unresponsive', () => {
    hanging = true;
    log.warn('window hangs');
  });
  window.on('responsive', () => {
    hanging = false;
  });
  contents.on('render-process-gone', (_event, details) => {
    log.error('the window lost its renderer', { why: details.reason, exit: details.exitCode });
    fail('renderer-gone');
  });
  contents.on('preload-error', (_event, _path, error) => {
    log.error('the preload script failed', { error });
  });
  window.loadURL(appPageUrl).catch((error: unknown) => {
    // A window closed while loading is no failure.
    if (window.isDestroyed()) return;
    log.error('the page did not load', { error });
    fail('load-failed');
  });

  return {
    window,
    isHanging: () => hanging,
    bringToFront() {
      // One that is still loading comes to the front when it is shown.
      if (!shown) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    destroy,
  };
}
