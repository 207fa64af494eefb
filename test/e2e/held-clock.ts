import type { DrivenApp } from '../desktop/app.ts';

/** An app's wall clock in a test's hand. Its timers go on as before, and look at this clock when they fire. */
export interface HeldClock {
  advance(ms: number): Promise<void>;
  /** Back to the machine's time, however far that has gone. */
  release(): Promise<void>;
}

/** Stops the clock that the app's main process reads, so that nothing in it depends on how fast the machine is. */
export async function holdClock({ electron }: DrivenApp): Promise<HeldClock> {
  await electron.evaluate(() => {
    const held = { at: Date.now(), machine: () => new Date().getTime() };
    Object.assign(globalThis, { held });
    Date.now = () => held.at;
  });
  return {
    advance: (by) =>
      electron.evaluate((_electron, ms) => {
        const { held } = globalThis as unknown as { held: { at: number } };
        held.at += ms;
      }, by),
    release: () =>
      electron.evaluate(() => {
        const { held } = globalThis as unknown as { held: { machine: () => number } };
        Date.now = held.machine;
      }),
  };
}
