import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen, type Session } from 'electron';
import type { Translate } from '../../shared/locales/messages.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { createMainWindow, type MainWindow, type WindowStateStore } from './main-window.ts';
import type { NotificationPresenter } from './notification-presenter.ts';

export interface OwnWindowOptions {
  /** Absolute path of the build's `out` folder. */
  readonly outFolder: string;
  readonly session: Session;
  readonly translate: Translate;
  readonly store: WindowStateStore;
  /** Whether the person still has to be told that closing the window leaves the app in the tray; asked once a run. */
  readonly takeCloseHint: () => boolean;
  readonly presenter: Pick<NotificationPresenter, 'show'>;
  readonly onOpenChange: (open: boolean) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Tidings' own window, with the build's pages, on this system's screens. */
export function createOwnWindow(options: OwnWindowOptions): MainWindow {
  const { outFolder, translate, takeCloseHint, presenter, log, ...rest } = options;
  const say = (id: string, title: string, body: string): void => {
    presenter.show({ id, title, body, silent: true });
  };
  return createMainWindow({
    ...rest,
    log,
    create: (windowOptions) => new BrowserWindow(windowOptions),
    title: translate('app.name'),
    iconPath: process.platform === 'linux' ? join(outFolder, 'main', 'icons', '256x256.png') : null,
    preloadPath: join(outFolder, 'preload', 'index.cjs'),
    allowDebugging: __TIDINGS_ALLOW_DEBUGGING__,
    workAreas: () => screen.getAllDisplays().map((display) => display.workArea),
    isDark: () => nativeTheme.shouldUseDarkColors,
    onFirstClose: () => {
      if (takeCloseHint()) {
        say('runs-in-tray', translate('dialog.runsInTray'), translate('dialog.runsInTrayBody'));
      }
    },
    onFailure: (failure) => {
      log.error('The window was closed by a failure', { failure });
      say('window-failed', translate('dialog.windowFailed'), translate('dialog.windowFailedBody'));
    },
  });
}
