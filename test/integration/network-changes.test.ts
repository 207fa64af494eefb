import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listProcesses } from '../desktop/processes.ts';
import { faultTable } from '../faults/fault-table.ts';
import { type NetworkWorld, startInOwnNetwork } from '../support/network-world.ts';

/** A person's connections are probed within 2 s of a change (fault 14): the change is known before that, ms. */
const toldWithinMs = 1_500;

let world: NetworkWorld;

async function begin(by: 'monitor' | 'compare'): Promise<void> {
  world = await startInOwnNetwork('network-host.ts', by);
  await world.waitFor(/^following$/u);
}

afterEach(async () => {
  await world.kill();
});

describe('changes of a real network, told by the system', () => {
  beforeEach(async () => {
    await begin('monitor');
    await expect.poll(() => world.children('ip')).toHaveLength(1);
    // It says nothing of when it begins to listen: the first change that is told proves it.
    let sent = 0;
    await expect
      .poll(
        async () => {
          sent += 1;
          await world.ip(`link set cable up`, `address replace 10.0.0.${sent}/24 dev cable`);
          return changes().length;
        },
        { interval: 2_000 },
      )
      .toBeGreaterThan(0);
    await settled();
  });

  const changes = () => world.said.filter(({ line }) => line.startsWith('change'));

  /** Until a row of changes is over: the next one is told apart from it. */
  async function settled(): Promise<void> {
    const before = changes().length;
    await world.ip(`route add 203.0.113.${before % 256} dev cable`);
    await world.waitFor(/^change/u, before + 1);
  }

  /** Makes the change and gives the time (ms) until it was told, from when it was made for certain. */
  async function timeOf(...lines: readonly string[]): Promise<number> {
    const before = changes().length;
    await world.ip(...lines);
    const made = performance.now();
    await world.waitFor(/^change/u, before + 1);
    return (changes()[before]?.at ?? Infinity) - made;
  }

  it('are told in time: address, default route, cable, VPN', async () => {
    for (const lines of [
      ['address add 192.0.2.7/24 dev cable'],
      ['route add default via 192.0.2.1'],
      ['route replace default via 192.0.2.2'],
      [
        'link add tunnel type veth',
        'link set tunnel up',
        'address add 198.51.100.7/32 dev tunnel',
        'link delete tunnel',
      ],
      // The other end: the cable is pulled, and every address stays where it is.
      ['link set wall down'],
      ['link set wall up'],
      ['address delete 192.0.2.7/24 dev cable'],
    ]) {
      expect(await timeOf(...lines), lines.join()).toBeLessThan(toldWithinMs);
    }
    expect(changes().at(-1)?.line).toBe('change true');
    await timeOf('link set cable down');
    expect(changes().at(-1)?.line).toBe('change false');
  });

  it('are told a few times when a thousand come at once', async () => {
    const before = changes().length;
    const routes = Array.from({ length: 1_000 }, (_, index) => `10.${16 + (index >> 8)}.${index & 255}.0/24`);
    const began = performance.now();
    await world.ip(...routes.map((route) => `route add ${route} dev cable`));
    await world.ip('address add 192.0.2.7/24 dev cable');
    const took = performance.now() - began;
    await world.waitFor(/^change/u, before + 1);
    await settled();
    expect(changes().length - before).toBeLessThanOrEqual(3 + took / 1_000);
  });

  it('are followed by one process, which is started again when it ends', async () => {
    const [first] = world.children('ip');
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => world.children('ip').filter(({ pid }) => pid !== first?.pid)).toHaveLength(1);
    expect(world.children('ip')).toHaveLength(1);
  });

  it('are followed until the end, and no process is left then', async () => {
    world.order('dispose');
    await world.waitFor(/^disposed$/u);
    await expect.poll(() => world.children('ip')).toEqual([]);
  });

  it('are not followed by a process that is left alone, however the first one ended', async () => {
    const [monitor] = world.children('ip');
    expect(monitor).toBeDefined();
    await world.kill();
    await expect.poll(() => listProcesses().filter(({ pid }) => pid === monitor?.pid)).toEqual([]);
  });
});

describe('changes of a real network, found by comparing', () => {
  it('are told when addresses come and go', async () => {
    await begin('compare');
    await world.ip('link set cable up', 'address add 192.0.2.7/24 dev cable');
    await world.waitFor(/^change true$/u);
    await world.ip('link set cable down');
    await world.waitFor(/^change false$/u);
    expect(world.children('ip')).toEqual([]);
  });
});

describe('an app whose machine goes onto a network', () => {
  /** Of the route's change (fault 14), ms. */
  const probedWithinMs = faultTable.find(({ id }) => id === 14)?.boundMs ?? 0;
  const probes = () => world.said.filter(({ line }) => line === 'probe');
  const waits = () => world.said.filter(({ line }) => line.startsWith('waits'));
  const lastWaitMs = () => Number(waits().at(-1)?.line.split(' ')[1]);

  async function askAgain(): Promise<void> {
    const before = waits().length;
    world.order('check now');
    await world.waitFor(/^waits/u, before + 1);
  }

  it('asks less often while there is none, and probes what it has when there is one', async () => {
    world = await startInOwnNetwork('network-core-host.ts');
    await world.waitFor(/^idling$/u);
    await world.waitFor(/^waits/u);
    // Without a network the pauses grow beyond those for a server that is merely away (8 s).
    for (let tries = 0; tries < 8 && lastWaitMs() <= 10_000; tries += 1) await askAgain();
    expect(lastWaitMs()).toBeGreaterThan(10_000);

    // The monitor says nothing of when it begins to listen: the first change that is probed for proves it.
    let sent = 0;
    await expect
      .poll(
        async () => {
          sent += 1;
          await world.ip('link set cable up', `address replace 192.0.2.${sent}/24 dev cable`);
          return probes().length;
        },
        { interval: 2_000 },
      )
      .toBeGreaterThan(0);
    await askAgain();
    expect(lastWaitMs()).toBeLessThan(10_000);

    const idled = () => world.said.filter(({ line }) => line === 'idling').length;
    // Nothing is under way any more: a last change is probed for, and quiet follows.
    const [probesBefore, idledBefore] = [probes().length, idled()];
    await world.ip('route add 203.0.113.0/25 dev cable');
    await world.waitFor(/^probe$/u, probesBefore + 1);
    await world.waitFor(/^idling$/u, idledBefore + 1);
    const before = probes().length;
    const made = performance.now();
    await world.ip('route add 198.51.100.0/24 dev cable');
    await world.waitFor(/^probe$/u, before + 1);
    expect((probes()[before]?.at ?? Infinity) - made).toBeLessThan(probedWithinMs);
  });
});
