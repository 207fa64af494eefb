import { recordLauncherBadge } from './launcher-badge.ts';
import type { LauncherBadgeRecorder } from './launcher-badge.ts';
import { startNotificationDaemon } from './notification-daemon.ts';
import type { NotificationDaemon, NotificationDaemonOptions } from './notification-daemon.ts';
import { startDesktopSession } from './session.ts';
import type { DesktopSession, DesktopSessionOptions } from './session.ts';
import { startStatusNotifierWatcher } from './status-notifier-watcher.ts';
import type { StatusNotifierWatcher } from './status-notifier-watcher.ts';
import { takeOverBrowser } from './system-browser.ts';
import type { SystemBrowser } from './system-browser.ts';

export interface DesktopOptions extends DesktopSessionOptions {
  readonly notifications?: NotificationDaemonOptions;
}

/** A session with everything that a full desktop offers an app, each part recording what it is told. */
export interface Desktop {
  readonly session: DesktopSession;
  readonly notifications: NotificationDaemon;
  readonly tray: StatusNotifierWatcher;
  readonly badge: LauncherBadgeRecorder;
  readonly links: SystemBrowser;
  dispose(): Promise<void>;
}

/** @throws as {@link startDesktopSession} does; nothing is left then */
export async function startDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const session = await startDesktopSession(options);
  try {
    const links = takeOverBrowser(session);
    const [notifications, tray, badge] = await Promise.all([
      startNotificationDaemon(session.bus, options.notifications),
      startStatusNotifierWatcher(session.bus),
      recordLauncherBadge(session.bus),
    ]);
    const dispose = async (): Promise<void> => {
      links.dispose();
      await session.dispose();
    };
    return { session, notifications, tray, badge, links, dispose };
  } catch (error) {
    await session.dispose();
    throw error;
  }
}
