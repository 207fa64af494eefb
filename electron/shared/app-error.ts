import type { ExplanationId, Mender } from './sign-in-explanation.ts';

/**
 * Every failure a person can meet. The code selects the words (`errors.<code>.title` and `.action`
 * in the locales); program flow in main branches on error classes, never on these words.
 */
export const appErrorCodes = [
  // Reaching Microsoft
  'network-unreachable',
  'dns-failed',
  'timed-out',
  'certificate-untrusted',
  'identity-unavailable',
  'identity-misconfigured',
  // Signing in
  'browser-failed',
  'mail-program-failed',
  'sign-in-cancelled',
  'sign-in-timed-out',
  'consent-refused',
  'admin-approval-needed',
  'approval-not-needed',
  'approvals-too-many',
  'client-id-refused',
  'sign-in-refused',
  'sign-in-expired',
  'other-account-signed-in',
  'token-unfit',
  'client-id-missing',
  // The mailbox
  'imap-sign-in-refused',
  'imap-not-connected',
  'imap-mailbox-refused',
  'imap-unavailable',
  'imap-throttled',
  'imap-connection-lost',
  'imap-tls-failed',
  'imap-protocol',
  // Shared mailboxes
  'shared-mailbox-no-access',
  'shared-mailbox-not-added',
  // The network's proxy
  'proxy-unreachable',
  'proxy-sign-in-refused',
  'proxy-sign-in-unsupported',
  'proxy-refused',
  'proxy-no-way',
  'proxy-untrusted',
  'proxy-password-unavailable',
  'proxy-address-invalid',
  'proxy-credentials-invalid',
  // This computer
  'keyring-unavailable',
  'keyring-locked',
  'keyring-lost',
  'token-cache-damaged',
  'disk-full',
  'disk-failed',
  'settings-damaged',
  'notifications-unavailable',
  'profile-invalid',
  'unexpected',
] as const;

/** One of {@link appErrorCodes}. */
export type AppErrorCode = (typeof appErrorCodes)[number];

/** An error as a window may show it: a code for the words, and facts to copy. Never a token, code or password. */
export interface AppErrorInfo {
  readonly code: AppErrorCode;
  /** When it happened, ms since the epoch. */
  readonly at: number;
  /** The `AADSTS` number, digits only, where Microsoft gave one. */
  readonly aadsts?: string;
  /** Microsoft's correlation id, for an administrator's log. */
  readonly correlationId?: string;
  /** Microsoft's id of the one request, beside the correlation id. */
  readonly traceId?: string;
  /** What a refusal of the sign-in means: better words than the code's. It decides nothing. */
  readonly explanation?: ExplanationId;
  /** Who can mend it, where that is known. */
  readonly who?: Mender;
  /** One cleaned line from the other side or the system, at most 300 characters. */
  readonly detail?: string;
}

/** Makes the compiler prove that a `switch` over a union is complete; throws if a value gets past it. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
