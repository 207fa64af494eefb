import { app, Menu, nativeImage, nativeTheme, screen, Tray } from 'electron';
import type { Translate } from '../../shared/locales/messages.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { AppState } from '../state/app-state.ts';
import { createBadge } from './badge.ts';
import { onLatePanel } from './dbus/late-panel.ts';
import { createLauncherEntry } from './dbus/launcher-entry.ts';
import type { SessionBus } from './dbus/session-bus.ts';
import type { StartedProgram } from './desktop-entry.ts';
import { thisProgram } from './own-login-item.ts';
import { keepSuccessor } from './successor.ts';
import { createElectronTrayHost } from './tray-host.ts';
import type { TrayAction } from './tray-menu.ts';
import { createTrayPresence } from './tray.ts';

export interface PresenceOptions {
  readonly state: Pick<AppState, 'snapshot' | 'subscribe'>;
  /** Null where there is no D-Bus. */
  readonly bus: SessionBus | null;
  readonly translate: Translate;
  /** Made ready when there is the first account: the first notification shall be as quick as the others. */
  readonly presenter: { warmUp(): void };
  readonly onAction: (action: TrayAction) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Shows tray icon and badge, what of Tidings is on screen without a window: they follow the state until disposed, and
 * come back when the session bus does.
 */
export function createPresence(options: PresenceOptions): { dispose(): void } {
  const { state, bus, presenter, translate, onAction, clock, log } = options;
  const tray = createTrayPresence({
    host: createElectronTrayHost({
      platform: process.platform,
      createTray: (image) => new Tray(image),
      nativeImage,
      menu: Menu,
      theme: nativeTheme,
      screen,
    }),
    translate,
    clock,
    log,
    onAction,
  });
  const stopWaiting =
    bus === null
      ? null
      : onLatePanel(bus, () => {
          tray.renew();
        });
  const successor = bus === null ? null : keepSuccessor({ bus, program: ownProgram(), log });
  const launcher = bus === null ? null : createLauncherEntry({ bus, desktopFile: 'tidings.desktop', log });
  const badge = createBadge({ setCount: (count) => launcher?.setCount(count) ?? app.setBadgeCount(count), log });
  const show = (): void => {
    const { snapshot } = state;
    tray.update(snapshot);
    badge.update(snapshot);
    if (snapshot.accounts.length > 0) presenter.warmUp();
  };
  const stopShowing = state.subscribe(show);
  show();
  return {
    dispose() {
      stopShowing();
      successor?.dispose();
      stopWaiting?.();
      tray.dispose();
      badge.dispose();
      launcher?.dispose();
    },
  };
}

/** How to start Tidings again on the same data. */
function ownProgram(): StartedProgram {
  const { path, args } = thisProgram(app, process.env);
  const isElsewhere = app.commandLine.hasSwitch('user-data-dir');
  return { path, args: isElsewhere ? [...args, `--user-data-dir=${app.getPath('userData')}`] : args };
}
