import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { followNetworkChanges, type NetworkChanges } from '../../../electron/main/shell/network-changes.ts';
import { type Interfaces, MonitorReader, usableAddresses } from '../../../electron/main/shell/network-facts.ts';
import type { MonitorListener } from '../../../electron/main/shell/network-monitor.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const loopback = { address: '127.0.0.1', netmask: '255.0.0.0', internal: true };
const home = { address: '192.168.1.7', netmask: '255.255.255.0', internal: false };
const office = { address: '10.4.0.9', netmask: '255.255.0.0', internal: false };

describe('usable addresses', () => {
  it('are those that reach further than the machine and the cable', () => {
    const six = { netmask: 'ffff:ffff:ffff:ffff::', internal: false };
    expect(
      usableAddresses({
        lo: [loopback, { ...six, address: '::1', internal: true }],
        wlan0: [
          { ...six, address: '2001:db8::7' },
          home,
          { ...six, address: 'fe80::1' },
          { ...six, address: 'febf::1' },
        ],
        eth0: [{ ...home, address: '169.254.3.4' }],
        tun0: undefined,
      }),
    ).toEqual(['wlan0 192.168.1.7/255.255.255.0', 'wlan0 2001:db8::7/ffff:ffff:ffff:ffff::']);
  });

  it('are the same in whatever order they come', () => {
    expect(usableAddresses({ a: [home], b: [office] })).toEqual(usableAddresses({ b: [office], a: [home] }));
  });
});

/** As `ip -o monitor label link address route` of iproute2 6.1 wrote them. */
const lines = {
  defaultRoute: '[ROUTE]default via 10.9.0.2 dev v0 ',
  defaultRouteGone: '[ROUTE]Deleted default via 10.9.0.2 dev v0 ',
  announced: (seconds: number) => `[ROUTE]default via 2001:db8::2 dev v0 metric 1024 expires ${seconds}sec pref medium`,
  localRoute: '[ROUTE]local 10.9.0.1 dev v0 table local proto kernel scope host src 10.9.0.1 ',
  multicast: '[ROUTE]Deleted multicast ff00::/8 dev v1 table local proto kernel metric 256 linkdown pref medium',
  linkLocalRoute: '[ROUTE]Deleted fe80::/64 dev v1 proto kernel metric 256 pref medium',
  link: (state: string) =>
    `[LINK]3: v0@v1: <BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state ${state} group default \\    link/ether 82:30`,
  address: String.raw`[ADDR]3: v0    inet 10.9.0.1/24 scope global dynamic v0\       valid_lft 100sec preferred_lft 50sec`,
  addressGone: String.raw`[ADDR]Deleted 3: v0    inet 10.9.0.1/24 scope global v0\       valid_lft forever`,
  linkLocalGone: String.raw`[ADDR]Deleted 3: v0    inet6 fe80::8030/64 scope link \       valid_lft forever`,
};

describe('the lines of the monitor', () => {
  it.each([
    ['a route is a change', [lines.defaultRoute], ['changed']],
    ['so is its end', [lines.defaultRouteGone], ['changed']],
    ['what the kernel keeps for itself is none', [lines.localRoute, lines.multicast], ['nothing', 'nothing']],
    ['nor is a route that ends at the cable', [lines.linkLocalRoute], ['nothing']],
    ['a route told again is no news', [lines.announced(1800), lines.announced(900)], ['changed', 'nothing']],
    [
      'but it is when it was gone meanwhile',
      [lines.defaultRoute, lines.defaultRouteGone, lines.defaultRoute],
      ['changed', 'changed', 'changed'],
    ],
    [
      'or may have gone with its interface, of which nothing is told',
      [lines.defaultRoute, lines.link('DOWN'), lines.link('UP'), lines.defaultRoute],
      ['changed', 'look', 'look', 'changed'],
    ],
    [
      'or with its address',
      [lines.defaultRoute, lines.addressGone, lines.defaultRoute],
      ['changed', 'changed', 'changed'],
    ],
    ['an address that is renewed only may be one', [lines.address, lines.address], ['look', 'look']],
    ['a link-local address can’t be missed', [lines.linkLocalGone], ['look']],
    [
      'an interface told again, as after each scan of Wi-Fi, is no news',
      [lines.link('UP'), lines.defaultRoute, lines.link('UP'), lines.defaultRoute],
      ['look', 'changed', 'nothing', 'nothing'],
    ],
    [
      'what it doesn’t know is no news',
      ['', 'Terminated', '[NEIGH]10.9.0.2 dev v0'],
      ['nothing', 'nothing', 'nothing'],
    ],
  ])('%s', (_what, given, expected) => {
    const reader = new MonitorReader();
    expect(given.map((line) => reader.read(line))).toEqual(expected);
  });
});

