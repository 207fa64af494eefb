import type { AppErrorInfo } from './app-error.ts';
import type { DoctorRun } from './doctor.ts';
import type { NetworkSnapshot } from './network.ts';
import type { NotificationDetail } from './settings.ts';

/** What an account is doing. Exactly one at a time; the words are `account.state.<kind>` in the locales. */
export type AccountState =
  /** First connection since the start, the sign-in or the last failure. */
  | { readonly kind: 'connecting' }
  /** Connected and pushed to: the count is the server's own. */
  | { readonly kind: 'watching' }
  /** Not connected for a reason that passes by itself; the next try is at `retryAt` (ms since the epoch). */
  | { readonly kind: 'offline'; readonly error: AppErrorInfo; readonly retryAt: number }
  /** Only the person can go on, by signing in again. */
  | { readonly kind: 'needs-sign-in'; readonly error: AppErrorInfo }
  /** The server refuses for a reason that signing in again won't mend; still retried slowly. */
  | { readonly kind: 'refused'; readonly error: AppErrorInfo; readonly retryAt: number };

/** Of Microsoft's own tenant for people, or of an organization's (work, school); unknown where the provider names none. */
export type AccountKind = 'personal' | 'work' | 'unknown';

/** What a shared mailbox is doing. That its account needs a sign-in is told at the account alone. */
export type SharedMailboxState =
  | Exclude<AccountState, { readonly kind: 'needs-sign-in' }>
  /** Goes on by itself once the person has signed in to the account. */
  | { readonly kind: 'waits-for-account' };

/** A mailbox watched under an account, with that account's token. */
export interface SharedMailboxSnapshot {
  /** Tidings' own id, stable for the mailbox's life. */
  readonly id: string;
  readonly address: string;
  /** Counted, but not told of. */
  readonly muted: boolean;
  readonly state: SharedMailboxState;
  /** As an account's. */
  readonly unreadCount: number | null;
  readonly lastCheckedAt: number | null;
}

/** One account as a window may know it. */
export interface AccountSnapshot {
  /** Tidings' own id, stable for the account's life. */
  readonly id: string;
  /** The mail address, cleaned. */
  readonly address: string;
  /** The person's name as the identity provider gave it, cleaned; may be empty. */
  readonly displayName: string;
  readonly kind: AccountKind;
  readonly state: AccountState;
  /** Unread messages in the account's own inbox; null before the first count. */
  readonly unreadCount: number | null;
  /** When `unreadCount` was last the server's own, ms since the epoch; null before the first count. */
  readonly lastCheckedAt: number | null;
  /** In the order they were added. */
  readonly sharedMailboxes: readonly SharedMailboxSnapshot[];
}

/** An account that waits for an administrator's approval, with what to send to them. */
export interface ApprovalSnapshot {
  readonly id: string;
  /** The account that it is for, where that is among the accounts: it says so there, and nowhere else. */
  readonly accountId: string | null;
  /** Cleaned; null where the person gave none. */
  readonly address: string | null;
  /** When the person first asked, ms since the epoch. */
  readonly since: number;
  /** When it was last tried again, ms since the epoch; null for not yet. */
  readonly triedAt: number | null;
  /** Microsoft's page on which an administrator approves the app for the whole organization. */
  readonly link: string;
  /** The app's client id. */
  readonly clientId: string;
  /** The tenant in the link: an id, a domain, or `organizations` where it isn't known. */
  readonly tenant: string;
  /** What Microsoft Graph PowerShell calls the cloud; null for the public one. */
  readonly graphEnvironment: 'USGov' | 'USGovDoD' | 'China' | null;
}

/** The interactive sign-in. One at a time. */
export type SignInState =
  | { readonly kind: 'idle' }
  /** The browser is open at a page of `host`, the authority's; gives up at `deadline` (ms since the epoch). */
  | ({ readonly kind: 'waiting'; readonly host: string; readonly deadline: number } & SignInFor)
  /** The person ended it; said for a while, since the page in the browser may have shown an error. */
  | ({ readonly kind: 'cancelled' } & SignInFor)
  | ({ readonly kind: 'failed'; readonly error: AppErrorInfo } & SignInFor)
  | OtherAccountSignedIn;

