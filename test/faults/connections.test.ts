import { describe, expect } from 'vitest';

import { defaultPatience } from '../../electron/main/imap/imap-connection.ts';
import type { WatcherBench } from '../support/watcher-bench.ts';
import { SkippingClock, timetable, withProxy } from './fault-bench.ts';
import type { FaultProxy, LinkFaults } from './fault-proxy.ts';
import { faultTest } from './fault-test.ts';

const minute = 60_000;
/** Without spread the wait after the nth failure in a row is half of 1, 2, 4 … s. */
const shortestWaitMs = (failures: number): number => 500 * 2 ** (failures - 1);
/** Timers of the system may be a little early by another clock. */
const slackMs = 25;

const offlines = ({ trail }: WatcherBench): number => trail.all.filter(({ kind }) => kind === 'offline').length;

/** Some attempts fail, each later than the one before; when the fault is over, the next one by itself succeeds. */
async function expectBackoff(bench: WatcherBench, proxy: FaultProxy, faults: LinkFaults): Promise<void> {
  proxy.faults = faults;
  bench.watch({ endpoint: proxy.endpoint });
  await proxy.untilTotal(4);
  proxy.faults = {};
  await bench.counted(0);
  const gaps = proxy.acceptedAt.slice(1).map((at, place) => at - (proxy.acceptedAt[place] ?? Infinity));
  for (const [place, gap] of gaps.entries()) expect(gap).toBeGreaterThan(shortestWaitMs(place + 1) - slackMs);
  expect(offlines(bench)).toBeGreaterThanOrEqual(3);
}

/** They wait for what takes its time, side by side. */
describe.concurrent('a connection', () => {
  faultTest(2, () => withProxy('stand-in', (bench, proxy) => expectBackoff(bench, proxy, { resetFirst: true })));

  faultTest(
    2,
    () =>
      withProxy('stand-in', async (bench, proxy) => {
        bench.watch({ endpoint: proxy.endpoint });
        await bench.world.imap.events.waitFor(({ kind }) => kind === 'idle-began');
        await bench.counted(0);
        const { mark } = bench.trail;
        proxy.faults = { corrupt: true };
        await bench.deliver('through a broken line');
        await bench.trail.waitFor(({ kind }) => kind === 'offline', mark);
        proxy.faults = {};
        await bench.counted(1, mark);
        // Nothing is wrong with the server's certificate.
        expect(bench.trail.all.filter(({ kind }) => kind === 'refused')).toEqual([]);
        expect(bench.told()).toEqual(['through a broken line']);
      }),
    { variant: 'a corrupted record later' },
  );

  faultTest(
    3,
    () =>
      withProxy('stand-in', async (bench, proxy) => {
        const clock = new SkippingClock();
        bench.watch({ endpoint: proxy.endpoint, clock, random: 1 });
        await bench.world.imap.events.waitFor(({ kind }) => kind === 'idle-began');
        await bench.counted(0);
        clock.skip(5 * minute);
        const { mark } = bench.trail;
        const began = performance.now();
        proxy.cut('fin');
        await bench.counted(0, mark);
        const measured = performance.now() - began;
        // Nobody is told of what is mended before they could look.
        expect(offlines(bench)).toBe(0);
        return measured;
      }),
    { variant: 'after 5 stable minutes', clock: 'virtual' },
  );

  faultTest(
    3,
    () =>
      withProxy('stand-in', async (bench, proxy) => {
        bench.watch({ endpoint: proxy.endpoint, random: 1 });
        await bench.world.imap.events.waitFor(({ kind }) => kind === 'idle-began');
        await bench.counted(0);
        const { mark } = bench.trail;
        const began = performance.now();
        proxy.cut('fin');
        await bench.trail.waitFor(({ kind }) => kind === 'offline', mark);
        await bench.counted(0, mark);
        expect((proxy.acceptedAt.at(-1) ?? 0) - began).toBeGreaterThan(1_000 - slackMs);
      }),
    { variant: 'sooner' },
  );

  faultTest(9, () =>
    withProxy('stand-in', async (bench, proxy) => {
      const { events } = bench.world.imap;
      // From the greeting on, so slowly that each answer is in time for its own limit.
      events.listen(({ kind }) => {
        if (kind === 'connected') proxy.faults = { dripMs: 60 };
      });
      const began = performance.now();
      bench.watch({ endpoint: proxy.endpoint });
      const offline = await bench.trail.waitFor(({ kind }) => kind === 'offline');
      const measured = performance.now() - began;
      expect(offline).toMatchObject({ error: { code: 'timed-out' } });
      expect(events.since().map(({ kind }) => kind)).toContain('login');
      expect(measured).toBeLessThan(defaultPatience.openMs + 2_000);
      return measured;
    }),
  );

  faultTest(
    15,
    () =>
      withProxy('stand-in', async (bench, proxy) => {
        // A twentieth of everything: 15 quiet minutes are 45 s.
        const scale = 20;
        const { socketTimeoutMs, reIdleMs } = defaultPatience;
        const patience = {
          ...defaultPatience,
          socketTimeoutMs: socketTimeoutMs / scale,
          reIdleMs: reIdleMs / scale,
        };
        proxy.faults = { forgetAfterMs: (5 * minute) / scale };
        bench.watch({ endpoint: proxy.endpoint, patience });
        await bench.counted(0);
        await timetable((15 * minute) / scale);
        await bench.deliver('after 15 quiet minutes');
        await bench.counted(1);
        expect(bench.told()).toEqual(['after 15 quiet minutes']);
        expect(proxy.forgotten).toBe(0);
        expect(bench.world.imap.counts.logins).toBe(1);
      }),
    { clock: 'virtual' },
  );

  faultTest(16, () =>
    withProxy('stand-in', async (bench, proxy) => {
      const { imap } = bench.world;
      bench.watch({ endpoint: proxy.endpoint });
      await bench.counted(0);
      for (let flap = 0; flap < 50; flap += 1) {
        proxy.shut();
        proxy.cut('rst');
        bench.networkChanged();
        await timetable(400);
        await proxy.listen();
        bench.networkChanged();
        await timetable(800);
      }
      const { mark } = bench.trail;
      bench.networkChanged();
      await bench.deliver('after the flaps');
      await bench.counted(1, mark);
      expect(proxy.mostOpen).toBe(1);
      // The backoff’s 0.5, 1, 2, 4 and 8 s, and what the network asks for, not more often than every 10 s.
      expect(imap.counts.logins).toBeLessThanOrEqual(15);
      expect(bench.told()).toEqual(['after the flaps']);
    }),
  );
});
