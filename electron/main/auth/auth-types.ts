import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';

/** The person an interactive sign-in ended with. Text is cleaned. */
export interface SignedInPerson {
  /** MSAL's `homeAccountId`, `oid.tid`. */
  readonly homeAccountId: string;
  /** `preferred_username` (or `email`) of the ID token; the user name for XOAUTH2. */
  readonly address: string;
  /** `name` of the ID token; may be empty. */
  readonly displayName: string;
}

/** A token for one resource. Never leaves main, never logged. */
export interface AccessToken {
  readonly token: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

/**
 * What can be done about a failed sign-in or renewal. `interactive`: the person signs in again. `transient`:
 * passes by itself, not before `retryAfterMs` where given. `final`: neither helps (registration, cancelled, refused).
 */
export type AuthRemedy =
  | { readonly kind: 'interactive' }
  | { readonly kind: 'transient'; readonly retryAfterMs: number | null }
  | { readonly kind: 'final' };

/** Every rejection of {@link AuthService}. */
export class AuthFailure extends Error {
  readonly info: AppErrorInfo;
  readonly remedy: AuthRemedy;

  constructor(info: AppErrorInfo, remedy: AuthRemedy) {
    super(info.code);
    this.name = 'AuthFailure';
    this.info = info;
    this.remedy = remedy;
  }
}

/** How long a person has for the pages in the browser, ms. MSAL itself would wait for ever (measured). */
export const signInLimitMs = 300_000;

/** Opens an address in the system's browser; rejects when there is none. */
export type OpenBrowser = (url: string) => Promise<void>;

export interface SignInRequest {
  readonly profile: DeploymentProfile;
  /** The address to offer on the page when signing in again; null for a new account. */
  readonly loginHint: string | null;
  /** Aborting closes the loopback listener and rejects with `sign-in-cancelled`. */
  readonly signal: AbortSignal;
  /** Told when the time for the pages begins, with its end (ms since the epoch). */
  readonly onDeadline?: (deadline: number) => void;
  /**
   * Asked who it is to be, before anything of the sign-in is kept; unless given, whoever it is. Until it answers the
   * tokens are in memory only. False rejects with `sign-in-cancelled`, and nothing was kept. Must not reject.
   */
  readonly accepts?: (person: SignedInPerson) => Promise<boolean>;
}

export interface AccountKey {
  readonly profile: DeploymentProfile;
  readonly homeAccountId: string;
}

/** Signs people in and keeps their tokens. Every method rejects with {@link AuthFailure} only. */
export interface AuthService {
  /** The interactive flow in the system's browser; gives up with `sign-in-timed-out` after 5 minutes. */
  signIn(request: SignInRequest): Promise<SignedInPerson>;
  /** A token from the cache or silently renewed; `forceRefresh` never answers from the cache. */
  acquireToken(account: AccountKey, options: { readonly forceRefresh: boolean }): Promise<AccessToken>;
  /** Deletes the account's tokens from memory and from the keyring. Resolves when they are gone. */
  removeAccount(account: AccountKey): Promise<void>;
  dispose(): void;
}
