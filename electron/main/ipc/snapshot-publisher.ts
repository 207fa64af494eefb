import type { AppSnapshot } from '../../shared/snapshot.ts';
import { ipcChannels } from '../../shared/window-api.ts';
import type { Clock } from '../clock.ts';

/** At most one message to the window in this time, ms: a frame at 60 Hz. */
export const publishIntervalMs = 16;

/** Where snapshots come from. */
export interface SnapshotSource {
  /** Calls back with each newer snapshot until the returned function is called. */
  subscribe(listener: (snapshot: AppSnapshot) => void): () => void;
}

/** What is used of the window's WebContents. */
export interface SnapshotTarget {
  isDestroyed(): boolean;
  send(channel: string, snapshot: AppSnapshot): void;
}

export interface SnapshotPublisherOptions {
  readonly source: SnapshotSource;
  /** The window's WebContents; null while there is none. A new window asks for its first snapshot by itself. */
  readonly target: () => SnapshotTarget | null;
  readonly clock: Clock;
}

/**
 * Sends snapshots to the window: the first of a burst at once, then the newest at most every
 * {@link publishIntervalMs}, and always the last. Sends nothing while there is no window.
 */
export function createSnapshotPublisher(options: SnapshotPublisherOptions): { dispose(): void } {
  const { source, clock } = options;
  let lastSentAt = Number.NEGATIVE_INFINITY;
  let cancelTimer: (() => void) | null = null;

  let waiting: AppSnapshot | null = null;

  const send = (snapshot: AppSnapshot): void => {
    const target = options.target();
    if (target === null || target.isDestroyed()) return;
    lastSentAt = clock.now();
    target.send(ipcChannels.snapshot, snapshot);
  };
  const sendWaiting = (): void => {
    const snapshot = waiting;
    cancelTimer = null;
    waiting = null;
    if (snapshot !== null) send(snapshot);
  };

  const unsubscribe = source.subscribe((snapshot) => {
    if (cancelTimer !== null) {
      waiting = snapshot;
      return;
    }
    const elapsed = clock.now() - lastSentAt;
    // A wall clock set back must not silence the window.
    const wait = elapsed < 0 ? 0 : publishIntervalMs - elapsed;
    if (wait <= 0) {
      send(snapshot);
      return;
    }
    waiting = snapshot;
    cancelTimer = clock.setTimer(wait, sendWaiting);
  });

  return {
    dispose() {
      unsubscribe();
      cancelTimer?.();
      cancelTimer = null;
      waiting = null;
    },
  };
}
