import { afterEach, describe, expect } from 'vitest';

import { ada } from '../standin/people.ts';
import { minute, WatchedMailbox } from '../support/watched-mailbox.ts';
import { settle } from '../support/fake-clock.ts';
import { faultTest } from './fault-test.ts';
import { type HostedScene, setHostedScene } from './hosted-scene.ts';

const dayMs = 24 * 60 * minute;
const days = [
  ['a day forward', dayMs],
  ['a day back', -dayMs],
] as const;

describe.each(days)('a clock that is set %s', (variant, offsetMs) => {
  let scene: HostedScene | null = null;

  afterEach(async () => {
    await scene?.dispose();
    scene = null;
  });

  faultTest(
    46,
    async () => {
      scene = await setHostedScene({ clocks: 'wall' });
      const { deliver, desktop, network, signIn, tidings, time, untilRight } = scene;
      const { notifications } = desktop;
      await signIn(ada);

      // While it idles: no connection is given up, and what comes is told.
      time.set(offsetMs);
      const counted = untilRight([ada, 1]);
      deliver(ada, 'While idling');
      await counted;
      await notifications.waitFor(({ body }) => body.includes('While idling'));
      expect(network.total).toBe(1);

      // While it waits for its next try: the wait is as long as it was.
      time.set(0);
      network.shut();
      network.cut('rst');
      await tidings.snapshots.waitFor(({ accounts }) => accounts.some(({ state }) => state.kind === 'offline'));
      time.set(offsetMs);
      deliver(ada, 'While waiting');
      const back = untilRight([ada, 2]);
      const listeningAt = performance.now();
      await network.listen();
      await back;
      const tookMs = performance.now() - listeningAt;
      await notifications.waitFor(({ body }) => body.includes('While waiting'));
      expect(network.total).toBe(2);
      // One of the first waits: 1 s, 2 s, 4 s, with some spread.
      expect(tookMs).toBeLessThan(20_000);
      return tookMs;
    },
    { variant },
  );
});

describe.each(days)('timers of a watcher whose clock is set %s', (variant, offsetMs) => {
  faultTest(
    46,
    async () => {
      const watched = new WatchedMailbox();
      const { clock, server } = watched;
      watched.watcher.start();
      await settle();
      clock.setForward(offsetMs);
      await clock.advance(10 * minute);
      // The recount, and nothing sooner.
      expect(server.counts).toBe(2);
      // A token of 65 min is replaced 3 to 4 min before its end by the monotonic clock, once.
      await clock.advance(51 * minute);
      expect(server.tokens).toEqual(['token-1']);
      await clock.advance(minute);
      expect(server.tokens).toEqual(['token-1', 'token-2']);
      await clock.advance(50 * minute);
      expect(server.logins).toBe(2);
      await watched.watcher.dispose();
    },
    { variant: `${variant}, virtual`, clock: 'virtual' },
  );
});