describe('telling of changes', () => {
  let clock: FakeClock;
  let interfaces: Interfaces;
  let changes: number;
  /** Runs of the monitor, oldest first. */
  let runs: (MonitorListener & { isRunning: boolean })[];
  let following: NetworkChanges;

  const follow = (withMonitor: boolean): void => {
    following = followNetworkChanges({
      onChange: () => {
        changes += 1;
      },
      interfaces: () => interfaces,
      startMonitor: withMonitor
        ? (listener) => {
            const run = {
              isRunning: true,
              onLine: listener.onLine,
              onEnd: (reason: string) => {
                run.isRunning = false;
                listener.onEnd(reason);
              },
            };
            runs.push(run);
            return () => {
              run.isRunning = false;
            };
          }
        : null,
      clock,
      log: recordingLog(),
    });
  };

  beforeEach(() => {
    clock = new FakeClock();
    interfaces = { lo: [loopback], wlan0: [home] };
    changes = 0;
    runs = [];
  });

  afterEach(() => {
    following.dispose();
    expect(clock.pending).toBe(0);
    expect(runs.filter(({ isRunning }) => isRunning)).toEqual([]);
  });

  const hear = (...told: string[]): void => {
    for (const line of told) runs.at(-1)?.onLine(line);
  };

  it('tells a row of them once, 300 ms after the last', async () => {
    follow(true);
    hear(lines.defaultRouteGone);
    await clock.advance(200);
    hear(lines.defaultRoute);
    await clock.advance(299);
    expect(changes).toBe(0);
    await clock.advance(1);
    expect(changes).toBe(1);
    await clock.advance(60_000);
    expect(changes).toBe(1);
  });

  it('tells of a row without end every second', async () => {
    follow(true);
    for (let passed = 0; passed < 5_000; passed += 100) {
      hear(lines.defaultRouteGone);
      await clock.advance(100);
    }
    expect(changes).toBeGreaterThanOrEqual(4);
    expect(changes).toBeLessThanOrEqual(5);
  });

  it('looks at the addresses where an interface alone is no news', async () => {
    follow(true);
    hear(lines.link('DORMANT'), lines.address);
    await clock.advance(5_000);
    expect(changes).toBe(0);
    interfaces = { lo: [loopback] };
    hear(lines.link('DOWN'));
    await clock.advance(300);
    expect(changes).toBe(1);
    expect(following.isOnline()).toBe(false);
    interfaces = { lo: [loopback], wlan0: [office] };
    hear(lines.address);
    await clock.advance(300);
    expect(changes).toBe(2);
    expect(following.isOnline()).toBe(true);
  });

  it('tells of a route behind news of an interface that alone is none', async () => {
    follow(true);
    hear(lines.link('UP'), lines.defaultRoute, lines.address);
    await clock.advance(300);
    expect(changes).toBe(1);
  });

  it('compares the addresses where the monitor can’t be started', async () => {
    following = followNetworkChanges({
      onChange: () => {
        changes += 1;
      },
      interfaces: () => interfaces,
      startMonitor: () => {
        throw new Error('spawn ENOMEM');
      },
      clock,
      log: recordingLog(),
    });
    await clock.advance(60_000);
    changes = 0;
    interfaces = { wlan0: [office] };
    await clock.advance(2_300);
    expect(changes).toBe(1);
  });

  it('starts the monitor again, ever later, takes the pause for a change, and compares when it won’t stay', async () => {
    follow(true);
    for (const [after, count] of [
      [1_000, 2],
      [2_000, 3],
      [4_000, 4],
      [8_000, 5],
    ] as const) {
      runs.at(-1)?.onEnd('gone');
      await clock.advance(after - 1);
      expect(runs).toHaveLength(count - 1);
      await clock.advance(1);
      expect(runs).toHaveLength(count);
    }
    await clock.advance(300);
    expect(changes).toBe(4);
    runs.at(-1)?.onEnd('gone');
    await clock.advance(60_000);
    expect(runs).toHaveLength(5);
    interfaces = { lo: [loopback], wlan0: [office] };
    await clock.advance(2_300);
    expect(changes).toBe(5);
  });

  it('does not hold an end after a good run against the monitor', async () => {
    follow(true);
    for (let run = 1; run <= 10; run += 1) {
      await clock.advance(60_000);
      runs.at(-1)?.onEnd('gone');
      await clock.advance(1_000);
      expect(runs).toHaveLength(run + 1);
    }
  });

  it('compares the addresses every 2 s where the system tells nothing', async () => {
    follow(false);
    await clock.advance(10_000);
    expect(changes).toBe(0);
    interfaces = { lo: [loopback], wlan0: [home], tun0: [office] };
    await clock.advance(2_300);
    expect(changes).toBe(1);
    await clock.advance(10_000);
    expect(changes).toBe(1);
  });

  it('goes on where the addresses can’t be read, and calls nobody offline for it', async () => {
    follow(false);
    Object.defineProperty(interfaces, 'eth0', {
      enumerable: true,
      get: () => {
        throw new Error('uv_interface_addresses');
      },
    });
    await clock.advance(10_000);
    expect(following.isOnline()).toBe(true);
    expect(changes).toBe(0);
  });

  it('tells nothing after its end', async () => {
    follow(true);
    hear(lines.defaultRouteGone);
    following.dispose();
    await clock.advance(10_000);
    expect(changes).toBe(0);
  });
});
