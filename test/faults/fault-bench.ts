import { type Clock, systemClock } from '../../electron/main/clock.ts';
import type { ImapServerName } from '../support/imap-server.ts';
import { WatcherBench } from '../support/watcher-bench.ts';
import { FaultProxy } from './fault-proxy.ts';

type WorldOptions = Parameters<typeof WatcherBench.start>[1];

/** Runs a test with a watcher of Ada's INBOX whose way to its server can be disturbed; all of it goes afterwards. */
export async function withProxy<T>(
  name: ImapServerName,
  run: (bench: WatcherBench, proxy: FaultProxy) => Promise<T>,
  world: WorldOptions = {},
): Promise<T> {
  const bench = await WatcherBench.start(name, world);
  const { host, port } = bench.world.profile.imap;
  const proxy = await FaultProxy.open({ host, port });
  try {
    return await run(bench, proxy);
  } finally {
    await bench.stop();
    proxy.dispose();
    await bench.dispose();
  }
}

/** Real time, but for minutes that are skipped: timers don't notice. */
export class SkippingClock implements Clock {
  #skippedMs = 0;

  skip(ms: number): void {
    this.#skippedMs += ms;
  }

  now(): number {
    return systemClock.now() + this.#skippedMs;
  }

  monotonic(): number {
    return systemClock.monotonic() + this.#skippedMs;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    return systemClock.setTimer(delayMs, run);
  }
}

/** Resolves after so long (ms): for faults that follow a timetable, never to wait for what should happen. */
export async function timetable(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
}
