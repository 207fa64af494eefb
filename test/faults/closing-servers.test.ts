import { describe, expect } from 'vitest';

import { FakeClock } from '../support/fake-clock.ts';
import { faultTest } from './fault-test.ts';
import { attemptsAnHour, expectBackoff, failureIn, failuresFor, hour, minute, second } from './virtual-time.ts';
import { inWorld, type Scene } from './fault-scene.ts';

/** Servers that end the connection, over real ones; what is waited for passes on a virtual clock. */
describe('a server that closes the connection', () => {
  const onVirtualTime = <T>(run: (scene: Scene, clock: FakeClock) => Promise<T>): Promise<T> => {
    const clock = new FakeClock(Date.now());
    return inWorld('stand-in', (scene) => run(scene, clock), { clock });
  };

  const untilIdling = ({ imap }: Scene['world']): Promise<void> =>
    imap.events.waitUntil(() => imap.sessions().some(({ idling }) => idling));

  faultTest(
    20,
    () =>
      onVirtualTime(async ({ world, watched, deliver }, clock) => {
        watched.start();
        await watched.counted(0);
        await untilIdling(world);
        await clock.advance(5 * minute);
        const { mark } = watched;
        world.server.stopListening();
        world.imap.bye('Connection is closed. 13', { idling: true });
        await watched.reached('waiting');
        await deliver('in the gap');
        await world.server.listenAgain();
        await clock.advance(2 * second);
        await watched.counted(1, mark);
        expect(watched.statuses.slice(mark).map(({ state }) => state.kind)).not.toContain('offline');
        expect(watched.told()).toEqual(['in the gap']);
      }),
    { clock: 'virtual', variant: 'after 5 stable minutes' },
  );

  faultTest(
    20,
    () =>
      onVirtualTime(async ({ world, watched }, clock) => {
        watched.start();
        await watched.counted(0);
        for (const wait of [second, 2 * second, 4 * second]) {
          await untilIdling(world);
          const { mark } = watched;
          world.imap.expireSessions({ idling: true });
          const failure = failureIn(await watched.outcome(mark), clock);
          expect(failure.detail).toContain('AccessTokenExpired');
          expect(failure.waitMs).toBe(wait * 0.75);
          await clock.advance(failure.waitMs);
          await watched.counted(0, mark);
        }
      }),
    { clock: 'virtual', variant: 'again and again' },
  );

  for (const how of ['fin', 'rst'] as const) {
    faultTest(
      25,
      () =>
        onVirtualTime(async ({ world, watched }, clock) => {
          world.imap.order({ kind: 'close-after-login', how });
          watched.start();
          const failures = await failuresFor(watched, clock, hour);
          expectBackoff(failures);
          expect(world.imap.counts.logins).toBeLessThanOrEqual(attemptsAnHour);
        }),
      { clock: 'virtual', variant: `${how === 'fin' ? 'closed' : 'reset'} right after the login` },
    );
  }

  faultTest(
    25,
    () =>
      onVirtualTime(async ({ world, watched }, clock) => {
        world.imap.order({ kind: 'bye', command: 'AUTHENTICATE', text: 'Come back later' });
        watched.start();
        expectBackoff(await failuresFor(watched, clock, hour));
      }),
    { clock: 'virtual', variant: 'closed in place of the login' },
  );

  faultTest(
    25,
    () =>
      onVirtualTime(async ({ world, watched }, clock) => {
        watched.start();
        await watched.counted(0);
        /** Holds for so long, then ends; what the account says then. */
        const holdThenCut = async (holdMs: number) => {
          await untilIdling(world);
          await clock.advance(holdMs);
          const { mark } = watched;
          world.imap.cut('rst');
          const after = await watched.until(() => true, mark);
          return { after, mark };
        };
        const waits: number[] = [];
        for (let round = 0; round < 12; round += 1) {
          const { after, mark } = await holdThenCut(round % 2 === 0 ? 5 * minute - 1 : 10 * second);
          const { waitMs } = failureIn(after, clock);
          waits.push(waitMs);
          await clock.advance(waitMs);
          await watched.counted(0, mark);
        }
        expect(waits).toEqual(waits.toSorted((a, b) => a - b));
        expect(waits.at(-1)).toBe(5 * minute * 0.75);
        await untilIdling(world);
        // Five minutes: back at once, nobody is told, and the count of failures begins anew.
        await clock.advance(5 * minute);
        const { mark } = watched;
        const { attempts } = watched;
        world.imap.cut('rst');
        await watched.reached('waiting');
        await clock.advance(second);
        await watched.counted(0, mark);
        expect(watched.attempts).toBe(attempts + 1);
        const { after } = await holdThenCut(10 * second);
        expect(failureIn(after, clock).waitMs).toBe(0.75 * second);
      }),
    { clock: 'virtual', variant: 'only 5 stable minutes begin it anew' },
  );
});
