import { describe, expect } from 'vitest';

import { faultTest } from './fault-test.ts';
import { inNetwork } from './network-namespace.ts';
import { kindsTold, onServer, told } from './network-told.ts';

/** Packets to and from a port vanish. */
const blackHole = (port: number): readonly string[] => [`tcp dport ${port} drop`, `tcp sport ${port} drop`];
const synDropped = (port: number): string => `tcp dport ${port} tcp flags & (syn | ack) == syn drop`;

/** They wait for packets that don't come, side by side. */
describe.concurrent('a network that loses packets', () => {
  faultTest(1, () =>
    inNetwork([], async (network) => {
      const { direct } = await network.call('ports');
      await network.filter(synDropped(direct));
      const began = performance.now();
      await network.call('watch', 'localhost', 'direct');
      const first = await told(network, 'offline');
      expect(first.event).toMatchObject({ error: { code: 'timed-out' } });
      const { mark } = network.told;
      await network.filter();
      // By itself, after the backoff and not before.
      const back = await told(network, 'counted', mark);
      expect(back.at - first.at).toBeGreaterThan(400);
      return first.at - began;
    }),
  );

  faultTest(4, () =>
    inNetwork([], async (network) => {
      const { direct } = await network.call('ports');
      await network.call('watch', 'localhost', 'direct');
      await told(network, 'counted');
      await onServer(network, ({ kind }) => kind === 'idle-began');
      const { mark } = network.told;
      const began = await network.filter(...blackHole(direct));
      const { at } = await told(network, 'offline', mark);
      return at - began;
    }),
  );

  faultTest(5, () =>
    inNetwork([], async (network) => {
      const { direct } = await network.call('ports');
      await network.call('watch', 'localhost', 'direct');
      await onServer(network, ({ kind }) => kind === 'idle-began');
      const { mark } = network.told;
      // The push still comes through; what the watcher asks about it doesn't.
      await network.filter(`tcp dport ${direct} drop`);
      await network.call('deliver', 'pushed');
      const began = await network.filter(...blackHole(direct));
      const { at } = await told(network, 'offline', mark);
      return at - began;
    }),
  );

  faultTest(10, () =>
    inNetwork([], async (network) => {
      const { proxy } = await network.call('ports');
      await network.call('faults', { delayMs: 2_000 });
      await network.filter(
        `tcp dport ${proxy} numgen random mod 10 == 0 drop`,
        `tcp sport ${proxy} numgen random mod 10 == 0 drop`,
      );
      await network.call('watch', 'localhost', 'proxy');
      await told(network, 'counted');
      for (const subject of ['one', 'two', 'three']) {
        const { mark } = network.told;
        await network.call('deliver', subject);
        await told(network, 'new-messages', mark);
        await told(network, 'counted', mark);
      }
      const { mark } = network.told;
      await network.call('networkChanged');
      await told(network, 'counted', mark);
      expect(kindsTold(network)).not.toContain('offline');
      expect(await network.call('logins')).toBe(1);
    }),
  );
});
