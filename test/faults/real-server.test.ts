import { describe, expect } from 'vitest';

import { ada } from '../standin/people.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { newImapClient } from '../support/imap-bench.ts';
import { faultTest } from './fault-test.ts';
import { failureIn, failuresFor, hour, minute, second } from './virtual-time.ts';
import { inWorld } from './fault-scene.ts';

/** What happens on a real mail server (Dovecot). */
describe('a real server', () => {
  faultTest(
    24,
    () => {
      const clock = new FakeClock(Date.now());
      return inWorld(
        'Dovecot',
        async ({ world, watched }) => {
          const other = newImapClient(world, ada.address, await world.identity.issueToken(ada));
          await other.connect();
          watched.start();
          const failures = await failuresFor(watched, clock, hour);
          for (const failure of failures)
            expect(failure).toMatchObject({ kind: 'refused', code: 'imap-not-connected' });
          expect(failures[0]?.waitMs).toBeGreaterThanOrEqual(5 * minute);
          // One more than waits fit into the hour, and no token was renewed for nothing.
          expect(watched.attempts).toBe(13);
          await other.logout();
          const { mark } = watched;
          await clock.advance(5 * minute);
          await watched.counted(0, mark);
        },
        { clock, mostConnections: 1 },
      );
    },
    { clock: 'virtual' },
  );

  faultTest(26, () =>
    inWorld('Dovecot', async ({ world, watched, deliver }) => {
      await deliver(...Array.from({ length: 30 }, (_, place) => `old ${place}`));
      watched.start();
      await watched.counted(30);
      await deliver('told');
      await watched.counted(31);
      for (let change = 0; change < 3; change += 1) {
        const { mark } = watched;
        await world.server.changeUidValidity(ada.address);
        await watched.counted(31, mark);
      }
      expect(watched.told()).toEqual(['told']);
      await deliver('told afterwards');
      await watched.counted(32);
      await watched.quit();
      const { mark } = watched;
      await deliver('told by the next run');
      watched.start();
      await watched.counted(33, mark);
      await watched.untilScreen((standing) => standing.length === 1);
      expect(watched.told()).toEqual(['told', 'told afterwards', 'told by the next run']);
    }),
  );

  faultTest(27, () =>
    inWorld('Dovecot', async ({ world, watched, deliver }) => {
      await deliver('old', 'kept');
      watched.start();
      await watched.counted(2);
      const putBack = await world.server.backUp(ada.address);
      await deliver('lost one', 'lost two', 'lost three');
      await watched.counted(5);
      const { mark } = watched;
      await putBack();
      await watched.counted(2, mark);
      // It gets the UID of a mail that was told before.
      await deliver('after the restore');
      await watched.counted(3, mark);
      await watched.quit();
      const restarted = watched.mark;
      await deliver('and told by the next run');
      watched.start();
      await watched.counted(4, restarted);
      await watched.untilScreen((standing) => standing.length === 1);
      const lost = ['lost one', 'lost two', 'lost three'];
      expect(watched.told()).toEqual([...lost, 'after the restore', 'and told by the next run']);
    }),
  );

  faultTest(
    31,
    () =>
      inWorld('Dovecot', async ({ world, watched, deliver }) => {
        watched.start();
        await watched.counted(0);
        world.server.stopListening();
        world.server.cut();
        const { state } = await watched.outcome(watched.mark);
        expect(state.kind).toBe('offline');
        await deliver('one', 'two', 'three');
        await world.server.listenAgain();
        await watched.counted(3);
        expect(watched.told()).toEqual(['one', 'two', 'three']);
        await deliver('four');
        await watched.counted(4);
        expect(watched.told()).toEqual(['one', 'two', 'three', 'four']);
      }),
    { variant: 'a short gap' },
  );

  faultTest(
    31,
    () => {
      const clock = new FakeClock(Date.now());
      return inWorld(
        'Dovecot',
        async ({ world, watched, deliver }) => {
          watched.start();
          await watched.counted(0);
          const { mark } = watched;
          world.server.stopListening();
          world.server.cut();
          const tried = await watched.outcome(mark);
          await deliver('one', 'two', 'three');
          await clock.advance(31 * minute);
          const failed = await watched.until(({ at, state }) => at > tried.at && state.kind === 'offline');
          await world.server.listenAgain();
          await clock.advance(failureIn(failed, clock).waitMs);
          await watched.counted(3, mark);
          await clock.advance(3 * second);
          expect(watched.shown.map(({ title }) => title)).toEqual(['3 new messages while you were away']);
          await deliver('four');
          await watched.counted(4, mark);
          expect(watched.told()[1]).toBe('four');
          expect(watched.shown).toHaveLength(2);
        },
        { clock },
      );
    },
    { clock: 'virtual', variant: 'a long gap' },
  );

  faultTest(
    31,
    () =>
      inWorld('Dovecot', async ({ watched, deliver }) => {
        watched.start();
        await watched.counted(0);
        await watched.quit();
        await deliver('one', 'two', 'three');
        const { mark } = watched;
        watched.start();
        await watched.counted(3, mark);
        await watched.untilScreen((standing) => standing.length > 0);
        await watched.quit();
        watched.start();
        await deliver('four');
        await watched.counted(4, mark);
        expect(watched.shown.map(({ title }) => title)).toEqual(['3 new messages while you were away', 'Bo']);
      }),
    { variant: 'the app not running' },
  );

  faultTest(32, () =>
    inWorld('Dovecot', async ({ watched, deliver, elsewhere }) => {
      watched.start();
      await watched.counted(0);
      await deliver('read elsewhere', 'still unread');
      await watched.counted(2);
      await watched.untilScreen((standing) => standing.length === 2);
      let readAt = 0;
      const { mark } = watched;
      await elsewhere(async (client) => {
        readAt = performance.now();
        await client.messageFlagsAdd('1', ['\\Seen'], { uid: true });
      });
      const { at } = await watched.counted(1, mark);
      expect([...watched.screen.values()].map(({ body }) => body.split('\n')[0])).toEqual(['still unread']);
      return at - readAt;
    }),
  );

  faultTest(33, () =>
    inWorld(
      'Dovecot',
      async ({ world, watched, deliver }) => {
        await deliver('before');
        watched.start();
        await watched.counted(1);
        await world.server.crash();
        // As bad as it gets: the waits grow no more, and the server is back when one has just begun.
        let mark = 0;
        const waits: number[] = [];
        const isLongest = (): boolean => (waits.at(-1) ?? 0) > (waits[0] ?? 0) && waits.at(-1) === waits.at(-2);
        while (!isLongest()) {
          const { state } = await watched.until(({ state: { kind } }) => kind === 'offline', mark);
          mark = watched.mark;
          waits.push('retryAt' in state ? state.retryAt - state.error.at : 0);
        }
        await world.server.startAgain();
        const backAt = performance.now();
        const { at } = await watched.counted(1, mark);
        await deliver('after');
        await watched.counted(2, mark);
        expect(watched.told()).toEqual(['after']);
        return at - backAt;
      },
      { random: 1 },
    ),
  );
});
