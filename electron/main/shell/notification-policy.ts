import { leaveAccount, leaveMail, takeBack, withoutStanding } from './notification-leave.ts';
import {
  type NotificationAction,
  type NotificationContent,
  type NotificationDecision,
  type NotificationEvent,
  type NotificationState,
  tallyOfContent,
} from './notification-state.ts';
import { joinTallies, type MailTally, noTally, tallyOf, withoutRead } from './notification-tally.ts';

/**
 * When what is told, as bullets:
 * - Every message is told once: by a notification of its own, or counted in a summary or digest.
 * - A burst is arriving mail of all accounts with less than {@link burstQuietMs} between one message and the next.
 *   Its first {@link ownNotifications} messages are told one by one at once; from the next on one summary stands in
 *   their place. Only a burst's first notification makes a sound.
 * - The summary changes at most once in {@link summaryIntervalMs}; each change carries all, and the last state is
 *   always shown. Who clicks or closes it has seen it: what comes later begins a burst of its own.
 * - What came while nobody watched is one digest of all accounts. It waits until every expected account has had its
 *   first look, but not longer than {@link digestWaitMs} after the first of them found mail. What comes for it up to
 *   {@link digestGrowsMs} later is added to it as long as it stands.
 * - What was read elsewhere is withdrawn, a summary or digest when all of it was; what waits isn't told any more.
 * - What the system refused to show is told in one summary when notifications work again.
 */
export const ownNotifications = 4;
/**
 * Long enough for mail that a server hands out one by one to count as together, short enough that somebody answering
 * minutes later isn't hidden in a number.
 */
export const burstQuietMs = 10_000;
export const summaryIntervalMs = 500;
export const digestWaitMs = 2_000;
export const digestGrowsMs = 60_000;
/** Notifications that are remembered as standing; a click on an older one opens the window without an account. */
const maxStanding = 100;

/** Decides what an event means. `now` in ms since the epoch; a clock that is turned back ends all waiting. */
export function decide(before: NotificationState, event: NotificationEvent, now: number): NotificationDecision {
  const actions: NotificationAction[] = [];
  const rested = endQuietBurst(before, now);
  const taken = take(rested, event, now, actions);
  const told = tellDigest(tellSummary(taken, now, actions), now, actions);
  const state = { ...told, standing: standingAfter(told.standing, actions) };
  return { state, actions, wakeAt: nextWake(state) };
}

/** What stands when the actions have been carried out. */
function standingAfter(
  before: ReadonlyMap<string, MailTally>,
  actions: readonly NotificationAction[],
): ReadonlyMap<string, MailTally> {
  if (actions.length === 0) return before;
  const standing = new Map(before);
  for (const action of actions) {
    standing.delete(action.id);
    if (action.kind === 'withdraw') continue;
    standing.set(action.id, tallyOfContent(action.content));
  }
  return new Map([...standing].slice(-maxStanding));
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
      return leaveSeen(withoutStanding(state, event.id), event.id, now, actions);
    case 'read':
      return leaveMail(state, (tally) => withoutRead(tally, event.read), actions);
    case 'account-removed':
      return leaveAccount(state, event.accountId, actions);
    case 'not-shown':
      return takeBack(state, event.id, event.untold ?? null);
    case 'service-back':
      return tellRefused(state, actions);
    case 'new-messages': {
      const { accountId, messages, kind } = event.batch;
      const added = tallyOf(accountId, messages);
      if (kind === 'while-away') return collectAway(state, accountId, added, now);
      if (messages.length === 0) return state;
      // Whoever can show this one can show those.
      return tellTally(tellRefused(state, actions), added, now, actions);
    }
  }
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
  // Words of its own need text, and what was read elsewhere may have taken the last that had some.
  const hasText = added.newest.length >= added.refs.length;
  if (all.refs.length > ownNotifications || burst.summaryId !== null || !hasText) {
    return { ...state, burst: { ...grown, pending: joinTallies(burst.pending, added) } };
  }
  const oldestFirst = added.newest.toReversed();
  const ids = oldestFirst.map((_, index) => notificationId(state.nextId + index));
  for (const [index, mail] of oldestFirst.entries()) {
    const id = ids[index] ?? notificationId(state.nextId + index);
    const silent = burst.all.refs.length + index > 0;
    actions.push({ kind: 'show', id, content: { kind: 'message', mail }, silent });
  }
  return { ...state, nextId: state.nextId + ids.length, burst: { ...grown, own: [...burst.own, ...ids] } };
}

