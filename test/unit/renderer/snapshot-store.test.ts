import { describe, expect, test, vi } from 'vitest';

import type { AppSnapshot } from '../../../electron/shared/snapshot.ts';
import { openSnapshotStore } from '../../../renderer/snapshot-store.ts';
import { snapshotOf } from '../../preview/snapshots.ts';

function fakeBridge() {
  const listeners = new Set<(snapshot: AppSnapshot) => void>();
  let resolve: (snapshot: AppSnapshot) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const answer = new Promise<AppSnapshot>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return {
    first: { resolve, reject },
    listeners,
    push: (snapshot: AppSnapshot) => {
      for (const listener of listeners) {
        listener(snapshot);
      }
    },
    getSnapshot: async () => answer,
    onSnapshot: (listener: (snapshot: AppSnapshot) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

describe('the snapshot store', () => {
  test('opens with the first snapshot', async () => {
    const bridge = fakeBridge();
    bridge.first.resolve(snapshotOf({ revision: 7 }));
    const store = await openSnapshotStore(bridge);
    expect(store.getSnapshot().revision).toBe(7);
  });

  test('takes a newer snapshot and tells its listeners', async () => {
    const bridge = fakeBridge();
    bridge.first.resolve(snapshotOf({ revision: 1 }));
    const store = await openSnapshotStore(bridge);
    const listener = vi.fn();
    store.subscribe(listener);
    bridge.push(snapshotOf({ revision: 2, totalUnread: 5 }));
    expect(store.getSnapshot().totalUnread).toBe(5);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('keeps what it has when an older or the same one comes late', async () => {
    const bridge = fakeBridge();
    bridge.first.resolve(snapshotOf({ revision: 5, totalUnread: 5 }));
    const store = await openSnapshotStore(bridge);
    const listener = vi.fn();
    store.subscribe(listener);
    bridge.push(snapshotOf({ revision: 4, totalUnread: 4 }));
    bridge.push(snapshotOf({ revision: 5, totalUnread: 99 }));
    expect(store.getSnapshot().totalUnread).toBe(5);
    expect(listener).not.toHaveBeenCalled();
  });

  test('loses no snapshot that comes before the answer to the first question', async () => {
    const bridge = fakeBridge();
    const opening = openSnapshotStore(bridge);
    bridge.push(snapshotOf({ revision: 3, totalUnread: 3 }));
    bridge.first.resolve(snapshotOf({ revision: 2, totalUnread: 2 }));
    const store = await opening;
    expect(store.getSnapshot().totalUnread).toBe(3);
  });

  test('hands out the same object until there is a newer one', async () => {
    const bridge = fakeBridge();
    bridge.first.resolve(snapshotOf());
    const store = await openSnapshotStore(bridge);
    expect(store.getSnapshot()).toBe(store.getSnapshot());
  });

  test('tells nobody who has unsubscribed', async () => {
    const bridge = fakeBridge();
    bridge.first.resolve(snapshotOf());
    const store = await openSnapshotStore(bridge);
    const listener = vi.fn();
    store.subscribe(listener)();
    bridge.push(snapshotOf({ revision: 2 }));
    expect(listener).not.toHaveBeenCalled();
  });

  test('stops listening when it is disposed of, and when it can not open', async () => {
    const bridge = fakeBridge();
    bridge.first.resolve(snapshotOf());
    const store = await openSnapshotStore(bridge);
    store.dispose();
    expect(bridge.listeners.size).toBe(0);

    const broken = fakeBridge();
    broken.first.reject(new Error('no handler'));
    await expect(openSnapshotStore(broken)).rejects.toThrow('no handler');
    expect(broken.listeners.size).toBe(0);
  });
});
