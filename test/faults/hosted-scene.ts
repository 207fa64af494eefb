import { join } from 'node:path';

import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import type { ImapEvent } from '../standin/imap/event-log.ts';
import type { StandinPerson } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { CoreProcess } from '../support/core-process.ts';
import { FaultProxy } from './fault-proxy.ts';
import { FakeTime, type FakeTimeOptions } from './fake-time.ts';

/** Tidings with its notifications on the bus, without tray and window. */
export const tidingsHost = new URL('tidings-host.ts', import.meta.url);

/** Tidings with movable clocks, on a bus with a notification service, between the stand-ins. */
export interface HostedScene {
  readonly desktop: Desktop;
  readonly world: World;
  /** Between Tidings and the mail server. */
  readonly network: FaultProxy;
  readonly time: FakeTime;
  readonly tidings: CoreProcess;
  /** Signs in and resolves when the account is watched and the server sees it idle. */
  readonly signIn: (person: StandinPerson) => Promise<void>;
  /** One mail with this subject. */
  readonly deliver: (person: StandinPerson, subject: string) => void;
  /** Resolves when each is watched with that many unread messages, told since now. */
  readonly untilRight: (...expected: readonly (readonly [person: StandinPerson, unread: number])[]) => Promise<void>;
  /** What the server has seen since `mark` of this kind. */
  readonly seen: (mark: number, kind: ImapEvent['kind']) => readonly ImapEvent[];
  dispose(): Promise<void>;
}

/** @throws when a program of the desktop or libfaketime isn't installed; nothing is left then */
export async function setHostedScene(options: Pick<FakeTimeOptions, 'clocks'>): Promise<HostedScene> {
  const desktop = await startDesktop({ keyring: 'absent' });
  const { session } = desktop;
  const cleanUp: (() => Promise<void>)[] = [() => desktop.dispose()];
  const dispose = async (): Promise<void> => {
    for (const clean of cleanUp.splice(0).toReversed()) await clean();
  };
  try {
    const world = await startWorld({ folder: join(session.folder, 'world') });
    cleanUp.push(() => world.dispose());
    const network = await FaultProxy.open({ host: 'localhost', port: world.imap.port });
    cleanUp.push(async () => {
      network.dispose();
    });
    const time = new FakeTime({ ...options, file: join(session.folder, 'time') });
    const tidings = new CoreProcess({
      script: tidingsHost,
      order: {
        folder: join(session.folder, 'data'),
        profile: { ...world.profile, imap: network.endpoint },
        sessionOnly: true,
      },
      env: { ...session.env, ...time.env },
    });
    cleanUp.push(() => tidings.kill());
    const untilRight: HostedScene['untilRight'] = async (...expected) => {
      await tidings.snapshots.waitFor(
        ({ accounts }) =>
          accounts.length === expected.length &&
          expected.every(([{ address }, unread]) =>
            accounts.some(
              (account) =>
                account.address === address && account.state.kind === 'watching' && account.unreadCount === unread,
            ),
          ),
        tidings.snapshots.mark,
      );
    };
    return {
      desktop,
      world,
      network,
      time,
      tidings,
      async signIn(person) {
        const idles = world.imap.events.waitFor(
          ({ kind, address }) => kind === 'idle-began' && address === person.address,
          world.imap.events.mark,
        );
        await tidings.call('signIn', person);
        await idles;
      },
      deliver(person, subject) {
        world.imap.deliver(person.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
      },
      untilRight,
      seen: (mark, kind) => world.imap.events.since(mark).filter((event) => event.kind === kind),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
