import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { systemClock } from '../../electron/main/clock.ts';
import { createLauncherEntry } from '../../electron/main/shell/dbus/launcher-entry.ts';
import { createSessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import type { SessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { createFreedesktopPresenter } from '../../electron/main/shell/notification-presenter-freedesktop.ts';
import { connectBus } from '../desktop/bus-client.ts';
import type { BusClient } from '../desktop/bus-client.ts';
import { Conditions, waitLimitMs } from '../desktop/conditions.ts';
import { recordLauncherBadge } from '../desktop/launcher-badge.ts';
import { startNotificationDaemon } from '../desktop/notification-daemon.ts';
import { sendSignal } from '../desktop/processes.ts';
import { startDesktopSession } from '../desktop/session.ts';
import type { DesktopSession } from '../desktop/session.ts';
import { startSessionBus } from '../desktop/session-bus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { recordingLog } from '../support/recording-log.ts';

const dockName = 'com.canonical.Unity';
const askForOwner = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'GetNameOwner',
  signature: 's',
  body: ['org.freedesktop.DBus'],
};

let session: DesktopSession;

beforeAll(async () => {
  session = await startDesktopSession({ keyring: 'absent' });
});

afterAll(async () => {
  await session.dispose();
});

const openBus = (address: string): SessionBus => createSessionBus({ address, clock: systemClock, log: recordingLog() });

describe('the badge', () => {
  test('is told to the docks, to one that comes later too, and hidden at nothing unread', async () => {
    const bus = openBus(session.busAddress);
    const badge = await recordLauncherBadge(session.bus);
    const entry = createLauncherEntry({ bus, desktopFile: 'tidings.desktop', log: recordingLog() });
    expect(entry.setCount(7)).toBe(true);
    const first = await badge.waitFor(({ count }) => count === 7);
    expect(first).toMatchObject({ application: 'application://tidings.desktop', countVisible: true });
    // Everything on the way to the bus before this answer is on its way to the dock.
    await bus.call(askForOwner);
    const told = badge.all.length;
    await session.bus.own(dockName);
    await badge.waitFor(() => badge.all.length > told);
    expect(badge.latest()).toMatchObject({ count: 7, countVisible: true });
    await session.bus.release(dockName);
    entry.setCount(0);
    await badge.waitFor(({ count, countVisible }) => count === 0 && !countVisible);
    entry.dispose();
    await bus.dispose();
  });
});

describe('a bus that is restarted', () => {
  test('gets the badge again, and shows notifications again', async () => {
    const runtimeFolder = session.makeFolder('restarted');
    const start = async (): Promise<{ readonly client: BusClient; readonly address: string; stop(): void }> => {
      let group = 0;
      const address = await startSessionBus({
        runtimeFolder,
        env: session.env,
        user: session.user,
        onStarted: (processGroup) => {
          group = processGroup;
          session.adopt(processGroup);
        },
      });
      return { client: await connectBus(address), address, stop: () => sendSignal(-group, 'SIGKILL') };
    };
    const before = await start();
    const firstDaemon = await startNotificationDaemon(before.client);
    const bus = openBus(before.address);
    const entry = createLauncherEntry({ bus, desktopFile: 'tidings.desktop', log: recordingLog() });
    const presenter = createFreedesktopPresenter({
      ...{ bus, appName: 'Tidings', desktopEntry: 'tidings', iconPath: null, clickLabel: () => 'Open' },
      log: recordingLog(),
    });
    entry.setCount(3);
    presenter.show({ id: 'one', title: 'Before', body: '', silent: false });
    await firstDaemon.waitFor(({ summary }) => summary === 'Before');

    const owners = new Conditions();
    let owner: string | null = null;
    bus.watchOwner('org.freedesktop.Notifications', (next) => {
      owner = next;
      owners.changed();
    });
    const ownerIs = (there: boolean): Promise<true> =>
      owners.until(
        () => ((owner !== null) === there ? true : undefined),
        () => `an owner: ${there}; it is ${String(owner)}`,
        waitLimitMs,
      );
    await ownerIs(true);
    before.stop();
    await ownerIs(false);
    const after = await start();
    const badge = await recordLauncherBadge(after.client);
    const secondDaemon = await startNotificationDaemon(after.client);
    await ownerIs(true);
    presenter.show({ id: 'one', title: 'After', body: '', silent: false });
    const shown = await secondDaemon.waitFor(() => true);
    expect(shown).toMatchObject({ summary: 'After', replacesId: 0 });
    // Told again at the connection, perhaps before the recorder listened: a new number reaches it in any case.
    entry.setCount(4);
    await badge.waitFor(({ count }) => count === 4);
    entry.dispose();
    presenter.dispose();
    await bus.dispose();
    await after.client.dispose();
    await before.client.dispose();
  });
});

describe('what is no bus', () => {
  /** Something listening on a socket that isn't a bus; gives the address. */
  const pretend = async (name: string, onConnection: (socket: Socket) => void): Promise<string> => {
    const path = join(session.folder, name);
    const server = createServer(onConnection);
    server.listen(path);
    await once(server, 'listening');
    server.unref();
    return `unix:path=${path}`;
  };

  test.for([
    ['isn’t there', () => Promise.resolve(`unix:path=${join(session.folder, 'none')}`)],
    ['isn’t reached by a socket', () => Promise.resolve('tcp:host=localhost,port=1;autolaunch:')],
    ['hangs up', () => pretend('hangs-up', (socket) => socket.destroy())],
    ['refuses us', () => pretend('refuses', (socket) => socket.on('error', () => undefined).end('REJECTED\r\n'))],
    [
      'talks nonsense',
      () => pretend('nonsense', (socket) => socket.on('error', () => undefined).end('OK x\r\n\0\0zzzz'.repeat(9))),
    ],
  ] as const)('a bus that %s is a failure of the call and nothing else', async ([, address]) => {
    const bus = openBus(await address());
    await expect(bus.connect()).rejects.toMatchObject({ name: 'BusFailure', kind: 'no-bus' });
    await expect(bus.call(askForOwner)).rejects.toMatchObject({ kind: 'no-bus' });
    expect(bus.emit({ path: '/', interface: 'a.b', member: 'C', signature: '', body: [] })).toBe(false);
    await bus.dispose();
    await expect(bus.call(askForOwner)).rejects.toMatchObject({ kind: 'disposed' });
  });

  test('a bus that says nothing is given up after five seconds', async () => {
    const clock = new FakeClock();
    const connections = new Conditions();
    let isConnected = false;
    const address = await pretend('mute', () => {
      isConnected = true;
      connections.changed();
    });
    const bus = createSessionBus({ address, clock, log: recordingLog() });
    const failed = expect(bus.connect()).rejects.toMatchObject({
      kind: 'no-bus',
      message: 'no greeting within 5000 ms',
    });
    await connections.until(
      () => (isConnected ? true : undefined),
      () => 'a connection',
      waitLimitMs,
    );
    await clock.advance(5_000);
    await failed;
    await bus.dispose();
  });

  test('the second of two addresses serves as well', async () => {
    const bus = openBus(`unix:path=${join(session.folder, 'none')};${session.busAddress}`);
    await bus.connect();
    expect((await bus.call(askForOwner)).body).toEqual(['org.freedesktop.DBus']);
    await bus.dispose();
  });
});
