import type { AppErrorCode, AppErrorInfo } from '../electron/shared/app-error.ts';
import type { AppSnapshot, Notice, SignInState } from '../electron/shared/snapshot.ts';

/** What fills the window under its header. */
export type Screen =
  | { readonly kind: 'sign-in'; readonly signIn: Exclude<SignInState, { kind: 'idle' }> }
  | { readonly kind: 'vault'; readonly error: AppErrorInfo }
  | RegistrationScreen
  | { readonly kind: 'welcome' }
  | DoctorScreen
  | ApprovalScreen
  | { readonly kind: 'network' }
  | { readonly kind: 'accounts' };

/** What to send to an administrator. */
export interface ApprovalScreen {
  readonly kind: 'approval';
  /** Null while the person is asked for their address. */
  readonly approvalId: string | null;
}

/** Connection doctor and token inspector. */
export interface DoctorScreen {
  readonly kind: 'doctor';
  /** Whose connection to look at; null for none, and tokens only. */
  readonly accountId: string | null;
}

/** The ways to set up a client id. */
export interface RegistrationScreen {
  readonly kind: 'registration';
  /** Whether one is in use already, for which the new one is taken. */
  readonly replaces: boolean;
  /** Whether there is another screen to go back to. */
  readonly canLeave: boolean;
  /** Why the last try failed. */
  readonly error: AppErrorInfo | null;
}

/**
 * Whatever a person must do first comes first: a sign-in that waits for them, then what they `wantsRegistration` or
 * the `doctor` or an `approval` for, then where to keep tokens, then a client id. A cancelled sign-in has a screen only for who asks
 * about it (`asksAboutCancelled`).
 */
export function chooseScreen(
  snapshot: AppSnapshot,
  wantsRegistration = false,
  doctor: DoctorScreen | null = null,
  asksAboutCancelled = false,
  approval: ApprovalScreen | null = null,
  wantsNetwork = false,
): Screen {
  const { accounts, approvals, registration, signIn, vault } = snapshot;
  if (wantsRegistration && signIn.kind !== 'waiting' && signIn.kind !== 'other-account') {
    const canLeave = chooseScreen(snapshot).kind !== 'registration';
    return { ...registrationScreen(registration), canLeave };
  }
  if (approval !== null && signIn.kind !== 'waiting' && signIn.kind !== 'other-account') {
    return approval;
  }
  if (signIn.kind !== 'idle' && (signIn.kind !== 'cancelled' || asksAboutCancelled)) {
    return { kind: 'sign-in', signIn };
  }
  if (wantsNetwork) {
    return { kind: 'network' };
  }
  if (doctor !== null) {
    return doctor;
  }
  if (accounts.length > 0 || approvals.length > 0) {
    return { kind: 'accounts' };
  }
  if (vault.kind === 'unavailable') {
    return { kind: 'vault', error: vault.error };
  }
  return registration.kind === 'missing' ? registrationScreen(registration) : { kind: 'welcome' };
}

function registrationScreen({ kind, error }: AppSnapshot['registration']): RegistrationScreen {
  return { kind: 'registration', replaces: kind === 'ready', canLeave: false, error: error ?? null };
}

/** What the top of the window says: all but what the keyring's own card already does. */
export function noticesBeside({ notices, vault }: Pick<AppSnapshot, 'notices' | 'vault'>): readonly Notice[] {
  const said = vault.kind === 'unavailable' ? vault.error.code : null;
  return notices.filter((notice) => notice.kind !== 'save-failed' || notice.error.code !== said);
}

/**
 * Whether another client id may mend a sign-in that failed: `yes` where the registration or its address is what was
 * refused; `perhaps` after a sign-in never finished, since most of Microsoft's refusals stay on its own page.
 */
export function anotherClientIdHelps({ code, who }: AppErrorInfo): 'yes' | 'perhaps' | 'no' {
  if (who === 'registration' || (who === undefined && registrationCodes.has(code))) {
    return 'yes';
  }
  return code === 'sign-in-timed-out' ? 'perhaps' : 'no';
}

const registrationCodes: ReadonlySet<AppErrorCode> = new Set([
  'client-id-refused',
  'identity-misconfigured',
  'client-id-missing',
]);

/**
 * Whether an administrator's approval may mend it: `yes` where Microsoft asked for that, `perhaps` where the permission
 * is missing, which the person may be allowed to give.
 */
export function adminHelps({ code, who }: AppErrorInfo): 'yes' | 'perhaps' | 'no' {
  if (code !== 'admin-approval-needed') {
    return 'no';
  }
  return who === 'administrator' ? 'yes' : 'perhaps';
}

/** Whether a sign-in that failed may have been refused on Microsoft's page, for a reason that Tidings wasn't told. */
export function mayHavePageError({ code, aadsts }: AppErrorInfo): boolean {
  // "Return to the app" on the page that wants an administrator comes back as a refusal by the person.
  return code === 'consent-refused' || (aadsts === undefined && code === 'sign-in-timed-out');
}
