import { describe, expect } from 'vitest';

import { exchangeCapabilities } from '../standin/imap/imap-standin.ts';
import { exchangeFaults } from '../standin/imap/faults.ts';
import { faultTest } from './fault-test.ts';
import { minute } from './virtual-time.ts';
import { inWorld, type Scene } from './fault-scene.ts';

/** Servers that keep a client waiting, in real time with the app's own limits: they wait side by side. */
describe.concurrent('a server that keeps the app waiting', () => {
  const untilIdling = ({ imap }: Scene['world']): Promise<void> =>
    imap.events.waitUntil(() => imap.sessions().some(({ idling }) => idling));

  faultTest(6, () =>
    inWorld('stand-in', async ({ world, watched, deliver }) => {
      watched.start();
      await watched.counted(0);
      await untilIdling(world);
      const { mark } = watched;
      const thaw = world.imap.order({ kind: 'freeze', connections: 'all' });
      const frozenAt = performance.now();
      await deliver('while it was frozen');
      const { at, state } = await watched.outcome(mark);
      expect(state).toMatchObject({ kind: 'offline', error: { code: 'timed-out' } });
      thaw();
      await watched.counted(1, mark);
      expect(watched.told()).toEqual(['while it was frozen']);
      return at - frozenAt;
    }),
  );

  faultTest(7, () =>
    inWorld('stand-in', async ({ world, watched }) => {
      const clear = world.imap.order({ kind: 'greeting', bye: null });
      watched.start();
      const connected = await world.imap.events.waitFor(({ kind }) => kind === 'connected');
      const { at, state } = await watched.outcome();
      expect(state).toMatchObject({ kind: 'offline', error: { code: 'timed-out' } });
      clear();
      await watched.counted(0);
      return at - connected.at;
    }),
  );

  faultTest(8, () =>
    inWorld('stand-in', async ({ world, watched, deliver }) => {
      world.imap.order(exchangeFaults.idleUnanswered, { times: 1 });
      watched.start();
      await watched.counted(0);
      await world.imap.events.waitFor((event) => event.kind === 'command' && event.name === 'IDLE');
      const unansweredAt = performance.now();
      const { mark } = watched;
      await deliver('while nobody listened');
      const { at } = await watched.counted(1, mark);
      expect(world.imap.counts.connections).toBe(2);
      expect(watched.told()).toEqual(['while nobody listened']);
      return at - unansweredAt;
    }),
  );

  faultTest(30, () =>
    inWorld(
      'stand-in',
      async ({ world, watched, deliver }) => {
        const { imap } = world;
        watched.start();
        await watched.counted(0);
        // The count's own, and the first look, which comes at once.
        await imap.events.waitUntil(() => (imap.counts.commands.get('NOOP') ?? 0) >= 2);
        const { mark } = imap.events;
        const deliveredAt = performance.now();
        await deliver('found by asking');
        const { at } = await watched.counted(1);
        expect(at - deliveredAt).toBeLessThanOrEqual(2 * minute + 5_000);
        // Not by asking all the time.
        expect(imap.events.since(mark).filter(({ kind }) => kind === 'command').length).toBeLessThanOrEqual(6);
        expect(imap.counts.connections).toBe(1);
        expect(imap.counts.commands.get('IDLE')).toBeUndefined();
        expect(watched.told()).toEqual(['found by asking']);
        return at - deliveredAt;
      },
      { imap: { capabilities: exchangeCapabilities.filter((name) => name !== 'IDLE') } },
    ),
  );
});
