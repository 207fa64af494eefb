import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Session } from 'electron';
import { createMainWindow } from '../../../electron/main/shell/main-window.ts';
import type { WindowState } from '../../../electron/main/shell/window-state.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const workArea = { x: 0, y: 0, width: 1920, height: 1040 };

class FakeContents extends EventEmitter {
  readonly id: number;
  /** Ends the wait for the page's first content. */
  draw: () => void = () => {};
  failPicture: (error: Error) => void = () => {};

  constructor(id: number) {
    super();
    this.id = id;
  }

  executeJavaScriptInIsolatedWorld(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.draw = () => {
        resolve(true);
      };
      this.failPicture = reject;
    });
  }
}

class FakeWindow extends EventEmitter {
  static nextId = 1;
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents(FakeWindow.nextId++);
  readonly calls: string[] = [];
  url = '';
  destroyed = false;
  minimized = false;
  failLoad: (error: Error) => void = () => {};

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  loadURL(url: string): Promise<void> {
    this.url = url;
    return new Promise((_resolve, reject) => {
      this.failLoad = reject;
    });
  }

  show = (): void => void this.calls.push('show');
  focus = (): void => void this.calls.push('focus');
  maximize = (): void => void this.calls.push('maximize');
  restore = (): void => void this.calls.push('restore');
  setMenuBarVisibility = (): void => {};
  isMinimized = (): boolean => this.minimized;
  isMaximized = (): boolean => false;
  isDestroyed = (): boolean => this.destroyed;
  getNormalBounds = () => ({ x: 10, y: 20, width: 500, height: 700 });

  /** As Electron: a close can be seen before, a destroy can't; both end in `closed`. */
  close(): void {
    this.emit('close', { preventDefault: () => {} });
    this.destroy();
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('closed');
  }
}

/** A main window over fakes of Electron's classes, and everything that becomes of it. */
export function setUpMainWindow(saved: WindowState | null = null) {
  const windows: FakeWindow[] = [];
  const written: WindowState[] = [];
  const events: string[] = [];
  const clock = new FakeClock();
  const log = recordingLog();
  const main = createMainWindow({
    create: (options) => {
      const window = new FakeWindow(options);
      windows.push(window);
      return window as unknown as BrowserWindow;
    },
    workAreas: () => [workArea],
    isDark: () => true,
    store: { read: () => saved, write: (state) => void written.push(state) },
    clock,
    log,
    title: 'Tidings',
    iconPath: null,
    preloadPath: '/app/preload/index.cjs',
    allowDebugging: false,
    session: {} as Session,
    onFirstClose: () => void events.push('first-close'),
    onFailure: (failure) => void events.push(failure),
    onOpenChange: (open) => void events.push(open ? 'open' : 'gone'),
  });
  const newest = (): FakeWindow => {
    const window = windows.at(-1);
    if (window === undefined) throw new Error('no window was made');
    return window;
  };
  const draw = async (): Promise<void> => {
    newest().webContents.emit('dom-ready');
    newest().webContents.draw();
    await settle();
  };
  return { main, windows, written, events, clock, log, newest, draw };
}
