import { describe, expect, it } from 'vitest';
import { createSnapshotPublisher, publishIntervalMs } from '../../../electron/main/ipc/snapshot-publisher.ts';
import type { AppSnapshot } from '../../../electron/shared/snapshot.ts';
import { ipcChannels } from '../../../electron/shared/window-api.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function setUp() {
  const clock = new FakeClock();
  const listeners = new Set<(snapshot: AppSnapshot) => void>();
  const sent: { readonly at: number; readonly revision: number }[] = [];
  const start = clock.now();
  const window = {
    destroyed: false,
    isDestroyed: () => window.destroyed,
    send: (channel: string, snapshot: AppSnapshot) => {
      expect(channel).toBe(ipcChannels.snapshot);
      sent.push({ at: clock.now() - start, revision: snapshot.revision });
    },
  };
  let target: typeof window | null = window;
  const publisher = createSnapshotPublisher({
    source: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    target: () => target,
    clock,
  });
  return {
    clock,
    sent,
    window,
    publisher,
    listeners,
    setOpen: (open: boolean) => {
      target = open ? window : null;
    },
    change: (revision: number) => {
      for (const listener of listeners) listener({ revision } as AppSnapshot);
    },
  };
}

describe('the publisher', () => {
  it('sends a single change at once', () => {
    const { change, sent } = setUp();
    change(2);
    expect(sent).toEqual([{ at: 0, revision: 2 }]);
  });

  it('makes one message of a burst after its first, with the newest snapshot', async () => {
    const { change, sent, clock } = setUp();
    for (let revision = 2; revision <= 500; revision += 1) change(revision);
    await clock.advance(1_000);
    expect(sent).toEqual([
      { at: 0, revision: 2 },
      { at: publishIntervalMs, revision: 500 },
    ]);
  });

  it('keeps its distance under a steady stream, and ends with the last snapshot', async () => {
    const { change, sent, clock } = setUp();
    for (let revision = 2; revision <= 300; revision += 1) {
      change(revision);
      await clock.advance(1);
    }
    await clock.advance(publishIntervalMs);
    const gaps = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(publishIntervalMs);
    expect(sent.at(-1)?.revision).toBe(300);
  });

  it('sends nothing while there is no window, and leaves no timer behind', async () => {
    const { change, sent, clock, setOpen, window } = setUp();
    setOpen(false);
    change(2);
    change(3);
    setOpen(true);
    window.destroyed = true;
    change(4);
    await clock.advance(1_000);
    expect(sent).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('survives a window that closes between a change and its message', async () => {
    const { change, sent, clock, setOpen } = setUp();
    change(2);
    change(3);
    setOpen(false);
    await clock.advance(1_000);
    expect(sent).toHaveLength(1);
    setOpen(true);
    change(4);
    expect(sent.at(-1)?.revision).toBe(4);
  });

  it('goes on when the wall clock was set back', async () => {
    const { change, sent, clock } = setUp();
    change(2);
    await clock.advance(-3_600_000);
    change(3);
    expect(sent.map(({ revision }) => revision)).toEqual([2, 3]);
  });

  it('is silent after dispose', async () => {
    const { change, sent, clock, publisher, listeners } = setUp();
    change(2);
    change(3);
    publisher.dispose();
    await clock.advance(1_000);
    expect(sent).toHaveLength(1);
    expect(listeners.size).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
