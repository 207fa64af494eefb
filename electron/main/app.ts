import { join } from 'node:path';
import { app, clipboard, Menu, powerMonitor, session, shell } from 'electron';
import { loadAppData, windowMemory } from './app-data.ts';
import { renderResultPages } from './auth/result-page.ts';
import { systemClock } from './clock.ts';
import { createCore } from './core.ts';
import type { Core } from './core-types.ts';
import { chooseLanguage, createWords } from './i18n.ts';
import { createCommandHandlers } from './ipc/command-handlers.ts';
import { createIpcServer } from './ipc/ipc-server.ts';
import { createSnapshotPublisher } from './ipc/snapshot-publisher.ts';
import { awayMs } from './imap/watch-session.ts';
import { createDoctorDesk, type DoctorDesk } from './doctor/doctor-desk.ts';
import { createFileLogger } from './log-file.ts';
import { followFailures } from './process-failures.ts';
import { builtInProfile } from './profile/deployment-profile.ts';
import { loadProfileLayers } from './profile/profile-layers.ts';
import { appOrigin } from './shell/app-paths.ts';
import { installAppProtocol } from './shell/app-protocol.ts';
import { usesSecretService } from './shell/dbus/secret-backend.ts';
import { createSecretStore } from './shell/dbus/secret-store.ts';
import { createSessionBus } from './shell/dbus/session-bus.ts';
import { followLoginItem } from './shell/login-item-follower.ts';
import { followMachine } from './shell/machine-events.ts';
import type { NetworkChanges } from './shell/network-changes.ts';
import { createNotifications } from './shell/notifications.ts';
import { createExternalOpener } from './shell/open-external.ts';
import { ownLoginItem } from './shell/own-login-item.ts';
import { accountOfSignInNotification, createSignInNotifications } from './shell/sign-in-notifications.ts';
import { createOwnPresenter } from './shell/own-presenter.ts';
import { createOwnWindow } from './shell/own-window.ts';
import { createPresence } from './shell/presence.ts';
import { pickSetUpFile } from './shell/set-up-file-dialog.ts';
import { createTrayActions } from './shell/tray-actions.ts';
import { createSystemProxy } from './shell/system-proxy.ts';
import { installWebGuards } from './shell/web-guards.ts';
import { xdgOpen } from './shell/xdg-open.ts';
import { Notices } from './state/notices.ts';
import { appPaths } from './storage/paths.ts';

/** The running program, for index.ts. */
export interface TidingsApp {
  showWindow(): void;
  readonly doctor: DoctorDesk;
  /** Logs out of the mailboxes, saves, takes tray icon and window away; 3 s at the most. Never rejects. */
  dispose(): Promise<void>;
  /** The same for removing everything: nothing of its own is written any more, by 30 s after that at the latest. */
  disposeForGood(): Promise<void>;
  /** Whether a call of the keyring, such as its dialog, would keep the process from ending: see `TokenVault.isBusy`. */
  isKeyringBusy(): boolean;
}

export interface StartOptions {
  /** Absolute path of the build's `out` folder: `main`, `preload`, `renderer`. */
  readonly outFolder: string;
  /** Whether the data lie where they usually do, so that what belongs to the login is this one's to change. */
  readonly isUsualPlace: boolean;
  /** The person wants everything removed: to be disposed of for good, and ended. */
  readonly onRemoveEverything: (leaveTokens: boolean) => void;
}

