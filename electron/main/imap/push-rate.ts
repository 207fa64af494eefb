import type { Clock } from '../clock.ts';

/** Pushes a second. No mailbox changes faster for long, and what does keeps the app busy (measured: 0.5 s late). */
const mostPerSecond = 1_000;
/** What comes at once may take this long to be told, ms: a thousand mails read or deleted elsewhere are a thousand pushes. */
const longestBurstMs = 1_500;
const pushMs = 1_000 / mostPerSecond;

/** How fast a server has been pushing. */
export interface PushRate {
  /** Since when it has been pushing faster than a mailbox changes, ms since the epoch. */
  readonly since: number;
  /** When what it pushed would all be told at the highest rate, ms since the epoch; a second ahead at the most. */
  readonly busyUntil: number;
}

/** The rate after one more push (whatever wasn't asked for message by message) at `now`; null for the first one of a session. */
export function afterPush(rate: PushRate | null, now: number): PushRate {
  // A clock that was set back begins a new count.
  const goesOn = rate !== null && rate.since <= now && now <= rate.busyUntil;
  return goesOn
    ? { since: rate.since, busyUntil: Math.min(rate.busyUntil + pushMs, now + 1_000) }
    : { since: now, busyUntil: now + pushMs };
}

/**
 * Whether pushes have come faster than 1,000 a second for 1.5 s, so that a flood is known within 2 s, at whatever rate.
 * A burst of any size that is over sooner is none.
 */
export function isFlood(rate: PushRate, now: number): boolean {
  return now - rate.since >= longestBurstMs;
}

/** To be told of every response of one session; calls `onFlood` at each that is part of a flood. No option of imapflow's does. */
export function floodGuard(clock: Clock, onFlood: () => void): () => void {
  let rate: PushRate | null = null;
  return () => {
    const now = clock.now();
    rate = afterPush(rate, now);
    if (isFlood(rate, now)) onFlood();
  };
}
