import { expect } from 'vitest';

import type { AppErrorCode } from '../../electron/shared/app-error.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import type { SeenStatus, WatchedAccount } from './watched-account.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** A failed attempt as the person sees it. */
export interface Failure {
  readonly kind: 'offline' | 'refused';
  readonly code: AppErrorCode;
  /** What the server said, where it did. */
  readonly detail: string | undefined;
  /** Until the next attempt, as announced, ms. */
  readonly waitMs: number;
}

/** The failure that a status shows. @throws where it shows none */
export function failureIn({ state }: SeenStatus, clock: FakeClock): Failure {
  if (state.kind !== 'offline' && state.kind !== 'refused') throw new Error(`Not failed, but ${state.kind}`);
  const { code, detail } = state.error;
  return { kind: state.kind, code, detail, waitMs: state.retryAt - clock.now() };
}

/** The failures of `forMs` of virtual time, whose waits are passed at once. The account has just been started. */
export async function failuresFor(watched: WatchedAccount, clock: FakeClock, forMs: number): Promise<Failure[]> {
  const endsAt = clock.monotonic() + forMs;
  const failures: Failure[] = [];
  let mark = 0;
  for (;;) {
    const status = await watched.outcome(mark);
    mark = watched.statuses.indexOf(status) + 1;
    const failure = failureIn(status, clock);
    failures.push(failure);
    if (clock.monotonic() + failure.waitMs > endsAt) return failures;
    await clock.advance(failure.waitMs);
  }
}

/** How many attempts an hour of failures may cost a server that answers, the first quick ones among them. */
export const attemptsAnHour = 25;

/** Each wait is as long as the one before or longer, up to minutes. */
export function expectBackoff(failures: readonly Failure[]): void {
  const waits = failures.map(({ waitMs }) => waitMs);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBeGreaterThanOrEqual(2 * minute);
  expect(failures.length).toBeLessThanOrEqual(attemptsAnHour);
}
