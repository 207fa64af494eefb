/**
 * Tidings without tray and window in a process of its own: the core, its notifications over D-Bus, and what follows the
 * machine's sleep, put together as app.ts does. The first message from its parent is the {@link CoreOrder}; after that
 * it answers `[id, method, ...arguments]` with `[id, result]`, and tells `['snapshot', …]` of itself.
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
import type { Settings } from '../../electron/shared/settings.ts';
import { walkSignIn } from '../standin/identity/page-walker.ts';
import type { StandinPerson } from '../standin/people.ts';
import type { CoreOrder } from '../support/core-process.ts';
import { recordingLog } from '../support/recording-log.ts';

interface Host {
  readonly core: Core;
  dispose(): Promise<void>;
}

let person: StandinPerson | null = null;

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

async function start({ folder, profile, sessionOnly }: CoreOrder): Promise<Host> {
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
    openBrowser: async (url) => {
      // As a browser does: the page goes on after the call that opened it has ended.
      if (person !== null) void walkSignIn(url, person);
    },
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
  core.state.subscribe((snapshot) => process.send?.(['snapshot', snapshot]));
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
  core.start();
  process.send?.(['snapshot', core.state.snapshot]);
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

type Methods = Readonly<Record<string, (host: Host, ...args: readonly unknown[]) => unknown>>;

const methods: Methods = {
  signIn: ({ core }, who) => {
    person = who as StandinPerson;
    core.signIn.begin(core.registration.profile);
  },
  signInAgain: ({ core }, who, accountId) => {
    person = who as StandinPerson;
    core.signIn.beginAgain(String(accountId));
  },
  setLanguage: ({ core }, language) => {
    core.setLanguage(language as Settings['language']);
  },
  announceSuspend: () => {
    announced.announce('suspend');
  },
  announceResume: () => {
    announced.announce('resume');
  },
  quit: (host) => host.dispose(),
};

const host = new Promise<Host>((resolve, reject) => {
  process.once('message', (order) => {
    start(order as CoreOrder).then(resolve, reject);
  });
});

async function answer(message: unknown): Promise<void> {
  if (!Array.isArray(message)) return;
  const [id, method, ...args] = message as [number, string, ...unknown[]];
  process.send?.([id, (await methods[method]?.(await host, ...args)) ?? null]);
  if (method === 'quit') process.disconnect();
}

process.on('message', (message) => void answer(message));
process.on('disconnect', () => {
  process.exit(0);
});
