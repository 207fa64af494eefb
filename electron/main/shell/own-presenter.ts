import { Notification } from 'electron';
import type { Words } from '../i18n.ts';
import type { Logger } from '../log.ts';
import type { SessionBus } from './dbus/session-bus.ts';
import type { WarmablePresenter } from './notification-presenter-freedesktop.ts';
import { createPresenter } from './notification-presenter-choice.ts';

export interface OwnPresenterOptions {
  /** Null where there is none to be. */
  readonly bus: SessionBus | null;
  readonly translate: Words['translate'];
  readonly log: Logger;
}

/** What shows Tidings' notifications on this system. */
export function createOwnPresenter({ bus, translate, log }: OwnPresenterOptions): WarmablePresenter {
  return createPresenter({
    bus,
    electron: {
      createNotification: (options) => new Notification(options),
      isSupported: () => Notification.isSupported(),
    },
    appName: translate('app.name'),
    desktopEntry: 'tidings',
    iconPath: null,
    clickLabel: () => translate('tray.open'),
    log,
  });
}
