import type { SessionBus } from './session-bus.ts';

/** Had by whatever shows tray icons: StatusNotifierItem specification, "StatusNotifierWatcher". */
const panelName = 'org.kde.StatusNotifierWatcher';

/**
 * Calls back once when a panel comes that wasn't there before: Electron gives up an icon that finds none, for good
 * (measured with 33). One that was there and restarts gets its icons from Electron itself.
 */
export function onLatePanel(bus: Pick<SessionBus, 'watchOwner'>, listener: () => void): () => void {
  let state: 'unknown' | 'missing' | 'there' = 'unknown';
  return bus.watchOwner(panelName, (owner) => {
    if (owner === null) {
      if (state === 'unknown') state = 'missing';
      return;
    }
    const isLate = state === 'missing';
    state = 'there';
    if (isLate) listener();
  });
}
