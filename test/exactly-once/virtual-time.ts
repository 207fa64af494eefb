import type { FakeClock } from '../support/fake-clock.ts';

/** How long a broken test waits for real, ms. */
const patienceMs = 60_000;

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Resolves when it holds, which is looked at in each turn. */
export async function until(holds: () => boolean, what: () => string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!holds()) {
    await turn();
    if (performance.now() > deadline) throw new Error(`Waited ${patienceMs} ms for ${what()}`);
  }
}

/** Passes virtual time. `patient`: all that a timer begins ends before the next one, as on a quick network. */
export async function passTime(
  clock: FakeClock,
  ms: number,
  patient: boolean,
  untilQuiet: () => Promise<void>,
): Promise<void> {
  if (!patient) {
    await clock.advance(ms);
    return;
  }
  let left = ms;
  for (;;) {
    await untilQuiet();
    const next = clock.nextInMs;
    if (next === null || next > left) break;
    left -= next;
    await clock.advance(next);
  }
  await clock.advance(left);
}
