import { describe, expect } from 'vitest';

import type { ImapEvent } from '../standin/imap/event-log.ts';
import { faultTest } from './fault-test.ts';
import { inNetwork } from './network-namespace.ts';
import { kindsTold, onServer, told } from './network-told.ts';

/** Some of them are in a hurry: one after the other. */
describe('a network whose names and ways are not what they were', () => {
  faultTest(12, () =>
    inNetwork(['::1 imap.example', '127.0.0.1 imap.example'], async (network) => {
      await network.filter('ip6 daddr ::1 drop');
      const began = performance.now();
      await network.call('watch', 'imap.example', 'direct');
      const at = await onServer(network, ({ kind }) => kind === 'connected');
      await told(network, 'counted');
      return at - began;
    }),
  );

  for (const [variant, rules] of [
    ['no name server', []],
    ['a silent name server', ['udp dport 53 drop']],
  ] as const) {
    faultTest(
      11,
      () =>
        inNetwork([], async (network) => {
          await network.filter(...rules);
          await network.call('watch', 'imap.example', 'direct');
          let { mark } = network.told;
          for (let attempt = 0; attempt < 3; attempt += 1) {
            const { event } = await told(network, 'offline', mark);
            expect(event).toMatchObject({ error: { code: 'dns-failed' } });
            mark = network.told.all.findLastIndex(({ told: each }) => each.kind === 'event') + 1;
          }
          // Offline is a mark at the account; whatever interrupts somebody begins with another event.
          expect(new Set(kindsTold(network))).toEqual(new Set(['connecting', 'offline']));
          network.names(['127.0.0.1 imap.example']);
          await told(network, 'counted', mark);
        }),
      { variant },
    );
  }

  faultTest(14, () =>
    inNetwork([], async (network) => {
      await network.call('watch', 'localhost', 'direct');
      await onServer(network, ({ kind }) => kind === 'idle-began');
      await told(network, 'counted');
      const { mark } = network.told;
      const began = performance.now();
      await network.call('networkChanged');
      const at = await onServer(network, (event) => event.kind === 'command' && event.name === 'NOOP', mark);
      return at - began;
    }),
  );

  faultTest(
    14,
    () =>
      inNetwork([], async (network) => {
        const isNoop = (event: ImapEvent): boolean => event.kind === 'command' && event.name === 'NOOP';
        const noops = (): number =>
          network.told.all.filter(({ told: each }) => each.kind === 'server' && isNoop(each.event)).length;
        const route = (action: 'add' | 'delete'): Promise<void> =>
          network.run('ip', ['route', action, '203.0.113.0/24', 'dev', 'cable']);
        await network.run('ip', ['link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'wall']);
        for (const end of ['cable', 'wall']) await network.run('ip', ['link', 'set', end, 'up']);
        await network.call('watch', 'localhost', 'direct');
        await told(network, 'counted');
        await network.call('followNetwork');
        // It says nothing of when it begins to listen: the first change that is probed for proves it.
        const before = noops();
        let isThere = false;
        const change = async (): Promise<number> => {
          await route(isThere ? 'delete' : 'add');
          isThere = !isThere;
          return noops();
        };
        await expect.poll(change, { interval: 2_000 }).toBeGreaterThan(before);
        // Until nothing is under way any more: a last change is counted for, and quiet follows.
        let { mark } = network.told;
        await change();
        await told(network, 'counted', mark);
        await onServer(network, ({ kind }) => kind === 'idle-began', mark);
        ({ mark } = network.told);
        const began = performance.now();
        await change();
        return (await onServer(network, isNoop, mark)) - began;
      }),
    { variant: 'from the route to the probe' },
  );

  faultTest(
    10,
    () =>
      inNetwork(['127.0.0.1 imap.example', '2001:db8::1 imap.example'], async (network) => {
        const { direct } = await network.call('ports');
        // Each connection takes the system's second and third try: 3 s.
        await network.filter(
          ...[1, 2].map(
            (place) =>
              `tcp dport ${direct} tcp flags & (syn | ack) == syn tcp sport != @tried${place} ` +
              `add @tried${place} { tcp sport } drop`,
          ),
        );
        await network.call('watch', 'imap.example', 'direct');
        await told(network, 'counted');
        expect(kindsTold(network)).not.toContain('offline');
      }),
    { variant: 'a connection that takes 3 s, where there is no way by IPv6' },
  );
});
