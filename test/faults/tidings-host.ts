/**
 * Tidings without tray and window in a process of its own: the core, its notifications over D-Bus, and what follows the
 * machine's sleep, put together as app.ts does. See core-process.ts and {@link serveParent}.
 */
import { loadAppData } from '../../electron/main/app-data.ts';
import { systemClock } from '../../electron/main/clock.ts';
import { createCore } from '../../electron/main/core.ts';
import type { Core } from '../../electron/main/core-types.ts';
import { createWords } from '../../electron/main/i18n.ts';
import { awayMs } from '../../electron/main/imap/watch-session.ts';
import { builtInProfile } from '../../electron/main/profile/deployment-profile.ts';
import { createSecretStore } from '../../electron/main/shell/dbus/secret-store.ts';
import { createSessionBus } from '../../electron/main/shell/dbus/session-bus.ts';
import { createFreedesktopPresenter } from '../../electron/main/shell/notification-presenter-freedesktop.ts';
import { createNotifications } from '../../electron/main/shell/notifications.ts';
import { followPower, type PowerEvents } from '../../electron/main/shell/power.ts';
import { Notices } from '../../electron/main/state/notices.ts';
import { appPaths } from '../../electron/main/storage/paths.ts';
import { type CoreHost, openBrowser, serveParent, startTelling } from '../support/core-host.ts';
import type { CoreOrder } from '../support/core-process.ts';
import { recordingLog } from '../support/recording-log.ts';

/** What the system announces, at the parent's word. */
class AnnouncedPower implements PowerEvents {
  readonly #listeners = new Map<string, Set<() => void>>();

  on(event: string, listener: () => void): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  off(event: string, listener: () => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  announce(event: 'suspend' | 'resume'): void {
    for (const listener of this.#listeners.get(event) ?? []) listener();
  }
}

const announced = new AnnouncedPower();

async function start({ folder, profile, sessionOnly }: CoreOrder): Promise<CoreHost> {
  const clock = systemClock;
  const paths = appPaths(folder);
  const log = recordingLog();
  const running: { core: Core | null } = { core: null };
  const notices = new Notices(() => {
    running.core?.state.touch();
  });
  const data = await loadAppData(paths, notices, clock, log);
  const { translate } = createWords('en');
  const bus = createSessionBus({ clock, log });
  const notifications = createNotifications({
    presenter: createFreedesktopPresenter({
      bus,
      appName: 'Tidings',
      desktopEntry: 'tidings',
      iconPath: null,
      clickLabel: () => 'Open Tidings',
      log,
    }),
    clock,
    log,
    words: () => ({
      translate,
      language: 'en',
      detail: data.settings.value.notificationDetail,
      accounts: core.accounts.records().map(({ id, address }) => ({ id, label: address })),
    }),
    onTold: (refs) => {
      core.told(refs);
    },
    onNotTold: (refs) => {
      core.notTold(refs);
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
    secretStore: createSecretStore({ bus, clock, log }),
    language: () => 'en',
    resultPages: () => ({ success: 'in', failure: 'not in' }),
    openBrowser,
    onNewMessages: (found) => {
      notifications.tell(found);
    },
    onRead: (read) => {
      notifications.withdrawRead(read);
    },
    onSignedIn: () => {},
    onRemoved: (accountId) => {
      notifications.forgetAccount(accountId);
    },
    focus: () => ({ focusedAccountId: null, focusRequest: 0 }),
    clock,
    random: () => 0.5,
    log,
  });
  running.core = core;
  if (sessionOnly) core.vault.useSessionOnly();
  const expectLooks = (): void => {
    notifications.expectFirstLooks(core.accounts.records().map(({ id }) => id));
  };
  const power = followPower({
    events: announced,
    onSuspend: () => {
      core.suspend();
    },
    onResume: (sleptMs) => {
      if (sleptMs > awayMs) expectLooks();
      core.resume();
    },
    clock,
    log,
  });
  expectLooks();
  startTelling(core);
  return {
    core,
    async dispose() {
      power.dispose();
      await core.dispose();
      notifications.dispose();
      await bus.dispose();
    },
  };
}

serveParent(start, {
  announceSuspend: () => {
    announced.announce('suspend');
  },
  announceResume: () => {
    announced.announce('resume');
  },
});
