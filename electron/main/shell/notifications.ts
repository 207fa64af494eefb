import { assertNever, type AppErrorInfo } from '../../shared/app-error.ts';
import type { Clock } from '../clock.ts';
import type { AccountMessageRef, NewMessages, ReadMessages } from '../imap/new-message.ts';
import type { Logger } from '../log.ts';
import { decide } from './notification-policy.ts';
import { initialNotificationState, tallyOfContent } from './notification-state.ts';
import type { NotificationAction, NotificationContent, NotificationEvent } from './notification-state.ts';
import type { NotificationListener, NotificationPresenter } from './notification-presenter.ts';
import { accountsOf, type MailTally, refKey, withoutRefs } from './notification-tally.ts';
import { createTellings } from './notification-tellings.ts';
import { notificationText, type NotificationWords } from './notification-text.ts';

export interface NotificationsOptions {
  readonly presenter: NotificationPresenter;
  readonly clock: Clock;
  readonly log: Logger;
  /** The words and accounts of the moment. */
  readonly words: () => NotificationWords;
  /** These are told: the words leave the program in this very turn. */
  readonly onTold: (refs: readonly AccountMessageRef[]) => void;
  /** These were not told after all; they will be, by this run or the next. */
  readonly onNotTold: (refs: readonly AccountMessageRef[]) => void;
  /** A notification was clicked; null when it was about several accounts. */
  readonly onOpen: (accountId: string | null) => void;
  /** The account that a notification of somebody else's is about, by its id; null for none. */
  readonly accountOf?: (id: string) => string | null;
  /** Who shows notifications of another kind, and hears what became of all. */
  readonly others?: Pick<NotificationListener, 'onShown' | 'onReady'>;
  /** The system doesn't show notifications; called at the first failure of a row. */
  readonly onFailed: (error: AppErrorInfo) => void;
}

/** Tells of new mail. */
export interface Notifications {
  /** Takes new mail, each message once. Never throws. */
  tell(batch: NewMessages): void;
  /** Withdraws what was read elsewhere, and tells no more of it. */
  withdrawRead(read: ReadMessages): void;
  /** Says whose first look is to come, so that the digest waits for them; each ends with a `while-away` batch. */
  expectFirstLooks(accountIds: readonly string[]): void;
  /** Withdraws what stands of an account or shared mailbox that was removed or muted, and tells no more of it. */
  readonly forgetAccount: (id: string) => void;
  /** Withdraws everything and stops the timer. */
  dispose(): void;
}

/** Carries out notification-policy.ts: owner of its state and of the one timer it wakes by. */
export function createNotifications(options: NotificationsOptions): Notifications {
  const { presenter, clock, log, words, onTold, onNotTold, onOpen, onFailed } = options;
  let state = initialNotificationState;
  let stopTimer: (() => void) | null = null;
  let disposed = false;
  let failing = false;
  const tellings = createTellings();

  const put = (id: string, content: NotificationContent, silent: boolean): void => {
    const { title, body } = notificationText(content, words());
    // What the person does with the screen meanwhile doesn't change what these words are about.
    tellings.worded(id, tallyOfContent(content));
    presenter.show({ id, title, body, silent, about: 'mail' });
  };

  const carryOut = (action: NotificationAction): void => {
    switch (action.kind) {
      case 'show':
        put(action.id, action.content, action.silent);
        return;
      case 'replace':
        put(action.id, action.content, true);
        return;
      case 'withdraw':
        tellings.forget(action.id);
        presenter.withdraw(action.id);
        return;
      default:
        assertNever(action);
    }
  };

  const handle = (event: NotificationEvent): void => {
    if (disposed) return;
    const decision = decide(state, event, clock.now());
    state = decision.state;
    stopTimer?.();
    stopTimer = null;
    if (decision.wakeAt !== null) {
      stopTimer = clock.setTimer(Math.max(0, decision.wakeAt - clock.now()), () => {
        handle({ kind: 'wake' });
      });
    }
    for (const action of decision.actions) {
      try {
        carryOut(action);
      } catch (error) {
        takeBack(action.id, String(error));
      }
    }
  };

  const fail = (reason: string): void => {
    log.error('notification: could not be shown', { reason });
    if (failing) return;
    failing = true;
    onFailed({ code: 'notifications-unavailable', at: clock.now(), detail: reason.slice(0, 300) });
  };

  /** What the last words for the id were to tell and didn't, without what was read since. */
  const untoldOf = (id: string): MailTally => {
    const untold = tellings.untold(id);
    const standing = state.standing.get(id);
    if (standing === undefined) return untold;
    const unread = new Set(standing.refs.map(refKey));
    return withoutRefs(untold, new Set(untold.refs.map(refKey).filter((key) => !unread.has(key))));
  };

  const takeBack = (id: string, reason: string): void => {
    fail(reason);
    const untold = untoldOf(id);
    onNotTold(untold.refs);
    handle({ kind: 'not-shown', id, untold });
  };

  const accountToOpen = (id: string): string | null => {
    const tally = state.standing.get(id);
    const accounts = tally === undefined ? [] : accountsOf(tally);
    const [first] = accounts;
    return accounts.length === 1 && first !== undefined ? first : (options.accountOf?.(id) ?? null);
  };

  presenter.listen({
    onSend: (id) => {
      onTold(tellings.sent(id).refs);
    },
    onShown: (id) => {
      tellings.shown(id);
      options.others?.onShown(id);
    },
    onMissed: (id) => {
      onNotTold(untoldOf(id).refs);
    },
    onReady: () => {
      handle({ kind: 'service-back' });
      options.others?.onReady();
    },
    onClick: (id) => {
      const accountId = accountToOpen(id);
      failing = false;
      handle({ kind: 'seen', id });
      onOpen(accountId);
    },
    onReplacedClick: (id) => {
      failing = false;
      onOpen(accountToOpen(id));
    },
    onClose: (id) => {
      failing = false;
      handle({ kind: 'seen', id });
    },
    onFail: takeBack,
  });

  return {
    tell: (batch) => {
      handle({ kind: 'new-messages', batch });
    },
    withdrawRead: (read) => {
      handle({ kind: 'read', read });
    },
    expectFirstLooks: (accountIds) => {
      handle({ kind: 'first-looks-expected', accountIds });
    },
    forgetAccount: (accountId) => {
      handle({ kind: 'account-removed', accountId });
    },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      stopTimer?.();
      stopTimer = null;
      presenter.dispose();
    },
  };
}
