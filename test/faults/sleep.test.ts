import { afterEach, describe, expect } from 'vitest';

import { ada, lin, sam, type StandinPerson } from '../standin/people.ts';
import { faultTest } from './fault-test.ts';
import { type HostedScene, setHostedScene } from './hosted-scene.ts';

const sleptMs = 8 * 60 * 60_000;
const people = [ada, lin, sam];

/** Who gets how many mails during the night: 12 in all. */
const night: readonly (readonly [StandinPerson, number])[] = [
  [ada, 5],
  [lin, 4],
  [sam, 3],
];

describe('a machine that slept', () => {
  let scene: HostedScene | null = null;

  afterEach(async () => {
    await scene?.dispose();
    scene = null;
  });

  async function watch(clocks: 'wall' | 'both'): Promise<HostedScene> {
    const set = await setHostedScene({ clocks });
    scene = set;
    for (const person of people) await set.signIn(person);
    return set;
  }

  /** The night's mail comes and eight hours pass while nothing of Tidings runs; then `wake` is called. */
  async function sleepThroughTheNight(
    { desktop, deliver, tidings, time, untilRight, network }: HostedScene,
    wake: () => void,
  ): Promise<number> {
    tidings.stop();
    for (const [person, count] of night) {
      for (let number = 1; number <= count; number += 1) deliver(person, `Night ${number}`);
    }
    time.set(sleptMs);
    const right = untilRight(...night);
    const before = network.total;
    const awakeAt = performance.now();
    tidings.goOn();
    wake();
    await right;
    const tookMs = performance.now() - awakeAt;

    const { notifications } = desktop;
    await notifications.waitFor(({ summary }) => summary === '12 new messages while you were away');
    deliver(ada, 'In the morning');
    await notifications.waitFor(({ body }) => body.includes('In the morning'));
    // No flood: one digest, which may have grown while the accounts came back, and then what came next.
    const [morning, ...others] = notifications.all.toReversed();
    expect(morning?.body).toContain('In the morning');
    expect(new Set(others.map(({ id }) => id)).size).toBe(1);
    for (const { summary } of others) expect(summary).toMatch(/^\d+ new messages while you were away$/u);
    // Nor a storm: at the most one connection each, also where the token has to be renewed.
    expect(network.total - before).toBeLessThanOrEqual(people.length);
    return tookMs;
  }

  faultTest(
    45,
    async () => {
      const set = await watch('wall');
      const { events } = set.world.imap;
      const { mark } = events;
      await set.tidings.call('announceSuspend');
      await events.waitUntil(() => set.seen(mark, 'closed').length === people.length);
      expect(events.since(mark).filter((one) => one.kind === 'command' && one.name === 'LOGOUT')).toHaveLength(3);
      return sleepThroughTheNight(set, () => void set.tidings.call('announceResume'));
    },
    { variant: 'announced' },
  );

  faultTest(
    45,
    async () => {
      const set = await watch('both');
      return sleepThroughTheNight(set, () => {
        // What a stopped program left open is long gone, and says so at the first word.
        set.network.cut('rst');
      });
    },
    { variant: 'unannounced, connections cut' },
  );

  faultTest(
    45,
    async () => {
      const set = await watch('both');
      set.network.forgetAll();
      return sleepThroughTheNight(set, () => {});
    },
    { variant: 'unannounced, connections dead' },
  );

  faultTest(45, async () => sleepThroughTheNight(await watch('both'), () => {}), {
    variant: 'unannounced, connections that held',
  });
});
