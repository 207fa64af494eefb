import { describe, expect } from 'vitest';

import { enErrors } from '../../electron/shared/locales/en/errors.ts';
import { zhCNErrors } from '../../electron/shared/locales/zh-CN/errors.ts';
import { exchangeFaults, type ImapFault } from '../standin/imap/faults.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { faultTest } from './fault-test.ts';
import { expectBackoff, failureIn, failuresFor, hour, minute, second } from './virtual-time.ts';
import { inWorld, type Scene } from './fault-scene.ts';

/** Servers that answer and refuse, over real connections; what is waited for passes on a virtual clock. */
describe('a server that refuses', () => {
  const onVirtualTime = <T>(run: (scene: Scene, clock: FakeClock) => Promise<T>): Promise<T> => {
    const clock = new FakeClock(Date.now());
    return inWorld('stand-in', (scene) => run(scene, clock), { clock });
  };

  /** An hour of it; well again, the account is back by itself. */
  const backsOff = (fault: ImapFault, expected: { readonly code: string; readonly detail: unknown }): Promise<void> =>
    onVirtualTime(async ({ world, watched }, clock) => {
      const clear = world.imap.order(fault);
      watched.start();
      const failures = await failuresFor(watched, clock, hour);
      for (const failure of failures) expect(failure).toMatchObject({ kind: 'offline', ...expected });
      expectBackoff(failures);
      expect(watched.attempts).toBe(failures.length);
      clear();
      const { mark } = watched;
      await clock.advance(5 * minute);
      await watched.counted(0, mark);
      expect(watched.attempts).toBe(failures.length + 1);
    });

  faultTest(
    19,
    () =>
      backsOff(
        { kind: 'greeting', bye: 'Server busy, come back later' },
        { code: 'imap-connection-lost', detail: expect.stringContaining('Server busy') },
      ),
    { clock: 'virtual' },
  );

  faultTest(
    21,
    () =>
      backsOff(exchangeFaults.unavailable(), {
        code: 'imap-unavailable',
        detail: expect.stringContaining('Server Unavailable'),
      }),
    { clock: 'virtual' },
  );

  for (const ms of [92_415, 5_000_000]) {
    for (const [where, command] of [
      ['the login', 'AUTHENTICATE'],
      ['everything after the login', '*'],
    ] as const) {
      faultTest(
        22,
        () =>
          onVirtualTime(async ({ world, watched }, clock) => {
            const clear = world.imap.order(exchangeFaults.throttled(ms, command));
            watched.start();
            const failure = failureIn(await watched.outcome(), clock);
            expect(failure).toMatchObject({ kind: 'offline', code: 'imap-throttled' });
            await clock.advance(ms - 1);
            watched.hurry();
            await clock.advance(0);
            expect(watched.attempts).toBe(1);
            clear();
            await clock.advance(1);
            await watched.counted(0);
            expect(watched.attempts).toBe(2);
          }),
        { clock: 'virtual', variant: `${ms} ms, ${where}` },
      );
    }
    faultTest(
      22,
      () =>
        onVirtualTime(async ({ world, watched, deliver }, clock) => {
          watched.start();
          await watched.counted(0);
          await clock.advance(10 * minute - 1);
          const clear = world.imap.order(exchangeFaults.throttled(ms));
          const { mark } = watched;
          const asked = world.imap.events.mark;
          await deliver('told late, but told');
          const failure = failureIn(await watched.outcome(mark), clock);
          expect(failure).toMatchObject({ kind: 'offline', code: 'imap-throttled' });
          await clock.advance(ms - 1);
          watched.hurry();
          await clock.advance(0);
          // The one that was throttled; no other while the server wants none.
          expect(world.imap.events.since(asked).filter(({ kind }) => kind === 'command')).toHaveLength(1);
          expect(watched.attempts).toBe(1);
          clear();
          await clock.advance(1);
          await watched.counted(1, mark);
          await clock.advance(3 * second);
          expect(watched.told()).toEqual(['told late, but told']);
        }),
      { clock: 'virtual', variant: `${ms} ms, a session under way` },
    );
  }

  faultTest(
    23,
    () =>
      onVirtualTime(async ({ world, watched }, clock) => {
        const clear = world.imap.order(exchangeFaults.notConnected());
        watched.start();
        await watched.outcome();
        const { mark } = watched;
        await clock.advance(60 * second - 1);
        expect(watched.attempts).toBe(1);
        await clock.advance(1);
        const failure = failureIn(await watched.outcome(mark), clock);
        expect(failure).toMatchObject({ kind: 'refused', code: 'imap-not-connected' });
        expect(failure.waitMs).toBeGreaterThanOrEqual(60 * second);
        expect(failure.detail).toContain('authenticated but not connected');
        for (const { action } of [enErrors['imap-not-connected'], zhCNErrors['imap-not-connected']]) {
          expect(action).toMatch(/IMAP is switched off.*too many mail programs|未开启 IMAP.*邮件程序太多/u);
        }
        clear();
        await clock.advance(failure.waitMs);
        await watched.counted(0);
      }),
    { clock: 'virtual' },
  );

  faultTest(
    29,
    () =>
      onVirtualTime(async ({ world, watched }, clock) => {
        const clear = world.imap.order(exchangeFaults.selectRefused('EXAMINE'));
        watched.start();
        const failure = failureIn(await watched.outcome(), clock);
        expect(failure).toMatchObject({ kind: 'refused', code: 'imap-mailbox-refused', waitMs: 5 * minute });
        expect(failure.detail).toContain('EXAMINE failed');
        await world.server.untilNoConnection();
        clear();
        await clock.advance(failure.waitMs);
        await watched.counted(0);
        expect(watched.attempts).toBe(2);
      }),
    { clock: 'virtual' },
  );
});
