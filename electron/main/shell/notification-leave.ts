import type { NotificationAction, NotificationState } from './notification-state.ts';
import { accountsOf, joinTallies, type MailTally, refKey, withoutAccount, withoutRefs } from './notification-tally.ts';

/** The state without an account. */
export function leaveAccount(
  state: NotificationState,
  accountId: string,
  actions: NotificationAction[],
): NotificationState {
  for (const [id, tally] of state.standing) {
    if (accountsOf(tally).includes(accountId)) actions.push({ kind: 'withdraw', id });
  }
  const awaited = new Set([...state.awaited].filter((id) => id !== accountId));
  // What other accounts have in a notification that goes with it was told.
  return leaveMail({ ...state, awaited }, (tally) => withoutAccount(tally, accountId), actions);
}

/** Takes mail out of everything; what has none left is withdrawn. */
export function leaveMail(
  state: NotificationState,
  without: (tally: MailTally) => MailTally,
  actions: NotificationAction[],
): NotificationState {
  const gone = new Set(actions.map(({ id }) => id));
  const standing = new Map<string, MailTally>();
  for (const [id, tally] of state.standing) {
    const left = without(tally);
    standing.set(id, left);
    if (left.refs.length > 0 || gone.has(id)) continue;
    actions.push({ kind: 'withdraw', id });
    gone.add(id);
  }
  const { burst, digest } = state;
  return {
    ...state,
    standing,
    burst: burst && {
      ...burst,
      all: without(burst.all),
      pending: without(burst.pending),
      own: burst.own.filter((id) => !gone.has(id)),
      summaryId: burst.summaryId !== null && gone.has(burst.summaryId) ? null : burst.summaryId,
    },
    digest: digest && { ...digest, tally: without(digest.tally) },
    refused: without(state.refused),
  };
}

/** The state without a notification that is gone from the screen. */
export function withoutStanding(state: NotificationState, id: string): NotificationState {
  if (!state.standing.has(id)) return state;
  const standing = new Map(state.standing);
  standing.delete(id);
  return { ...state, standing };
}

/** The state with what a notification was to say still to be told: `untold`, or, for null, all of it. */
export function takeBack(state: NotificationState, id: string, untold: MailTally | null): NotificationState {
  const tally = state.standing.get(id) ?? untold;
  if (tally === null) return state;
  const { burst } = state;
  return {
    ...withoutStanding(state, id),
    refused: joinTallies(state.refused, untold ?? tally),
    burst: burst && {
      ...burst,
      // Told already, or by itself later: no summary of the burst is to count it again.
      all: withoutRefs(burst.all, new Set(tally.refs.map(refKey))),
      own: burst.own.filter((own) => own !== id),
      summaryId: burst.summaryId === id ? null : burst.summaryId,
    },
  };
}
