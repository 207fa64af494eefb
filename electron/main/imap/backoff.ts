/** How far the failed attempt got: a server that was never reached may be asked again sooner than one that answered. */
export type AttemptReach = 'unreached' | 'answered';

/** A session this long (ms) proves the connection good; only then does counting of failures begin anew (fault 25). */
export const stableSessionMs = 5 * 60_000;

const firstDelayMs = 1_000;
/** While the server can't be reached a try costs neither side a login; so it is back within this after an outage. */
const unreachedCapMs = 8_000;
/** From this many failures on (about 15 min) the outage is a long one and the radio may rest. */
const longOutageFailures = 110;
const longOutageCapMs = 60_000;
const answeredCapMs = 5 * 60_000;

/** What the delay before the next attempt depends on. */
export interface BackoffFacts {
  /** Failed attempts so far, from 1. */
  readonly failures: number;
  readonly reach: AttemptReach;
  /** False where the machine has no network: whoever hears of its return ends the wait. */
  readonly online: boolean;
  /** 0..1, so that several accounts don't come back in step. */
  readonly random: number;
}

/**
 * Delay in ms before the next attempt: doubling from 1 s, between half and all of it by `random`, capped at 8 s while
 * the server is unreached (60 s in a long outage or without a network) and at 5 min once it answers.
 */
export function backoffDelayMs({ failures, reach, online, random }: BackoffFacts): number {
  const isLong = failures >= longOutageFailures || !online;
  const cap = reach === 'answered' ? answeredCapMs : isLong ? longOutageCapMs : unreachedCapMs;
  const full = Math.min(cap, firstDelayMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(full * (0.5 + random / 2));
}
