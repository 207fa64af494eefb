import type { Clock } from './clock.ts';

/** Resolves when `work` has ended, either way, or after `limitMs`. */
export async function atMost(limitMs: number, clock: Clock, work: Promise<unknown>): Promise<void> {
  await new Promise<void>((resolve) => {
    const cancel = clock.setTimer(limitMs, resolve);
    work.then(
      () => {
        cancel();
        resolve();
      },
      () => {
        cancel();
        resolve();
      },
    );
  });
}
