import { type AttemptReach, backoffDelayMs } from './backoff.ts';
import type { WatchFailure } from './watch-failure.ts';
import type { WatcherEvent, WatcherToken } from './watcher-types.ts';

/** Why a session ended. `connected`: the server had accepted the login. `stable`: it had held for 5 min. */
export type SessionEnd =
  /** The next session begins with this token. */
  | { readonly kind: 'renewal-due'; readonly token: WatcherToken }
  /** Left by the watcher itself. */
  | { readonly kind: 'left'; readonly stable: boolean; readonly connected: boolean }
  | { readonly kind: 'failed'; readonly failure: WatchFailure; readonly stable: boolean; readonly connected: boolean };

/** What earlier attempts say about the next one. */
export interface WatchHistory {
  /** Attempts in a row that didn't reach the server; one that did ends the row. */
  readonly unreached: number;
  /** Attempts in a row that the server answered and that failed; only a session of 5 min ends the row (fault 25). */
  readonly answered: number;
  /** The last token was refused: a cached one won't do. */
  readonly tokenRefused: boolean;
}

export const noHistory: WatchHistory = { unreached: 0, answered: 0, tokenRefused: false };

/** What the watcher does next. */
export type WatchStep =
  | { readonly kind: 'connect' }
  | {
      readonly kind: 'wait';
      /** `reconnect`: a good connection broke, nobody needs to know. `retry`: as `tell` says. */
      readonly timer: 'reconnect' | 'retry';
      readonly delayMs: number;
      /** Whether a person, or the network's coming back, may end the wait; not where the server asked to wait. */
      readonly mayHurry: boolean;
      readonly tell: WatcherEvent | null;
    }
  /** Only the person can go on. */
  | { readonly kind: 'stop'; readonly tell: WatcherEvent };

/** What {@link planNext} depends on besides the end of the session. */
export interface PlanContext {
  /** ms since the epoch. */
  readonly now: number;
  /** 0..1. */
  readonly random: number;
  /** Whether the machine has a network at all, as far as is known. */
  readonly online: boolean;
}

/** A renewed token was refused as well: each further try costs the server a login (ms). */
const refusedTokenRetryMs = 10 * 60_000;
/** A connection that held for minutes and breaks is no sign of trouble; a little spread is enough (ms, fault 3). */
const reconnectSpreadMs = 500;

/** Decides what follows a session. */
export function planNext(
  history: WatchHistory,
  end: SessionEnd,
  context: PlanContext,
): { readonly history: WatchHistory; readonly step: WatchStep } {
  if (end.kind === 'renewal-due') {
    return { history: noHistory, step: { kind: 'connect' } };
  }
  const { connected, stable } = end;
  const answered = stable ? 0 : history.answered;
  const tokenRefused = history.tokenRefused && !connected;
  if (end.kind === 'left') {
    return { history: { unreached: history.unreached, answered, tokenRefused }, step: { kind: 'connect' } };
  }
  const { failure } = end;
  if (stable && failure.kind === 'passing' && failure.notBeforeMs === null) {
    const delayMs = context.random * reconnectSpreadMs;
    const step = { kind: 'wait', timer: 'reconnect', delayMs, mayHurry: true, tell: null } as const;
    return { history: { unreached: 0, answered, tokenRefused }, step };
  }
  if (failure.kind === 'token-refused' && !tokenRefused) {
    return { history: { unreached: 0, answered, tokenRefused: true }, step: { kind: 'connect' } };
  }
  const reach = connected || failure.kind !== 'passing' ? 'answered' : failure.reach;
  const next: WatchHistory =
    reach === 'answered'
      ? { unreached: 0, answered: answered + 1, tokenRefused }
      : { unreached: history.unreached + 1, answered, tokenRefused };
  if (failure.kind === 'needs-sign-in') {
    return { history: next, step: { kind: 'stop', tell: { kind: 'needs-sign-in', error: failure.error } } };
  }
  const delayMs = retryDelayMs(failure, reach, next[reach], context);
  const tell: WatcherEvent = {
    kind: failure.kind === 'passing' ? 'offline' : 'refused',
    error: failure.error,
    retryAt: context.now + delayMs,
  };
  const mayHurry = failure.kind !== 'passing' || failure.notBeforeMs === null;
  return { history: next, step: { kind: 'wait', timer: 'retry', delayMs, mayHurry, tell } };
}

function retryDelayMs(
  failure: Exclude<WatchFailure, { readonly kind: 'needs-sign-in' }>,
  reach: AttemptReach,
  failures: number,
  { random, online }: PlanContext,
): number {
  switch (failure.kind) {
    case 'passing': {
      const delayMs = backoffDelayMs({ failures, reach, online, random });
      return Math.max(delayMs, failure.notBeforeMs ?? 0);
    }
    case 'token-refused':
      return refusedTokenRetryMs;
    case 'refused':
      return failure.retryMs;
  }
}

/** An attempt that the network's coming back asks for isn't made sooner than this (ms) after the last (fault 16). */
const hurryGapMs = 10_000;

/** How long (ms) an attempt that the network asks for has to wait, where the last one began `sinceLastMs` ago. */
export function hurryDelayMs(sinceLastMs: number): number {
  return Math.max(0, hurryGapMs - sinceLastMs);
}
