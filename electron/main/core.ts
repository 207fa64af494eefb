import { randomUUID } from 'node:crypto';
import type { AppErrorInfo } from '../shared/app-error.ts';
import type { DeploymentProfile } from '../shared/profile.ts';
import type { NotificationDetail, Settings } from '../shared/settings.ts';
import type { AppSnapshot } from '../shared/snapshot.ts';
import { AccountRegistry } from './accounts/account-registry.ts';
import { Approvals } from './accounts/approvals.ts';
import { createLedgerStore } from './accounts/ledger-store.ts';
import { LostSignIns, type LostSignInsDeps } from './accounts/lost-sign-ins.ts';
import { SignInController } from './accounts/sign-in-controller.ts';
import { createTokenInspector, type TokenInspector } from './accounts/token-inspector.ts';
import type { AppData } from './app-data.ts';
import { atMost } from './at-most.ts';
import { type AuthServiceOptions, createAuthService } from './auth/auth-service.ts';
import type { AuthService } from './auth/auth-types.ts';
import { refuseUnfitTokens } from './auth/fit-token.ts';
import type { ResultPages } from './auth/result-page.ts';
import { tokenItemName } from './auth/token-ref.ts';
import { createTokenVault, type TokenVault } from './auth/vault.ts';
import type { Clock } from './clock.ts';
import type { Language } from './i18n.ts';
import { createImapConnector } from './imap/imap-connection.ts';
import type { AccountMessageRef, NewMessages, ReadMessages } from './imap/new-message.ts';
import type { Logger } from './log.ts';
import type { ProfileLayers } from './profile/deployment-profile.ts';
import { Registration } from './profile/registration.ts';
import { AppState } from './state/app-state.ts';
import type { Notices } from './state/notices.ts';
import { loadTrustedCa } from './trusted-ca.ts';
import { tellVaultNotices } from './vault-notices.ts';

export interface CoreOptions {
  readonly appVersion: string;
  readonly data: AppData;
  readonly notices: Notices;
  readonly profileLayers: ProfileLayers;
  /** Absolute; where the vault keeps its files. */
  readonly tokensFolder: string;
  readonly language: () => Language;
  readonly resultPages: () => ResultPages;
  readonly openBrowser: AuthServiceOptions['openBrowser'];
  /** Who signs people in and gives tokens: MSAL's unless given. */
  readonly createAuth?: (options: AuthServiceOptions) => AuthService;
  /** To be told, and each said to be by {@link Core.told}: until then the next run finds it again. */
  readonly onNewMessages: (found: NewMessages) => void;
  readonly onRead: (read: ReadMessages) => void;
  readonly onSignedIn: (accountId: string) => void;
  /** What becomes of sign-ins that were lost; nobody is told unless given. */
  readonly lostSignIns?: Pick<LostSignInsDeps, 'onLost' | 'onRegained'>;
  /** The account is gone, its tokens too; or the shared mailbox of this id is. */
  readonly onRemoved: (id: string) => void;
  /** Nothing of this shared mailbox is to be told any more. */
  readonly onMuted?: (mailboxId: string) => void;
  /** What a click asked for last. */
  readonly focus: () => Pick<AppSnapshot, 'focusedAccountId' | 'focusRequest'>;
  /** Null, for not known, unless given. */
  readonly startsAtLogin?: () => boolean | null;
  /** Whether the machine has a network, as far as is known. True unless given. */
  readonly isOnline?: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
}

/** Everything but the screen: accounts, sign-in, tokens, settings and the one snapshot. Runs in plain Node too. */
export interface Core {
  readonly accounts: AccountRegistry;
  readonly signIn: SignInController;
  readonly approvals: Approvals;
  readonly registration: Registration;
  /** The account's profile; for null, or an account that is gone, the one for new accounts. */
  readonly profileOf: (accountId: string | null) => DeploymentProfile;
  readonly tokenInspector: TokenInspector;
  readonly vault: Pick<TokenVault, 'retry' | 'isBusy' | 'stopKeeping'> & {
    useSessionOnly(): void;
    /** Why the accounts' tokens can't be deleted from the keyring now; null when they can, or none is in it. */
    readonly trouble: () => Promise<AppErrorInfo | null>;
  };
  readonly state: AppState;
  setLanguage(language: Settings['language']): void;
  setNotificationDetail(detail: NotificationDetail): void;
  /** A person wants to know now, of one account or, for null, of all: a keyring that failed is tried again too. */
  checkNow(accountId: string | null): void;
  /** These messages are told in this very turn; on the disk when it returns. */
  told(refs: readonly AccountMessageRef[]): void;
  /** These were not told after all. */
  notTold(refs: readonly AccountMessageRef[]): void;
  /** Before the machine sleeps: sessions log out within 2 s, and no server is asked until {@link resume}. */
  suspend(): void;
  /** The machine is awake, after a sleep that was announced or not. */
  resume(): void;
  /** The network isn't what it was: each account sees whether its connection still holds. */
  networkChanged(): void;
  /** Starts watching. */
  start(): void;
  /** Logs out of the mailboxes and saves; 3 s at the most. Never rejects. */
  dispose(): Promise<void>;
}

/** Logging out and saving tokens together (ms): who quits doesn't wait for a server or a prompt. */
const quitLimitMs = 2_500;
/** A disk that hangs (ms). */
const flushLimitMs = 500;