/** Puts the program together. Rejects with ProfileFailure or StorageFailure before anything is shown. */
export async function startTidings(start: StartOptions): Promise<TidingsApp> {
  const { outFolder } = start;
  const clock = systemClock;
  const paths = appPaths(app.getPath('userData'));
  const log = createFileLogger({
    directory: paths.logsFolder,
    clock,
    level: 'info',
    onFailure: (error) => {
      process.stderr.write(`The log can't be written: ${String(error)}\n`);
    },
  });
  followFailures(log);

  const ownerless: { core: Core | null; machine: NetworkChanges | null } = { core: null, machine: null };
  const touch = (): void => {
    ownerless.core?.state.touch();
  };
  const notices = new Notices(touch);
  const [data, profileLayers] = await Promise.all([
    loadAppData(paths, notices, clock, log),
    loadProfileLayers(__TIDINGS_PACKAGED_PROFILE__, process.env['TIDINGS_PROFILE'], () => clock.now()),
  ]);
  const language = () => chooseLanguage(data.settings.value.language, app.getPreferredSystemLanguages());
  const words = createWords(language());
  const { translate } = words;

  if (process.platform !== 'darwin') {
    // The default menu's keys would reload and zoom the window.
    Menu.setApplicationMenu(null);
  }
  const guards = installWebGuards({ app, log, clock });
  guards.guardSession(session.defaultSession);
  // In memory: the window has nothing of its own to keep, so Chromium leaves no cache beside the settings.
  const windowSession = session.fromPartition('window');
  const appPages = installAppProtocol({
    protocol: windowSession.protocol,
    root: join(outFolder, 'renderer'),
    log,
  });

  const opener = createExternalOpener({
    openExternal: process.platform === 'linux' ? xdgOpen : (url) => shell.openExternal(url),
    log,
    clock,
  });
  const bus = process.platform === 'linux' ? createSessionBus({ clock, log }) : null;
  const presenter = createOwnPresenter({ bus, translate, log });
  let focus: { focusedAccountId: string | null; focusRequest: number } = { focusedAccountId: null, focusRequest: 0 };
  const openAt = (accountId: string | null): void => {
    focus = { focusedAccountId: accountId, focusRequest: focus.focusRequest + 1 };
    touch();
    mainWindow.show();
  };
  const signInNotifications = createSignInNotifications(presenter, translate);
  const notifications = createNotifications({
    presenter,
    clock,
    log,
    words: () => ({
      translate,
      language: words.language(),
      detail: data.settings.value.notificationDetail,
      accounts: core.accounts.inboxes().map(({ id, address }) => ({ id, label: address })),
    }),
    onTold: (refs) => {
      core.told(refs);
    },
    onNotTold: (refs) => {
      core.notTold(refs);
    },
    onOpen: openAt,
    accountOf: accountOfSignInNotification,
    others: signInNotifications,
    onFailed: (error) => {
      notices.notificationsUnavailable(error);
    },
  });
  const loginItem = followLoginItem(start.isUsualPlace ? ownLoginItem(app, clock) : null, touch, log);
  const lookAtLoginItem = (): void => void loginItem.look();
  app.on('browser-window-focus', lookAtLoginItem);
  const core = createCore({
    appVersion: app.getVersion(),
    data,
    notices,
    profileLayers: { builtIn: builtInProfile, settings: data.settings.value.profile, ...profileLayers },
    tokensFolder: paths.tokensFolder,
    secretStore: bus !== null && usesSecretService(process.env) ? createSecretStore({ bus, clock, log }) : null,
    language: words.language,
    resultPages: () => renderResultPages(words.language(), translate),
    openBrowser: (url, profile) => opener.openSignInPage(url, profile),
    onNewMessages: (found) => {
      notifications.tell(found);
    },
    onRead: (read) => {
      notifications.withdrawRead(read);
    },
    onSignedIn: openAt,
    lostSignIns: { onLost: signInNotifications.lost, onRegained: signInNotifications.regained },
    onRemoved: notifications.forgetAccount,
    onMuted: notifications.forgetAccount,
    focus: () => focus,
    startsAtLogin: loginItem.startsAtLogin,
    systemProxy: createSystemProxy(() => session.fromPartition('proxy')),
    isOnline: () => ownerless.machine?.isOnline() ?? true,
    clock,
    random: Math.random,
    log,
  });
  ownerless.core = core;
  const doctor = createDoctorDesk({ ...core, words, appVersion: app.getVersion() });

  const mainWindow = createOwnWindow({
    outFolder,
    session: windowSession,
    translate,
    ...windowMemory(data),
    presenter,
    onOpenChange: (open) => {
      if (open) {
        lookAtLoginItem();
      } else {
        doctor.windowClosed();
        focus = { ...focus, focusedAccountId: null };
        touch();
      }
    },
    clock,
    log,
  });

  const ipc = createIpcServer({
    ourWindowId: () => mainWindow.webContents()?.id ?? null,
    appOrigin,
    getSnapshot: () => core.state.snapshot,
    handlers: createCommandHandlers({
      ...core,
      doctor,
      notices,
      setLanguage: async (choice) => {
        await words.setLanguage(chooseLanguage(choice, app.getPreferredSystemLanguages()));
        core.setLanguage(choice);
      },
      setStartAtLogin: loginItem.set,
      removal: { tokenTrouble: core.vault.trouble, begin: start.onRemoveEverything },
      ...opener,
      openLink: (link, accountId) => opener.openLink(link, core.profileOf(accountId)),
      translate,
      // A promise since Electron 40 or so.
      writeClipboard: async (text) => {
        await clipboard.writeText(text);
      },
      pickSetUpFile: () => pickSetUpFile(mainWindow.browserWindow(), translate),
    }),
    log,
    clock,
  });
  const publisher = createSnapshotPublisher({
    source: core.state,
    target: mainWindow.webContents,
    clock,
  });

  const onAction = createTrayActions({
    open: mainWindow.show,
    openAccount: openAt,
    checkNow: () => {
      core.checkNow(null);
    },
    quit: () => {
      app.quit();
    },
  });
  const presence = createPresence({ state: core.state, bus, presenter, translate, onAction, clock, log });

  const expectLooks = (): void => {
    notifications.expectFirstLooks(core.accounts.inboxes().map(({ id }) => id));
  };
  const machine = followMachine({
    events: powerMonitor,
    follower: {
      ...core,
      resume: (sleptMs) => {
        if (sleptMs > awayMs) expectLooks();
        core.resume();
      },
    },
    clock,
    log,
  });
  ownerless.machine = machine;

  expectLooks();
  core.start();

  const leaveScreen = (): void => {
    machine.dispose();
    app.off('browser-window-focus', lookAtLoginItem);
    ipc.dispose();
    publisher.dispose();
    mainWindow.dispose();
    presence.dispose();
  };
  const leave = async (): Promise<void> => {
    await core.dispose();
    notifications.dispose();
    await bus?.dispose();
    appPages.dispose();
    guards.dispose();
    await log.flush();
  };
  return {
    showWindow: mainWindow.show,
    doctor,
    isKeyringBusy: core.vault.isBusy,
    async dispose() {
      leaveScreen();
      await leave();
    },
    async disposeForGood() {
      leaveScreen();
      // Before the rest: what is under way at the keyring could write there once more.
      await core.vault.stopKeeping();
      await leave();
      await data.flush();
      log.close();
    },
  };
}