function tellSummary(state: NotificationState, now: number, actions: NotificationAction[]): NotificationState {
  const { burst } = state;
  if (burst === null || burst.pending.refs.length === 0) return state;
  if (within(now, state.lastSummaryAt, summaryIntervalMs)) return state;
  const content = { kind: 'summary', tally: burst.all } as const;
  const told = { ...burst, own: [], pending: noTally };
  if (burst.summaryId !== null) {
    actions.push({ kind: 'replace', id: burst.summaryId, content });
    return { ...state, lastSummaryAt: now, burst: told };
  }
  const id = notificationId(state.nextId);
  const silent = burst.all.refs.length > burst.pending.refs.length;
  actions.push({ kind: 'show', id, content, silent });
  // After the summary, which somebody waits for.
  for (const own of burst.own) actions.push({ kind: 'withdraw', id: own });
  return { ...state, lastSummaryAt: now, nextId: state.nextId + 1, burst: { ...told, summaryId: id } };
}

/** A burst with something left to say isn't over, however quiet. */
function endQuietBurst(state: NotificationState, now: number): NotificationState {
  const { burst } = state;
  if (burst === null || burst.pending.refs.length > 0 || within(now, burst.lastMailAt, burstQuietMs)) return state;
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
  return burst.pending.refs.length === 0 ? ended : tellTally(ended, burst.pending, now, actions);
}

function tellRefused(state: NotificationState, actions: NotificationAction[]): NotificationState {
  const { refused: tally, nextId } = state;
  if (tally.refs.length === 0) return state;
  const [only] = tally.newest;
  const content: NotificationContent =
    tally.refs.length === 1 && only !== undefined ? { kind: 'message', mail: only } : { kind: 'summary', tally };
  actions.push({ kind: 'show', id: notificationId(nextId), content, silent: false });
  return { ...state, refused: noTally, nextId: nextId + 1 };
}

function collectAway(state: NotificationState, accountId: string, added: MailTally, now: number): NotificationState {
  const awaited = new Set([...state.awaited].filter((id) => id !== accountId));
  if (added.refs.length === 0) return { ...state, awaited };
  const digest = state.digest ?? { tally: noTally, since: now, expected: true };
  const expected = digest.expected && state.awaited.has(accountId);
  return { ...state, awaited, digest: { ...digest, tally: joinTallies(digest.tally, added), expected } };
}

function tellDigest(state: NotificationState, now: number, actions: NotificationAction[]): NotificationState {
  const { digest, lastDigest } = state;
  if (digest === null) return state;
  if (digest.tally.refs.length === 0) return { ...state, digest: null };
  const complete = digest.expected && state.awaited.size === 0;
  if (!complete && within(now, digest.since, digestWaitMs)) return state;
  const standing = lastDigest === null ? undefined : state.standing.get(lastDigest.id);
  if (lastDigest !== null && standing !== undefined && within(now, lastDigest.at, digestGrowsMs)) {
    const tally = joinTallies(standing, digest.tally);
    actions.push({ kind: 'replace', id: lastDigest.id, content: { kind: 'digest', tally } });
    return { ...state, digest: null };
  }
  const id = notificationId(state.nextId);
  actions.push({ kind: 'show', id, content: { kind: 'digest', tally: digest.tally }, silent: false });
  return { ...state, nextId: state.nextId + 1, digest: null, lastDigest: { id, at: now } };
}

function nextWake(state: NotificationState): number | null {
  const times: number[] = [];
  if (state.burst !== null && state.burst.pending.refs.length > 0) times.push(state.lastSummaryAt + summaryIntervalMs);
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
