import { describe, expect, test } from 'vitest';
import { BusFailure } from '../../../electron/main/shell/dbus/bus-failure.ts';
import type { OutgoingSignal } from '../../../electron/main/shell/dbus/bus-message.ts';
import { createLauncherEntry, launcherUpdate } from '../../../electron/main/shell/dbus/launcher-entry.ts';
import { settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

/** A bus that connects when told so. */
function launcher(options: { readonly unreachable?: boolean } = {}) {
  const said: OutgoingSignal[] = [];
  const log = recordingLog();
  let isConnected = false;
  let onConnect = (): void => {};
  let onDock = (_owner: string | null): void => {};
  let subscriptions = 0;
  const subscribe = (): (() => void) => {
    subscriptions += 1;
    return () => {
      subscriptions -= 1;
    };
  };
  const entry = createLauncherEntry({
    bus: {
      connect: () =>
        options.unreachable === true ? Promise.reject(new BusFailure('no-bus', 'none')) : Promise.resolve(),
      emit: (signal) => {
        if (isConnected) said.push(signal);
        return isConnected;
      },
      watchOwner: (_name, listener) => {
        onDock = listener;
        return subscribe();
      },
      onConnect: (listener) => {
        onConnect = listener;
        return subscribe();
      },
    },
    desktopFile: 'tidings.desktop',
    log,
  });
  return {
    entry,
    said,
    log,
    subscriptions: () => subscriptions,
    connect: () => {
      isConnected = true;
      onConnect();
    },
    dock: (owner: string | null) => onDock(owner),
  };
}

const update = (count: number): OutgoingSignal => launcherUpdate('application://tidings.desktop', count);

describe('the number on the launcher', () => {
  test('is told as libunity tells it', () => {
    expect(update(4)).toEqual({
      // GLib's g_str_hash of the address.
      path: '/com/canonical/unity/launcherentry/2914435723',
      interface: 'com.canonical.Unity.LauncherEntry',
      member: 'Update',
      signature: 'sa{sv}',
      body: [
        'application://tidings.desktop',
        [
          ['count', ['x', 4]],
          ['count-visible', ['b', true]],
        ],
      ],
    });
    expect(update(0).body[1]).toEqual([
      ['count', ['x', 0]],
      ['count-visible', ['b', false]],
    ]);
  });

  test('leaves the bus alone before there is one to tell', () => {
    expect(launcher().subscriptions()).toBe(0);
  });

  test('that was set before the connection is told at it, the last one', () => {
    const { entry, said, connect } = launcher();
    entry.setCount(1);
    entry.setCount(2);
    connect();
    entry.setCount(3);
    expect(said).toEqual([update(2), update(3)]);
  });

  test('is told again to a dock that comes later, and not when one goes', () => {
    const { entry, said, connect, dock } = launcher();
    entry.setCount(2);
    connect();
    dock(null);
    dock(':1.7');
    expect(said).toEqual([update(2), update(2)]);
  });

  test('takes a missing bus as it is', async () => {
    const { entry, log } = launcher({ unreachable: true });
    expect(entry.setCount(2)).toBe(true);
    await settle();
    expect(log.lines.map(({ level }) => level)).toEqual(['debug']);
  });

  test('is followed no more after its end', () => {
    const { entry, subscriptions } = launcher();
    entry.setCount(2);
    entry.dispose();
    expect(subscriptions()).toBe(0);
  });
});
