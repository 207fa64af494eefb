import type { AppSnapshot } from '../electron/shared/snapshot.ts';
import type { WindowApi } from '../electron/shared/window-api.ts';

/** The newest snapshot, in the shape of React's `useSyncExternalStore`. */
export interface SnapshotStore {
  readonly getSnapshot: () => AppSnapshot;
  /** Calls back after every newer snapshot until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Stops listening to the main process. */
  readonly dispose: () => void;
}

/**
 * Opens the store once the first snapshot is there. It listens before it asks, so that no snapshot between the
 * answer and the subscription is lost; whichever has the higher revision wins, in whatever order they come.
 * Rejects, listening no more, when the first snapshot can't be had.
 */
export async function openSnapshotStore(bridge: Pick<WindowApi, 'getSnapshot' | 'onSnapshot'>): Promise<SnapshotStore> {
  let current: AppSnapshot | null = null;
  const listeners = new Set<() => void>();

  const offer = (candidate: AppSnapshot): AppSnapshot => {
    if (current !== null && candidate.revision <= current.revision) {
      return current;
    }
    current = candidate;
    for (const listener of listeners) {
      listener();
    }
    return candidate;
  };

  const stop = bridge.onSnapshot(offer);
  let newest: AppSnapshot;
  try {
    newest = offer(await bridge.getSnapshot());
  } catch (error) {
    stop();
    throw error;
  }

  return {
    getSnapshot: () => current ?? newest,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    dispose: () => {
      stop();
      listeners.clear();
    },
  };
}
