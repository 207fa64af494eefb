import type { NewMessage, NewMessages } from '../imap/new-message.ts';
import {
  addMail,
  joinTallies,
  noTally,
  withoutAccount,
  type MailTally,
  type TalliedMail,
} from './notification-tally.ts';
import { forgetTold, nothingTold, takeUntold, type ToldMessages } from './notification-told.ts';

/**
 * When what is told, as bullets:
 * - Every message is told once: by a notification of its own, or counted in a summary or digest.
 * - A burst is arriving mail of all accounts with less than {@link burstQuietMs} between one message and the next.
 *   Its first {@link ownNotifications} messages are told one by one at once; from the next on one summary stands in
 *   their place. Only a burst's first notification makes a sound.
 * - The summary changes at most once in {@link summaryIntervalMs}; each change carries all, and the last state is
 *   always shown. Who clicks or closes it has seen it: what comes later begins a burst of its own.
 * - What came while Tidings was closed is one digest of all accounts. It waits until every expected account has had
 *   its first look, but not longer than {@link digestWaitMs} after the first of them found mail.
 */
export const ownNotifications = 4;
/**
 * Long enough for mail that a server hands out one by one to count as together, short enough that somebody answering
 * minutes later isn't hidden in a number.
 */
export const burstQuietMs = 10_000;
export const summaryIntervalMs = 500;
export const digestWaitMs = 2_000;

/** What a notification says; the words are notification-text.ts's. */
export type NotificationContent =
  | { readonly kind: 'message'; readonly mail: TalliedMail }
  | { readonly kind: 'summary'; readonly tally: MailTally }
  | { readonly kind: 'digest'; readonly tally: MailTally };

/** What is to be done about notifications. */
export type NotificationAction =
  | { readonly kind: 'show'; readonly id: string; readonly content: NotificationContent; readonly silent: boolean }
  /** Puts other words in the place of a notification that was shown. */
  | { readonly kind: 'replace'; readonly id: string; readonly content: NotificationContent }
  | { readonly kind: 'withdraw'; readonly id: string };

export type NotificationEvent =
  | { readonly kind: 'new-messages'; readonly batch: NewMessages }
  /** These accounts are about to have their first look; each reports by a `while-away` batch, which may be empty. */
  | { readonly kind: 'first-looks-expected'; readonly accountIds: readonly string[] }
  /** A notification was clicked or closed by the person. */
  | { readonly kind: 'seen'; readonly id: string }
  | { readonly kind: 'account-removed'; readonly accountId: string }
  /** The time asked for by `wakeAt` has come. */
  | { readonly kind: 'wake' };

interface Burst {
  readonly lastMailAt: number;
  /** Everything in the burst, told or not. */
  readonly all: MailTally;
  /** Notifications of single messages that still stand. */
  readonly own: readonly string[];
  readonly summaryId: string | null;
  /** What no notification says yet. */
  readonly pending: MailTally;
}

interface Digest {
  readonly tally: MailTally;
  /** When its first mail was reported, ms since the epoch. */
  readonly since: number;
  /** Whether all of it comes from accounts whose first look was expected, so that it's known when it is complete. */
  readonly expected: boolean;
}

export interface NotificationState {
  readonly told: ToldMessages;
  readonly burst: Burst | null;
  readonly lastSummaryAt: number;
  readonly digest: Digest | null;
  readonly awaited: ReadonlySet<string>;
  readonly nextId: number;
}

export interface NotificationDecision {
  readonly state: NotificationState;
  readonly actions: readonly NotificationAction[];
  /** When a `wake` is wanted, ms since the epoch; null for never. */
  readonly wakeAt: number | null;
}

export const initialNotificationState: NotificationState = {
  told: nothingTold,
  burst: null,
  lastSummaryAt: -Infinity,
  digest: null,
  awaited: new Set(),
  nextId: 1,
};

/** Decides what an event means. `now` in ms since the epoch; a clock that is turned back ends all waiting. */
export function decide(before: NotificationState, event: NotificationEvent, now: number): NotificationDecision {
  const actions: NotificationAction[] = [];
  const rested = endQuietBurst(before, now);
  const taken = take(rested, event, now, actions);
  const state = tellDigest(tellSummary(taken, now, actions), now, actions);
  return { state, actions, wakeAt: nextWake(state) };
}

function take(
  state: NotificationState,
  event: NotificationEvent,
  now: number,
  actions: NotificationAction[],
): NotificationState {
  switch (event.kind) {
    case 'wake':
      return state;
    case 'first-looks-expected':
      return { ...state, awaited: new Set([...state.awaited, ...event.accountIds]) };
    case 'seen':
      return leaveSeen(state, event.id, now, actions);
    case 'account-removed':
      return leaveAccount(state, event.accountId);
    case 'new-messages': {
      const { accountId, messages, kind } = event.batch;
      const { told, untold } = takeUntold(state.told, accountId, messages);
      const next = { ...state, told };
      return kind === 'arrived'
        ? tellArrived(next, accountId, untold, now, actions)
        : collectAway(next, accountId, untold, now);
    }
  }
}

function tellArrived(
  state: NotificationState,
  accountId: string,
  messages: readonly NewMessage[],
  now: number,
  actions: NotificationAction[],
): NotificationState {
  if (messages.length === 0) return state;
  const added = messages.reduce((tally, message) => addMail(tally, { accountId, message }), noTally);
  return tellTally(state, added, now, actions);
}

