import { describe, expect, it } from 'vitest';

import { describeStep, randomSchedule } from '../exactly-once/schedule.ts';
import { Story } from '../exactly-once/story.ts';
import { sized } from '../support/size.ts';

/** A run of the test has seeds of its own unless one is given: to repeat what failed. */
const given = process.env['TIDINGS_SEED'];
const first = given === undefined ? Math.floor(Math.random() * 1e9) : Number(given);
const schedules = given === undefined ? sized(20, 200) : 1;
const steps = sized(300, 2_000);

describe('whatever happens to app, server and desktop', () => {
  it.each(Array.from({ length: schedules }, (_, index) => first + index))(
    'all that is new is told once and the counts are right, TIDINGS_SEED=%i',
    { timeout: 600_000 },
    async (seed) => {
      const schedule = randomSchedule(seed, steps);
      const story = await Story.begin(seed);
      let played = 0;
      try {
        for (const step of schedule) {
          played += 1;
          await story.play(step);
        }
        const defects = await story.end();
        expect(defects, `${defects.join('\n')}\n${tail(seed, schedule.slice(0, played), story)}`).toEqual([]);
        expect(story.tellings).toBeGreaterThan(0);
      } catch (error) {
        throw new Error(tail(seed, schedule.slice(0, played), story), { cause: error });
      } finally {
        await story.dispose();
      }
    },
  );
});

function tail(seed: number, played: Parameters<typeof describeStep>[0][], story: Story): string {
  const last = played.slice(-20).map(describeStep).join('\n');
  return `TIDINGS_SEED=${seed}, ${played.length} steps, the last:\n${last}\nlog:\n${story.lines.slice(-20).join('\n')}`;
}
