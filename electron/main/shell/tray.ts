import type { TrayStatus } from '../../shared/snapshot.ts';
import type { Translate } from '../../shared/locales/messages.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { TrayHandle, TrayHost } from './tray-host.ts';
import { createTrayImageSource } from './tray-image.ts';
import { trayMenu, type TrayAction } from './tray-menu.ts';
import { tooltipAges, trayTooltip, type TraySnapshot } from './tray-text.ts';

export interface TrayPresenceOptions {
  readonly host: TrayHost;
  readonly translate: Translate;
  readonly clock: Clock;
  readonly log: Logger;
  /** A click in the menu or on the icon. */
  readonly onAction: (action: TrayAction) => void;
}

/** Tidings' place in the tray. */
export interface TrayPresence {
  /** Shows the snapshot; does nothing where it would look the same. Never throws. */
  update(snapshot: TraySnapshot): void;
  /** Puts the icon up anew, for a panel that came after it. Never throws. */
  renew(): void;
  /** What is shown now, for those who can't see it; null when there is no icon. */
  shown(): ShownTray | null;
  /** Takes the icon away and stops listening. */
  dispose(): void;
}

/** What the icon and its tooltip say. */
interface ShownTray {
  readonly count: number;
  readonly status: TrayStatus;
  readonly tooltip: string;
}

const nothingShown = { image: '', tooltip: '', menu: '' };

/** How often an age in the tooltip ("12 min. ago") is written anew. */
const ageingMs = 60_000;

/**
 * Owns the tray icon: made with the first snapshot, so that it never shows a state that isn't true. Image, tooltip
 * and menu are each set only when they changed. On Linux a right click finds an empty menu unless it is always set
 * (Electron's Tray page: "you have to call setContextMenu again"), so there every new picture brings its menu along.
 */
export function createTrayPresence(options: TrayPresenceOptions): TrayPresence {
  const { host, translate, clock, log, onAction } = options;
  const draw = createTrayImageSource();
  let handle: TrayHandle | null = null;
  let snapshot: TraySnapshot | null = null;
  let stopAgeing: (() => void) | null = null;
  let disposed = false;
  let failed = false;
  const last = { ...nothingShown };

  const render = (): void => {
    if (snapshot === null || disposed || failed) return;
    const now = clock.now();
    const appearance = host.appearance();
    const image = draw({ count: snapshot.totalUnread, status: snapshot.status }, appearance);
    const tooltip = trayTooltip(snapshot, translate, now);
    const items = trayMenu(snapshot, translate, now);
    const menu = JSON.stringify(items);
    const newImage = image.key !== last.image;
    const newMenu = menu !== last.menu || (newImage && appearance.platform === 'linux');
    if (handle === null) {
      handle = host.create(image);
      handle.onActivate(() => {
        onAction({ kind: 'open' });
      });
    } else if (newImage) handle.setImage(image);
    last.image = image.key;
    if (tooltip !== last.tooltip) handle.setTooltip(tooltip);
    last.tooltip = tooltip;
    if (newMenu) handle.setMenu(items, onAction);
    last.menu = menu;
  };

  const show = (): void => {
    try {
      render();
    } catch (error) {
      // A desktop without a tray is no reason to stop watching: window, badge and notifications are still there.
      failed = handle === null;
      log.error('tray: could not be shown', { reason: String(error) });
    }
    stopAgeing?.();
    stopAgeing = null;
    if (!disposed && !failed && snapshot !== null && tooltipAges(snapshot)) {
      stopAgeing = clock.setTimer(ageingMs, show);
    }
  };

  const stopListening = host.onAppearanceChange(show);

  return {
    update: (next) => {
      snapshot = next;
      show();
    },
    renew: () => {
      handle?.destroy();
      handle = null;
      failed = false;
      Object.assign(last, nothingShown);
      show();
    },
    shown: () =>
      handle === null || snapshot === null
        ? null
        : { count: snapshot.totalUnread, status: snapshot.status, tooltip: last.tooltip },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      stopListening();
      stopAgeing?.();
      stopAgeing = null;
      handle?.destroy();
      handle = null;
    },
  };
}
