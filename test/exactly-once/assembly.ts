import { loadAppData } from '../../electron/main/app-data.ts';
import type { AuthService } from '../../electron/main/auth/auth-types.ts';
import type { Clock } from '../../electron/main/clock.ts';
import { createCore } from '../../electron/main/core.ts';
import type { Core } from '../../electron/main/core-types.ts';
import { createWords } from '../../electron/main/i18n.ts';
import type { AccountMessageRef } from '../../electron/main/imap/new-message.ts';
import type { Logger } from '../../electron/main/log.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import type { NotificationPresenter } from '../../electron/main/shell/notification-presenter.ts';
import { createNotifications, type Notifications } from '../../electron/main/shell/notifications.ts';
import { Notices } from '../../electron/main/state/notices.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';

export interface AssemblyOptions {
  /** The app's data folder, with its settings. */
  readonly folder: string;
  readonly profile: DeploymentProfile;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  readonly presenter: NotificationPresenter;
  readonly acquireToken: AuthService['acquireToken'];
  readonly isOnline: () => boolean;
  /** The words of a notification leave now, about these messages; `settle` is what the app does then. */
  readonly onTelling: (id: string, refs: readonly AccountMessageRef[], settle: () => void) => void;
  /** The ledgers are to be written by `save`. */
  readonly onSave?: (save: () => void) => void;
}

export interface Assembly {
  readonly core: Core;
  readonly notifications: Notifications;
}

/** Tidings put together as app.ts does it, without Electron and with tokens from elsewhere; started. */
export async function assemble(options: AssemblyOptions): Promise<Assembly> {
  const { folder, profile, clock, random, log, presenter, acquireToken, isOnline, onTelling, onSave } = options;
  const paths = appPaths(folder);
  const made: { core: Core | null } = { core: null };
  const coreOf = (): Core => {
    if (made.core === null) throw new Error('The app isn’t put together yet');
    return made.core;
  };
  const notices = new Notices(() => {
    made.core?.state.touch();
  });
  const data = await loadAppData(paths, notices, clock, log);
  if (onSave !== undefined) {
    const set = data.mailboxes.set.bind(data.mailboxes);
    data.mailboxes.set = (value) => {
      onSave(() => {
        set(value);
      });
    };
  }
  const words = createWords('en');
  let sending = '';
  const notifications = createNotifications({
    presenter: {
      ...presenter,
      listen: (listener) => {
        presenter.listen({
          ...listener,
          onSend: (id) => {
            sending = id;
            listener.onSend(id);
          },
        });
      },
    },
    clock,
    log,
    words: () => ({
      translate: words.translate,
      language: words.language(),
      detail: data.settings.value.notificationDetail,
      accounts: coreOf()
        .accounts.records()
        .map(({ id, address }) => ({ id, label: address })),
    }),
    onTold: (refs) => {
      onTelling(sending, refs, () => {
        coreOf().told(refs);
      });
    },
    onNotTold: (refs) => {
      coreOf().notTold(refs);
    },
    onOpen: () => {},
    onFailed: (error) => {
      notices.notificationsUnavailable(error);
    },
  });
  const core = createCore({
    appVersion: '0.0.0',
    data,
    notices,
    profileLayers: { builtIn: builtInProfile, packaged: {}, settings: data.settings.value.profile, file: profile },
    tokensFolder: paths.tokensFolder,
    language: words.language,
    resultPages: () => ({ success: 'in', failure: 'not in' }),
    openBrowser: () => Promise.reject(new Error('no browser')),
    createAuth: () => ({
      signIn: () => Promise.reject(new Error('nobody signs in')),
      acquireToken,
      removeAccount: () => Promise.resolve(),
      dispose: () => {},
    }),
    onNewMessages: (found) => {
      notifications.tell(found);
    },
    onRead: (read) => {
      notifications.withdrawRead(read);
    },
    onSignedIn: () => {},
    onRemoved: () => {},
    focus: () => ({ focusedAccountId: null, focusRequest: 0 }),
    isOnline,
    clock,
    random,
    log,
  });
  made.core = core;
  notifications.expectFirstLooks(core.accounts.records().map(({ id }) => id));
  core.start();
  return { core, notifications };
}
