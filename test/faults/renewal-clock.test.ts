import { afterEach, describe, expect } from 'vitest';

import { ada } from '../standin/people.ts';
import { faultTest } from './fault-test.ts';
import { type HostedScene, setHostedScene } from './hosted-scene.ts';

const hourMs = 3_600_000;

/** MSAL reckons by the wall clock whether a token still serves; the watching goes by the monotonic one. */
describe('renewing a token', () => {
  let scene: HostedScene | null = null;

  afterEach(async () => {
    await scene?.dispose();
    scene = null;
  });

  faultTest(
    46,
    async () => {
      scene = await setHostedScene({ clocks: 'wall' });
      const { deliver, signIn, tidings, time, untilRight, world } = scene;
      const renewals = (): number => world.identity.log.tokenRequestCount('refresh_token');
      await signIn(ada);
      let unread = 0;
      /** Sleeps, wakes when the clock says so, and is right again: what came meanwhile is counted. */
      const comeBack = async (offsetMs: number): Promise<void> => {
        const left = world.imap.events.waitUntil(() => world.imap.sessions().length === 0);
        await tidings.call('announceSuspend');
        await left;
        time.set(offsetMs);
        unread += 1;
        deliver(ada, `Mail ${unread}`);
        const right = untilRight([ada, unread]);
        await tidings.call('announceResume');
        await right;
      };

      // The token of the evening has ended.
      await comeBack(12 * hourMs);
      expect(renewals()).toBe(1);

      // A day ahead, every token looks as if it had ended long ago: one renewal, not one a connection.
      await comeBack(36 * hourMs);
      await comeBack(36 * hourMs);
      expect(renewals()).toBe(2);

      // A day back, a token is of tomorrow: it isn't trusted for a day, but renewed once.
      await comeBack(12 * hourMs);
      await comeBack(12 * hourMs);
      expect(renewals()).toBe(3);

      // A token that serves by this computer's clock, and not by the server's: the server's word counts, once.
      world.imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 1 });
      await comeBack(12.1 * hourMs);
      expect(renewals()).toBe(4);
      await comeBack(12.1 * hourMs);
      expect(renewals()).toBe(4);

      const asked = tidings.snapshots.all.filter(({ accounts }) => accounts[0]?.state.kind === 'needs-sign-in');
      expect(asked).toEqual([]);
    },
    { variant: 'renewal' },
  );
});
