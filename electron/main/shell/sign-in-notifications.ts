import type { AppErrorInfo } from '../../shared/app-error.ts';
import { errorWords } from '../../shared/error-words.ts';
import type { Translate } from '../../shared/locales/messages.ts';
import type { AccountSnapshot } from '../../shared/snapshot.ts';
import type { NotificationPresenter } from './notification-presenter.ts';

const prefix = 'sign-in.';

/** Tells of sign-ins that were lost, one notification each. */
export interface SignInNotifications {
  readonly lost: (account: Pick<AccountSnapshot, 'id' | 'address'>, reason: AppErrorInfo) => void;
  /** Takes it away. */
  readonly regained: (accountId: string) => void;
}

export function createSignInNotifications(
  presenter: Pick<NotificationPresenter, 'show' | 'withdraw'>,
  translate: Translate,
): SignInNotifications {
  return {
    lost: ({ id, address }, reason) => {
      const { title } = errorWords(reason, translate);
      const body = translate('explain.lost.body', { account: address, reason: title });
      presenter.show({ id: prefix + id, title: translate('explain.lost.title'), body, silent: false });
    },
    regained: (accountId) => {
      presenter.withdraw(prefix + accountId);
    },
  };
}

/** The account that a notification about a lost sign-in is about; null for any other notification. */
export function accountOfSignInNotification(id: string): string | null {
  return id.startsWith(prefix) ? id.slice(prefix.length) : null;
}
