import type { NewMessage, NewMessages } from '../../../electron/main/imap/new-message.ts';
import { decide } from '../../../electron/main/shell/notification-policy.ts';
import {
  initialNotificationState,
  type NotificationAction,
  type NotificationEvent,
  type NotificationState,
} from '../../../electron/main/shell/notification-state.ts';

function message(uid: number, mailbox = 'INBOX', uidValidity = '1'): NewMessage {
  return {
    mailbox,
    uidValidity,
    uid,
    fromName: `Sender ${String(uid)}`,
    fromAddress: `${String(uid)}@x.org`,
    subject: `Subject ${String(uid)}`,
    receivedAt: 0,
  };
}

/** A report of an account. */
export function batch(kind: NewMessages['kind'], accountId: string, ...uids: readonly number[]): NotificationEvent {
  return { kind: 'new-messages', batch: { kind, accountId, messages: uids.map((uid) => message(uid)) } };
}

/** Mail that arrived for account `a`. */
export const arrived = (...uids: readonly number[]): NotificationEvent => batch('arrived', 'a', ...uids);

/** The policy in virtual time: wakes itself as it asks to. */
export class Run {
  now = 1_000_000;
  readonly log: { at: number; said: string; silent: boolean | null }[] = [];
  state: NotificationState = initialNotificationState;
  wakeAt: number | null = null;

  /** Hands an event in and gives back what is said in answer to it. */
  event(event: NotificationEvent): readonly string[] {
    const { state, actions, wakeAt } = decide(this.state, event, this.now);
    this.state = state;
    this.wakeAt = wakeAt;
    const said = actions.map(describeAction);
    for (const [index, action] of actions.entries()) {
      const silent = action.kind === 'show' ? action.silent : null;
      this.log.push({ at: this.now, said: said[index] ?? '', silent });
    }
    return said;
  }

  /** Lets time pass and gives back what is said meanwhile. */
  pass(ms: number): readonly string[] {
    const end = this.now + ms;
    const said: string[] = [];
    while (this.wakeAt !== null && this.wakeAt <= end) {
      this.now = Math.max(this.now, this.wakeAt);
      said.push(...this.event({ kind: 'wake' }));
    }
    this.now = end;
    return said;
  }
}

function describeAction(action: NotificationAction): string {
  if (action.kind === 'withdraw') return `withdraw ${action.id}`;
  const { content } = action;
  const what = content.kind === 'message' ? `message ${String(content.mail.message.uid)}` : countOf(content);
  return `${action.kind} ${action.id} ${what}`;
}

function countOf(content: { readonly kind: string; readonly tally: { readonly refs: readonly unknown[] } }): string {
  return `${content.kind} of ${String(content.tally.refs.length)}`;
}
