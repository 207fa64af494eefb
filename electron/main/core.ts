import { randomUUID } from 'node:crypto';
import type { Settings } from '../shared/settings.ts';
import { AccountRegistry } from './accounts/account-registry.ts';
import { Approvals } from './accounts/approvals.ts';
import { createLedgerStore } from './accounts/ledger-store.ts';
import { LostSignIns } from './accounts/lost-sign-ins.ts';
import { SignInController } from './accounts/sign-in-controller.ts';
import { createTokenInspector } from './accounts/token-inspector.ts';
import { atMost } from './at-most.ts';
import { createAuthService } from './auth/auth-service.ts';
import { refuseUnfitTokens } from './auth/fit-token.ts';
import { heedKnownRefusals } from './auth/known-refusals.ts';
import { tokenItemName } from './auth/token-ref.ts';
import { createTokenVault } from './auth/vault.ts';
import type { Core, CoreOptions } from './core-types.ts';
import { createAccountDoctor } from './doctor/account-doctor.ts';
import { createImapConnector } from './imap/imap-connection.ts';
import { Registration } from './profile/registration.ts';
import { ProxyControl } from './proxy/proxy-control.ts';
import { AppState } from './state/app-state.ts';
import { loadTrustedCa } from './trusted-ca.ts';
import { tellVaultNotices } from './vault-notices.ts';

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
    store: options.secretStore ?? undefined,
    expectsAccounts: (item) => settings.value.accounts.some(({ profile }) => tokenItemName(profile) === item),
    onNotice: tellVaultNotices(notices),
    clock,
    log,
  });
  const registration = new Registration(options.profileLayers, {
    saveLayer: (profile) => {
      update({ profile });
    },
    onChange: touch,
    now: () => clock.now(),
  });
  const network = new ProxyControl({
    registration,
    secret: vault.proxyPassword,
    system: options.systemProxy,
    loadCa: loadTrustedCa,
    onChange: () => {
      touch();
      accounts.reconnect();
    },
    clock,
    log,
  });
  const losses = new LostSignIns({
    kept: data.signIns,
    ...(options.lostSignIns ?? { onLost: () => {}, onRegained: () => {} }),
  });
  const provider = (options.createAuth ?? createAuthService)({
    vault,
    openBrowser: options.openBrowser,
    resultPages: options.resultPages,
    loadCa: loadTrustedCa,
    dial: network.dial,
    clock,
    log,
  });
  const anyTokens = heedKnownRefusals(provider, settings.value.accounts, ({ id }) => losses.refusalOf(id));
  const auth = refuseUnfitTokens(anyTokens, clock, log);
  const ledgers = createLedgerStore(data.mailboxes);
  const accounts = new AccountRegistry(settings.value.accounts, {
    auth,
    openSession: createImapConnector({ clock, clientVersion: appVersion, dial: network.dial }),
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
    onRemoved: (id) => {
      approvals.forgetAccount(id);
      options.onRemoved(id);
    },
    ...(options.onMuted === undefined ? {} : { onMuted: options.onMuted }),
    onChange: () => {
      losses.follow(accounts.snapshots());
      touch();
    },
  });
  const signIn = new SignInController({
    auth,
    accounts,
    clock,
    log,
    onChange: touch,
    onRegained: (accountId, approvalId) => {
      losses.regained(accountId);
      const record = accounts.find(accountId);
      if (record !== null) approvals.settle(record, approvalId);
    },
    onSignedIn: options.onSignedIn,
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
  const { isOnline = () => true } = options;
  const doctor = createAccountDoctor({
    accounts,
    auth,
    keptReason: (accountId) => losses.reasonOf(accountId),
    appVersion,
    isOnline,
    loadCa: loadTrustedCa,
    ...{ dial: network.dial, proxyFor: network.proxyFor },
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
      startsAtLogin: options.startsAtLogin?.() ?? null,
      network: network.snapshot,
      notices: notices.all,
      doctorRuns: doctor.runs(),
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
      void network.forgetLeftover();
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
    network,
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
    doctor,
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
      network.tryAgain();
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
      await atMost(quitLimitMs, clock, Promise.all([doctor.dispose(), accounts.dispose(), vault.flush()]));
      stopFollowingVault();
      auth.dispose();
      vault.dispose();
      options.secretStore?.dispose();
      await atMost(flushLimitMs, clock, data.flush());
    },
  };
}
