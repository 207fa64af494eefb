import type { AppErrorInfo } from '../shared/app-error.ts';
import type { DeploymentProfile } from '../shared/profile.ts';
import type { NotificationDetail, Settings } from '../shared/settings.ts';
import type { AppSnapshot } from '../shared/snapshot.ts';
import type { AccountRegistry } from './accounts/account-registry.ts';
import type { Approvals } from './accounts/approvals.ts';
import type { LostSignInsDeps } from './accounts/lost-sign-ins.ts';
import type { SignInController } from './accounts/sign-in-controller.ts';
import type { TokenInspector } from './accounts/token-inspector.ts';
import type { AppData } from './app-data.ts';
import type { AuthServiceOptions } from './auth/auth-service.ts';
import type { AuthService } from './auth/auth-types.ts';
import type { ResultPages } from './auth/result-page.ts';
import type { SecretStore } from './auth/secret-store.ts';
import type { TokenVault } from './auth/vault.ts';
import type { Clock } from './clock.ts';
import type { ConnectionDoctor } from './doctor/connection-doctor.ts';
import type { Language } from './i18n.ts';
import type { AccountMessageRef, NewMessages, ReadMessages } from './imap/new-message.ts';
import type { Logger } from './log.ts';
import type { ProfileLayers } from './profile/deployment-profile.ts';
import type { Registration } from './profile/registration.ts';
import type { ProxyControl } from './proxy/proxy-control.ts';
import type { AppState } from './state/app-state.ts';
import type { Notices } from './state/notices.ts';

export interface CoreOptions {
  readonly appVersion: string;
  readonly data: AppData;
  readonly notices: Notices;
  readonly profileLayers: ProfileLayers;
  /** Absolute; where the vault keeps its files. */
  readonly tokensFolder: string;
  /** The keyring past the library, on Linux; its owner is the core. None unless given. */
  readonly secretStore?: (SecretStore & { dispose(): void }) | null;
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
  /** The system's proxies for an address, as Chromium writes them. None unless given. */
  readonly systemProxy?: (url: string) => Promise<string>;
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
  readonly network: ProxyControl;
  /** The account's profile; for null, or an account that is gone, the one for new accounts. */
  readonly profileOf: (accountId: string | null) => DeploymentProfile;
  readonly tokenInspector: TokenInspector;
  readonly vault: Pick<TokenVault, 'retry' | 'isBusy' | 'stopKeeping'> & {
    useSessionOnly(): void;
    /** Why the accounts' tokens can't be deleted from the keyring now; null when they can, or none is in it. */
    readonly trouble: () => Promise<AppErrorInfo | null>;
  };
  readonly doctor: ConnectionDoctor;
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
