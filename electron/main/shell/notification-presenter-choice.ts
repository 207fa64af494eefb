import type { SessionBus } from './dbus/session-bus.ts';
import { createElectronPresenter, type ElectronPresenterOptions } from './notification-presenter-electron.ts';
import { createFreedesktopPresenter } from './notification-presenter-freedesktop.ts';
import type { FreedesktopPresenterOptions, WarmablePresenter } from './notification-presenter-freedesktop.ts';
import { maxHeldNotifications } from './notification-presenter.ts';
import type { NotificationListener, NotificationPresenter, PresentedNotification } from './notification-presenter.ts';

export interface PresenterOptions extends Omit<FreedesktopPresenterOptions, 'bus'> {
  /** Null where notifications don't go over a message bus: anywhere but on Linux. */
  readonly bus: Pick<SessionBus, 'connect' | 'request' | 'onSignal' | 'watchOwner'> | null;
  readonly electron: Pick<ElectronPresenterOptions, 'createNotification' | 'isSupported'>;
}

/**
 * The one place that decides who shows notifications. On Linux the desktop's service is spoken to directly; where
 * the bus can't be reached when it is first needed, Electron may know a way that we don't. Decided once a run: a bus
 * that is lost later comes back as the same bus.
 */
export function createPresenter({ bus, electron, ...options }: PresenterOptions): WarmablePresenter {
  const { log } = options;
  if (bus === null) {
    return { ...createElectronPresenter({ ...electron, bodyMarkup: false, log }), warmUp: () => {} };
  }
  /** What was to be shown before it was decided; oldest first. */
  const waiting = new Map<string, PresentedNotification>();
  let listener: NotificationListener | null = null;
  let chosen: NotificationPresenter | null = null;
  let isDeciding = false;
  let isDisposed = false;

  const choose = (create: () => NotificationPresenter): void => {
    if (isDisposed) return;
    const presenter = create();
    chosen = presenter;
    if (listener !== null) presenter.listen(listener);
    for (const notification of waiting.values()) presenter.show(notification);
    waiting.clear();
  };

  const decide = (): void => {
    if (isDeciding || isDisposed) return;
    isDeciding = true;
    bus.connect().then(
      () => {
        choose(() => {
          const freedesktop = createFreedesktopPresenter({ bus, ...options });
          freedesktop.warmUp();
          return freedesktop;
        });
      },
      (error: unknown) => {
        log.info('notification: by Electron, for the session bus can’t be reached', { reason: String(error) });
        choose(() => createElectronPresenter({ ...electron, bodyMarkup: true, log }));
      },
    );
  };

  return {
    warmUp: decide,
    listen: (next) => {
      listener = next;
      chosen?.listen(next);
    },
    show: (notification) => {
      decide();
      if (chosen !== null) {
        chosen.show(notification);
        return;
      }
      waiting.delete(notification.id);
      waiting.set(notification.id, notification);
      const [oldest] = waiting.keys();
      if (waiting.size <= maxHeldNotifications || oldest === undefined) return;
      waiting.delete(oldest);
      listener?.onFail(oldest, 'too many are waiting');
    },
    withdraw: (id) => {
      waiting.delete(id);
      chosen?.withdraw(id);
    },
    dispose: () => {
      isDisposed = true;
      waiting.clear();
      chosen?.dispose();
    },
  };
}
