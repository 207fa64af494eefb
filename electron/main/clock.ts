/** Time handed in, so that tests can turn it. All in ms. */
export interface Clock {
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Since some moment; never goes back and isn't set by hand. It may stand still while the machine sleeps. */
  monotonic(): number;
  /** Runs once after `delayMs`, however long; the returned function cancels it. */
  setTimer(delayMs: number, run: () => void): () => void;
}

/** Node fires a timer of 2^31 ms or more after 1 ms (documentation of setTimeout). */
const longestTimerMs = 2 ** 31 - 1;

/** The system's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer: (delayMs, run) => {
    let timer: NodeJS.Timeout;
    const arm = (leftMs: number): void => {
      const stepMs = Math.min(leftMs, longestTimerMs);
      timer = setTimeout(() => {
        if (leftMs > stepMs) {
          arm(leftMs - stepMs);
        } else {
          run();
        }
      }, stepMs);
    };
    arm(delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
