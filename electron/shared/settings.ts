import type { DeploymentProfile, ProfileLayer } from './profile.ts';

/** A mailbox that others gave an account's person access to, as remembered between runs. */
export interface SharedMailboxRecord {
  /** Tidings' own id, told from every account's and mailbox's. */
  readonly id: string;
  /** As the person typed it. */
  readonly address: string;
  /** Counted, but not told of. */
  readonly muted: boolean;
}

/** An account as remembered between runs. No secret is ever in here. */
export interface AccountRecord {
  readonly id: string;
  /** MSAL's `homeAccountId`, `oid.tid`; the account's identity. */
  readonly homeAccountId: string;
  readonly address: string;
  readonly displayName: string;
  /** The profile the account was added with. */
  readonly profile: DeploymentProfile;
  /** ms since the epoch. */
  readonly addedAt: number;
  /** Watched with the account's token; in the order they were added. */
  readonly sharedMailboxes: readonly SharedMailboxRecord[];
}

/** An account that can't sign in before an administrator has approved the app. No secret is ever in here. */
export interface AwaitedApproval {
  readonly id: string;
  /** The account that is in the list already and has to be approved anew; null for one that is still to be added. */
  readonly accountId: string | null;
  /** The work or school address, as the person gave it or the account has it; null where they gave none. */
  readonly address: string | null;
  /** The tenant's id or domain; null where it isn't known. */
  readonly tenant: string | null;
  /** The profile that the sign-in was tried with. */
  readonly profile: DeploymentProfile;
  /** When the person first asked for it, ms since the epoch. */
  readonly since: number;
  /** When a sign-in was last tried again, ms since the epoch; null for not yet. */
  readonly triedAt: number | null;
}

/** What a notification may show, also to whoever stands beside the screen or sees it locked. */
export type NotificationDetail = 'full' | 'sender-only' | 'count-only';

/** What is kept in settings.json. */
export interface Settings {
  readonly schemaVersion: 2;
  readonly language: 'system' | 'en' | 'zh-CN';
  /** The person's own values over the built-in profile; absent fields are inherited. */
  readonly profile: ProfileLayer;
  readonly tokenStorage: 'keyring' | 'session-only';
  readonly accounts: readonly AccountRecord[];
  readonly awaitedApprovals: readonly AwaitedApproval[];
  readonly notificationDetail: NotificationDetail;
  /** Whether "Tidings goes on in the tray" was said. */
  readonly closeHintShown: boolean;
}

export const defaultSettings: Settings = {
  schemaVersion: 2,
  language: 'system',
  profile: {},
  tokenStorage: 'keyring',
  accounts: [],
  awaitedApprovals: [],
  notificationDetail: 'full',
  closeHintShown: false,
};