/** Adds mail to the burst: one by one while there are few, else to what waits for the summary. */
function tellTally(
  state: NotificationState,
  added: MailTally,
  now: number,
  actions: NotificationAction[],
): NotificationState {
  const burst = state.burst ?? { lastMailAt: now, all: noTally, own: [], summaryId: null, pending: noTally };
  const all = joinTallies(burst.all, added);
  const grown = { ...burst, lastMailAt: now, all };
  if (all.count > ownNotifications || burst.summaryId !== null) {
    return { ...state, burst: { ...grown, pending: joinTallies(burst.pending, added) } };
  }
  const oldestFirst = added.newest.toReversed();
  const ids = oldestFirst.map((_, index) => notificationId(state.nextId + index));
  for (const [index, mail] of oldestFirst.entries()) {
    const id = ids[index] ?? notificationId(state.nextId + index);
    const silent = burst.all.count + index > 0;
    actions.push({ kind: 'show', id, content: { kind: 'message', mail }, silent });
  }
  return { ...state, nextId: state.nextId + ids.length, burst: { ...grown, own: [...burst.own, ...ids] } };
}

function tellSummary(state: NotificationState, now: number, actions: NotificationAction[]): NotificationState {
  const { burst } = state;
  if (burst === null || burst.pending.count === 0) return state;
  if (within(now, state.lastSummaryAt, summaryIntervalMs)) return state;
  const content = { kind: 'summary', tally: burst.all } as const;
  const told = { ...burst, own: [], pending: noTally };
  if (burst.summaryId !== null) {
    actions.push({ kind: 'replace', id: burst.summaryId, content });
    return { ...state, lastSummaryAt: now, burst: told };
  }
  const id = notificationId(state.nextId);
  for (const own of burst.own) actions.push({ kind: 'withdraw', id: own });
  const silent = burst.all.count > burst.pending.count;
  actions.push({ kind: 'show', id, content, silent });
  return { ...state, lastSummaryAt: now, nextId: state.nextId + 1, burst: { ...told, summaryId: id } };
}

/** A burst with something left to say isn't over, however quiet. */
function endQuietBurst(state: NotificationState, now: number): NotificationState {
  const { burst } = state;
  if (burst === null || burst.pending.count > 0 || within(now, burst.lastMailAt, burstQuietMs)) return state;
  return { ...state, burst: null };
}

function leaveSeen(
  state: NotificationState,
  id: string,
  now: number,
  actions: NotificationAction[],
): NotificationState {
  const { burst } = state;
  if (burst === null) return state;
  if (burst.summaryId !== id) {
    return { ...state, burst: { ...burst, own: burst.own.filter((own) => own !== id) } };
  }
  const ended = { ...state, burst: null };
  return burst.pending.count === 0 ? ended : tellTally(ended, burst.pending, now, actions);
}

function leaveAccount(state: NotificationState, accountId: string): NotificationState {
  const { burst, digest } = state;
  // What stands of the account is withdrawn by whoever shows it; here only what isn't told yet is forgotten.
  return {
    ...state,
    told: forgetTold(state.told, accountId),
    awaited: new Set([...state.awaited].filter((id) => id !== accountId)),
    burst: burst && {
      ...burst,
      all: withoutAccount(burst.all, accountId),
      pending: withoutAccount(burst.pending, accountId),
    },
    digest: digest && { ...digest, tally: withoutAccount(digest.tally, accountId) },
  };
}

function collectAway(
  state: NotificationState,
  accountId: string,
  messages: readonly NewMessage[],
  now: number,
): NotificationState {
  const awaited = new Set([...state.awaited].filter((id) => id !== accountId));
  if (messages.length === 0) return { ...state, awaited };
  const digest = state.digest ?? { tally: noTally, since: now, expected: true };
  const tally = messages.reduce((sum, message) => addMail(sum, { accountId, message }), digest.tally);
  const expected = digest.expected && state.awaited.has(accountId);
  return { ...state, awaited, digest: { ...digest, tally, expected } };
}

function tellDigest(state: NotificationState, now: number, actions: NotificationAction[]): NotificationState {
  const { digest } = state;
  if (digest === null) return state;
  if (digest.tally.count === 0) return { ...state, digest: null };
  const complete = digest.expected && state.awaited.size === 0;
  if (!complete && within(now, digest.since, digestWaitMs)) return state;
  const id = notificationId(state.nextId);
  actions.push({ kind: 'show', id, content: { kind: 'digest', tally: digest.tally }, silent: false });
  return { ...state, nextId: state.nextId + 1, digest: null };
}

function nextWake(state: NotificationState): number | null {
  const times: number[] = [];
  if (state.burst !== null && state.burst.pending.count > 0) times.push(state.lastSummaryAt + summaryIntervalMs);
  if (state.digest !== null) times.push(state.digest.since + digestWaitMs);
  return times.length === 0 ? null : Math.min(...times);
}

/** Whether `now` lies less than `ms` after `since`. */
function within(now: number, since: number, ms: number): boolean {
  return now >= since && now < since + ms;
}

function notificationId(number: number): string {
  return `mail-${String(number)}`;
}
