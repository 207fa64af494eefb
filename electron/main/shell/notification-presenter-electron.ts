import type { NotificationConstructorOptions } from 'electron';
import type { Logger } from '../log.ts';
import { escapeMarkup, maxHeldNotifications } from './notification-presenter.ts';
import type { NotificationListener, NotificationPresenter, PresentedNotification } from './notification-presenter.ts';

/** As much of Electron's `Notification` as is used; `failed` doesn't come on every platform. */
export interface NativeNotification {
  show(): void;
  close(): void;
  on(event: 'click' | 'show', listener: () => void): unknown;
  on(event: 'close', listener: (details: unknown) => void): unknown;
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown;
  removeAllListeners(): unknown;
}

export interface ElectronPresenterOptions {
  readonly createNotification: (options: NotificationConstructorOptions) => NativeNotification;
  readonly isSupported: () => boolean;
  /**
   * Whether the body is read as markup, so that `& < >` have to be escaped. So on Linux: Electron hands the body to
   * libnotify as it is, and nearly every server there reads it as markup (capability `body-markup`).
   */
  readonly bodyMarkup: boolean;
  readonly log: Logger;
}

/** Notifications by Electron. It can't replace one on Linux: the old one is closed and the new one shown. */
export function createElectronPresenter(options: ElectronPresenterOptions): NotificationPresenter {
  const { createNotification, isSupported, bodyMarkup, log } = options;
  const held = new Map<string, NativeNotification>();
  let listener: NotificationListener | null = null;

  const release = (id: string): void => {
    const native = held.get(id);
    if (native === undefined) return;
    held.delete(id);
    native.removeAllListeners();
    native.close();
  };

  const forget = (id: string, native: NativeNotification): boolean => {
    if (held.get(id) !== native) return false;
    held.delete(id);
    return true;
  };

  const present = ({ id, title, body, silent }: PresentedNotification): void => {
    release(id);
    const native = createNotification({ title, body: bodyMarkup ? escapeMarkup(body) : body, silent });
    native.on('show', () => {
      if (held.get(id) === native) listener?.onShown(id);
    });
    native.on('click', () => {
      if (forget(id, native)) listener?.onClick(id);
    });
    native.on('close', (details) => {
      // On Windows this also says that it moved to the notification centre, where it can still be clicked.
      if (closeReason(details) === 'timedOut') return;
      if (forget(id, native)) listener?.onClose(id);
    });
    native.on('failed', (_event, error) => {
      // On Linux, where Electron documents no such event, it comes without words (Electron 33, no service on the bus).
      if (forget(id, native)) listener?.onFail(id, error === '' ? 'refused by the notification service' : error);
    });
    held.set(id, native);
    listener?.onSend(id);
    native.show();
    const [oldest] = held.keys();
    if (held.size > maxHeldNotifications && oldest !== undefined) release(oldest);
  };

  return {
    listen: (next) => {
      listener = next;
    },
    show: (notification) => {
      if (!isSupported()) {
        listener?.onFail(notification.id, 'no notification service');
        return;
      }
      try {
        present(notification);
      } catch (error) {
        held.delete(notification.id);
        listener?.onFail(notification.id, String(error));
      }
    },
    withdraw: release,
    dispose: () => {
      listener = null;
      for (const id of [...held.keys()]) {
        try {
          release(id);
        } catch (error) {
          log.warn('notification: could not be withdrawn', { reason: String(error) });
        }
      }
    },
  };
}

/** Why it was closed, as Electron 45 says on Windows; null where it doesn't say. */
function closeReason(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('reason' in details)) return null;
  return typeof details.reason === 'string' ? details.reason : null;
}
