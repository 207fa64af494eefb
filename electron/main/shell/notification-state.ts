import type { NewMessages, ReadMessages } from '../imap/new-message.ts';
import { type MailTally, noTally, type TalliedMail, tallyOf } from './notification-tally.ts';

/** What a notification says; the words are notification-text.ts's. */
export type NotificationContent =
  | { readonly kind: 'message'; readonly mail: TalliedMail }
  | { readonly kind: 'summary'; readonly tally: MailTally }
  | { readonly kind: 'digest'; readonly tally: MailTally };

/** The mail that a notification is about. */
export function tallyOfContent(content: NotificationContent): MailTally {
  return content.kind === 'message' ? tallyOf(content.mail.accountId, [content.mail.message]) : content.tally;
}

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
  | { readonly kind: 'read'; readonly read: ReadMessages }
  /** The system refused it. `untold`: what of it was never shown; all of it unless given. */
  | { readonly kind: 'not-shown'; readonly id: string; readonly untold?: MailTally }
  /** Notifications can be shown again. */
  | { readonly kind: 'service-back' }
  /** A notification was clicked or closed by the person. */
  | { readonly kind: 'seen'; readonly id: string }
  | { readonly kind: 'account-removed'; readonly accountId: string }
  /** The time asked for by `wakeAt` has come. */
  | { readonly kind: 'wake' };

/** Mail that comes in a row. */
export interface Burst {
  readonly lastMailAt: number;
  /** Everything in the burst, told or not. */
  readonly all: MailTally;
  /** Notifications of single messages that still stand. */
  readonly own: readonly string[];
  readonly summaryId: string | null;
  /** What no notification says yet. */
  readonly pending: MailTally;
}

/** What came while nobody watched and isn't told yet. */
export interface Digest {
  readonly tally: MailTally;
  /** When its first mail was reported, ms since the epoch. */
  readonly since: number;
  /** Whether all of it comes from accounts whose first look was expected, so that it's known when it is complete. */
  readonly expected: boolean;
}

export interface NotificationState {
  readonly burst: Burst | null;
  readonly lastSummaryAt: number;
  readonly digest: Digest | null;
  /** The digest that was told last, ms since the epoch. */
  readonly lastDigest: { readonly id: string; readonly at: number } | null;
  readonly awaited: ReadonlySet<string>;
  /** What stands on the screen, oldest first, without what was read since. */
  readonly standing: ReadonlyMap<string, MailTally>;
  /** What the system refused to show. */
  readonly refused: MailTally;
  readonly nextId: number;
}

export interface NotificationDecision {
  readonly state: NotificationState;
  readonly actions: readonly NotificationAction[];
  /** When a `wake` is wanted, ms since the epoch; null for never. */
  readonly wakeAt: number | null;
}

export const initialNotificationState: NotificationState = {
  burst: null,
  lastSummaryAt: -Infinity,
  digest: null,
  lastDigest: null,
  awaited: new Set(),
  standing: new Map(),
  refused: noTally,
  nextId: 1,
};
