import { describe, expect, it } from 'vitest';

import { DovecotStory } from '../exactly-once/dovecot-story.ts';
import { describeStep, randomSchedule, type Step } from '../exactly-once/schedule.ts';

const given = process.env['TIDINGS_SEED'];
const first = given === undefined ? Math.floor(Math.random() * 1e9) : Number(given);
const schedules = given === undefined ? 3 : 1;
const steps = 300;
/** More than by chance: they are what this test is about. */
const kills = 10;
/** The same of the server's stops. */
const stops = 4;
/** Every story has one at least: mail is on its way meanwhile. */
const outage: readonly Step[] = [
  { kind: 'server-stop', rest: 5 },
  { kind: 'deliver', accounts: [0, 1, 2], count: 2, rest: 5 },
  { kind: 'server-start', rest: 'until-quiet' },
];

describe.concurrent('whatever happens to an app that SIGKILL ends, with mail at Dovecot', () => {
  it.each(Array.from({ length: schedules }, (_, index) => first + index))(
    'all that is new is told once and the counts are right, TIDINGS_SEED=%i',
    { timeout: 600_000 },
    async (seed) => {
      const schedule = [...outage, ...randomSchedule(seed, steps, kills, stops)];
      const story = await DovecotStory.begin();
      let played = 0;
      try {
        for (const step of schedule) {
          played += 1;
          await story.play(step);
        }
        const defects = await story.end();
        expect(story.kills).toBeGreaterThan(0);
        expect(story.serverKills).toBeGreaterThan(0);
        expect(defects).toEqual([]);
      } catch (error) {
        const last = schedule
          .slice(Math.max(0, played - 20), played)
          .map(describeStep)
          .join('\n');
        throw new Error(`TIDINGS_SEED=${seed}, ${played} steps, the last:\n${last}`, { cause: error });
      } finally {
        await story.dispose();
      }
    },
  );
});
