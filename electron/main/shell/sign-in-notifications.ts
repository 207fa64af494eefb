import type { AppErrorInfo } from '../../shared/app-error.ts';
import { errorWords } from '../../shared/error-words.ts';
import type { Translate } from '../../shared/locales/messages.ts';
import type { AccountSnapshot } from '../../shared/snapshot.ts';
import type { NotificationListener, NotificationPresenter } from './notification-presenter.ts';

const prefix = 'sign-in.';

/** Tells of sign-ins that were lost, one notification each. Hears from the screen of all notifications. */
export interface SignInNotifications extends Pick<NotificationListener, 'onShown' | 'onReady'> {
  readonly lost: (account: Pick<AccountSnapshot, 'id' | 'address'>, reason: AppErrorInfo) => void;
  /** Takes it away. */
  readonly regained: (accountId: string) => void;
}

export function createSignInNotifications(
  presenter: Pick<NotificationPresenter, 'show' | 'withdraw'>,
  translate: Translate,
): SignInNotifications {
  /** By their ids: how to show those that aren't on the screen yet, since a loss is told only once. */
  const unseen = new Map<string, () => void>();
  return {
    lost: ({ id: accountId, address }, reason) => {
      const id = prefix + accountId;
      const show = (): void => {
        const { title } = errorWords(reason, translate);
        const body = translate('explain.lost.body', { account: address, reason: title });
        presenter.show({ id, title: translate('explain.lost.title'), body, silent: false });
      };
      unseen.set(id, show);
      show();
    },
    regained: (accountId) => {
      unseen.delete(prefix + accountId);
      presenter.withdraw(prefix + accountId);
    },
    onShown: (id) => {
      unseen.delete(id);
    },
    onReady: () => {
      for (const show of unseen.values()) show();
    },
  };
}

/** The account that a notification about a lost sign-in is about; null for any other notification. */
export function accountOfSignInNotification(id: string): string | null {
  return id.startsWith(prefix) ? id.slice(prefix.length) : null;
}