export function createCore(options: CoreOptions): Core {
  const { appVersion, clock, data, log, notices, random } = options;
  const { settings } = data;
  const update = (change: Partial<Settings>): void => {
    settings.set({ ...settings.value, ...change });
  };
  const touch = (): void => {
    state?.touch();
  };

  const vault = createTokenVault({
    folder: options.tokensFolder,
    sessionOnly: settings.value.tokenStorage === 'session-only',
    expectsAccounts: (item) => settings.value.accounts.some(({ profile }) => tokenItemName(profile) === item),
    onNotice: tellVaultNotices(notices),
    clock,
    log,
  });
  const anyTokens = (options.createAuth ?? createAuthService)({
    vault,
    openBrowser: options.openBrowser,
    resultPages: options.resultPages,
    loadCa: loadTrustedCa,
    clock,
    log,
  });
  const auth = refuseUnfitTokens(anyTokens, clock, log);
  const ledgers = createLedgerStore(data.mailboxes);
  const accounts = new AccountRegistry(settings.value.accounts, {
    auth,
    openSession: createImapConnector({ clock, clientVersion: appVersion }),
    loadCa: loadTrustedCa,
    ledgers,
    isOnline: options.isOnline ?? (() => true),
    clock,
    random,
    log,
    createId: randomUUID,
    saveRecords: (records) => {
      update({ accounts: records });
    },
    onNewMessages: options.onNewMessages,
    onRead: options.onRead,
    onRemoved: options.onRemoved,
    ...(options.onMuted === undefined ? {} : { onMuted: options.onMuted }),
    onChange: () => {
      losses.follow(accounts.snapshots());
      touch();
    },
  });
  const losses = new LostSignIns({
    kept: data.signIns,
    ...(options.lostSignIns ?? { onLost: () => {}, onRegained: () => {} }),
  });
  const signIn = new SignInController({
    auth,
    accounts,
    clock,
    log,
    onChange: touch,
    onSignedIn: (accountId) => {
      losses.regained(accountId);
      const record = accounts.find(accountId);
      if (record !== null) approvals.settle(record);
      options.onSignedIn(accountId);
    },
  });
  const registration = new Registration(options.profileLayers, {
    saveLayer: (profile) => {
      update({ profile });
    },
    onChange: touch,
    now: () => clock.now(),
  });

  const tokenInspector = createTokenInspector({
    auth: anyTokens,
    accounts,
    resource: () => registration.profile.resource,
    clock,
  });
  const approvals = new Approvals(settings.value.awaitedApprovals, {
    findAccount: (accountId) => accounts.find(accountId),
    profile: () => registration.profile,
    signIn,
    createId: randomUUID,
    save: (awaitedApprovals) => {
      update({ awaitedApprovals });
    },
    onChange: touch,
    clock,
  });

  let state: AppState | null = null;
  const appState = new AppState({
    collect: () => ({
      appVersion,
      language: options.language(),
      languageSetting: settings.value.language,
      notificationDetail: settings.value.notificationDetail,
      accounts: losses.explained(accounts.snapshots()),
      approvals: approvals.snapshots(),
      signIn: signIn.state,
      vault: vault.state(),
      registration:
        registration.profile.clientId === null
          ? { kind: 'missing', error: registration.error }
          : { kind: 'ready', error: registration.error },
      authorityHost: new URL(registration.profile.authority).host,
      startsAtLogin: options.startsAtLogin?.() ?? null,
      notices: notices.all,
      ...options.focus(),
    }),
  });
  state = appState;

  const stopFollowingVault = vault.onChange(({ kind }) => {
    touch();
    if (kind === 'ready') {
      if (settings.value.tokenStorage !== 'keyring') {
        update({ tokenStorage: 'keyring' });
      }
      // Accounts that waited for a locked keyring needn't wait for their next try.
      accounts.checkNow(null);
    }
  });

  return {
    accounts,
    signIn,
    approvals,
    registration,
    profileOf: (accountId) => (accountId === null ? null : accounts.find(accountId)?.profile) ?? registration.profile,
    tokenInspector,
    vault: {
      retry: () => vault.retry(),
      isBusy: () => vault.isBusy(),
      stopKeeping: () => vault.stopKeeping(),
      async trouble() {
        if (settings.value.accounts.length === 0) {
          return null;
        }
        const found = await vault.probe();
        return found.kind === 'unavailable' ? found.error : null;
      },
      useSessionOnly() {
        vault.useSessionOnly();
        update({ tokenStorage: 'session-only' });
        accounts.checkNow(null);
      },
    },
    state: appState,
    setNotificationDetail(notificationDetail) {
      update({ notificationDetail });
      touch();
    },
    setLanguage(language) {
      update({ language });
      touch();
    },
    checkNow(accountId) {
      if (vault.state().kind === 'unavailable') {
        // When it is found, the accounts are asked by onChange above.
        void vault.retry();
      }
      accounts.checkNow(accountId);
    },
    told: (refs) => {
      ledgers.settle(refs);
    },
    notTold: (refs) => {
      ledgers.reopen(refs);
    },
    suspend() {
      void accounts.suspend();
    },
    resume() {
      accounts.resume();
    },
    networkChanged() {
      accounts.networkChanged();
    },
    start() {
      accounts.start();
    },
    async dispose() {
      signIn.dispose();
      await atMost(quitLimitMs, clock, Promise.all([accounts.dispose(), vault.flush()]));
      stopFollowingVault();
      auth.dispose();
      vault.dispose();
      await atMost(flushLimitMs, clock, data.flush());
    },
  };
}
