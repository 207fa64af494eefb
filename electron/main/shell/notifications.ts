import { assertNever, type AppErrorInfo } from '../../shared/app-error.ts';
import type { Clock } from '../clock.ts';
import type { NewMessages } from '../imap/new-message.ts';
import type { Logger } from '../log.ts';
import { decide, initialNotificationState } from './notification-policy.ts';
import type { NotificationAction, NotificationContent, NotificationEvent } from './notification-policy.ts';
import type { NotificationPresenter } from './notification-presenter.ts';
import { notificationText, type NotificationWords } from './notification-text.ts';

export interface NotificationsOptions {
  readonly presenter: NotificationPresenter;
  readonly clock: Clock;
  readonly log: Logger;
  /** The words and accounts of the moment. */
  readonly words: () => NotificationWords;
  /** A notification was clicked; null when it was about several accounts. */
  readonly onOpen: (accountId: string | null) => void;
  /** The system doesn't show notifications; called at the first failure of a row. */
  readonly onFailed: (error: AppErrorInfo) => void;
}

/** Tells of new mail. */
export interface Notifications {
  /** Takes new mail, each message told once however often it is handed in. Never throws. */
  tell(batch: NewMessages): void;
  /** Says whose first look is to come, so that the digest waits for them; each ends with a `while-away` batch. */
  expectFirstLooks(accountIds: readonly string[]): void;
  /** Withdraws what stands of a removed account and forgets what was told of it. */
  forgetAccount(accountId: string): void;
  /** Withdraws everything and stops the timer. */
  dispose(): void;
}

/** Carries out notification-policy.ts: owner of its state and of the one timer it wakes by. */
export function createNotifications(options: NotificationsOptions): Notifications {
  const { presenter, clock, log, words, onOpen, onFailed } = options;
  let state = initialNotificationState;
  let stopTimer: (() => void) | null = null;
  let disposed = false;
  let failing = false;
  /** Standing notifications: the accounts each is about. */
  const standing = new Map<string, readonly string[]>();

  const put = (id: string, content: NotificationContent, silent: boolean): void => {
    const { title, body } = notificationText(content, words());
    standing.delete(id);
    standing.set(id, accountsOf(content));
    const [oldest] = standing.keys();
    if (standing.size > maxStanding && oldest !== undefined) standing.delete(oldest);
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
        standing.delete(action.id);
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
        fail(String(error));
      }
    }
  };

  const fail = (reason: string): void => {
    log.error('notification: could not be shown', { reason });
    if (failing) return;
    failing = true;
    onFailed({ code: 'notifications-unavailable', at: clock.now(), detail: reason.slice(0, 300) });
  };

  presenter.listen({
    onClick: (id) => {
      const accounts = standing.get(id) ?? [];
      const [first] = accounts;
      standing.delete(id);
      failing = false;
      handle({ kind: 'seen', id });
      onOpen(accounts.length === 1 && first !== undefined ? first : null);
    },
    onClose: (id) => {
      standing.delete(id);
      failing = false;
      handle({ kind: 'seen', id });
    },
    onFail: (id, reason) => {
      standing.delete(id);
      fail(reason);
    },
  });

  return {
    tell: (batch) => {
      handle({ kind: 'new-messages', batch });
    },
    expectFirstLooks: (accountIds) => {
      handle({ kind: 'first-looks-expected', accountIds });
    },
    forgetAccount: (accountId) => {
      handle({ kind: 'account-removed', accountId });
      for (const [id, accounts] of standing) {
        if (!accounts.includes(accountId)) continue;
        standing.delete(id);
        presenter.withdraw(id);
      }
    },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      stopTimer?.();
      stopTimer = null;
      standing.clear();
      presenter.dispose();
    },
  };
}

/** More than a presenter holds; a click on an older one opens the window without an account. */
const maxStanding = 100;

function accountsOf(content: NotificationContent): readonly string[] {
  return content.kind === 'message' ? [content.mail.accountId] : [...content.tally.countByAccount.keys()];
}
