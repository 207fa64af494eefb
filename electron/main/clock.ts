/** Time handed in, so that tests can turn it. All in ms. */
export interface Clock {
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Runs once after `delayMs`; the returned function cancels it. */
  setTimer(delayMs: number, run: () => void): () => void;
}

/** The system's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