/** Whom a sign-in is for; a new account where both are missing. */
export interface SignInFor {
  /** Set when signing in again. */
  readonly accountId: string | null;
  /** Set when an account that waited for an administrator's approval is tried again. */
  readonly approvalId?: string;
}

/** Signing in again, the person picked another account on the page than the one that needs it. */
export interface OtherAccountSignedIn {
  readonly kind: 'other-account';
  /** The account that still needs to be signed in. */
  readonly accountId: string;
  readonly askedFor: string;
  /** Whose sign-in it became. */
  readonly signedIn: string;
  /**
   * Until when (ms since the epoch) it can be added as a new account, nothing of it being kept meanwhile; null where
   * it is one of the accounts already.
   */
  readonly addableUntil: number | null;
}

/** Whether tokens can be kept. */
export type VaultState =
  /** Nobody has asked yet in this run. */
  | { readonly kind: 'unknown' }
  /** Tokens are encrypted by the system's keyring, Keychain or DPAPI. */
  | { readonly kind: 'ready' }
  /** The keyring was in use and has been locked since. Everything is saved; what is renewed will have to wait. */
  | { readonly kind: 'locked' }
  /** No keyring to be used; nothing is written until the person decides. */
  | { readonly kind: 'unavailable'; readonly error: AppErrorInfo }
  /** The person chose to keep tokens in memory only: every start asks to sign in again. */
  | { readonly kind: 'session-only' };

/** Something said once, at the top of the window, until dismissed or mended. */
export type Notice =
  /**
   * A damaged file was set aside under `keptAs` (file name, no path); what could be read of it, and defaults for the
   * rest, are used in its place. `detail` names what was wrong in it, where known.
   */
  | {
      readonly id: string;
      readonly kind: 'file-set-aside';
      readonly file: string;
      readonly keptAs: string;
      readonly detail?: string;
    }
  /** Saving failed: what is on screen may be lost at quit. */
  | { readonly id: string; readonly kind: 'save-failed'; readonly error: AppErrorInfo }
  /** The desktop shows no notifications. */
  | { readonly id: string; readonly kind: 'notifications-unavailable'; readonly error: AppErrorInfo };

/** What the tray and badge show, worst first. */
export type TrayStatus = 'attention' | 'offline' | 'connecting' | 'watching' | 'no-accounts';

/** All that a window may know, immutable. A higher `revision` is newer. */
export interface AppSnapshot {
  readonly revision: number;
  readonly appVersion: string;
  /** BCP 47 tag of the words on screen. */
  readonly language: 'en' | 'zh-CN';
  /** What the person chose; `system` follows the system's. */
  readonly languageSetting: 'system' | 'en' | 'zh-CN';
  readonly notificationDetail: NotificationDetail;
  readonly accounts: readonly AccountSnapshot[];
  /** Accounts that wait for an administrator's approval; they count in nothing else. */
  readonly approvals: readonly ApprovalSnapshot[];
  /** Sum of the known counts, shared mailboxes included. */
  readonly totalUnread: number;
  readonly status: TrayStatus;
  readonly signIn: SignInState;
  readonly vault: VaultState;
  /**
   * Whether there is a client id to sign in with; if not, the first screen offers the ways to get one. `error` is why
   * the last try to set one up failed, with its details; null when it didn't.
   */
  readonly registration:
    | { readonly kind: 'ready'; readonly error?: AppErrorInfo | null }
    | { readonly kind: 'missing'; readonly error: AppErrorInfo | null };
  /** Whether the system starts Tidings when the person logs in; null where that isn't known or can't be set. */
  readonly startsAtLogin: boolean | null;
  readonly network: NetworkSnapshot;
  readonly notices: readonly Notice[];
  /** The connection doctor's last examination of each account that had one, finished or not. */
  readonly doctorRuns: readonly DoctorRun[];
  /** The account or shared mailbox that a notification or menu click asked for; null for none. */
  readonly focusedAccountId: string | null;
  /** How often an account was asked for; a rise asks anew, also for the same account. */
  readonly focusRequest: number;
}
