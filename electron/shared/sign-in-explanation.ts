/**
 * What a refusal of the sign-in can mean for a person. Each has words of its own in the locales:
 * `explain.reasons.<id>.title` and `.action`.
 */
export const explanationIds = [
  // The app's registration, or the set-up that names it
  'public-client-off',
  'secret-sent',
  'redirect-missing',
  'client-id-unknown',
  'client-id-microsofts',
  'tenant-unknown',
  'other-cloud',
  'single-tenant',
  'account-kind',
  'permission-wrong',
  'scopes-wrong',
  'single-page-app',
  // Permission
  'consent-missing',
  'consent-declined',
  'admin-approval',
  // The organization
  'not-assigned',
  'app-disabled',
  'no-subscription',
  'conditional-access',
  'device-managed',
  'app-not-approved',
  'tenant-restricted',
  'organization-server',
  // The account and its session
  'account-not-here',
  'account-locked',
  'account-disabled',
  'password-wrong',
  'password-expired',
  'password-changed',
  'session-over',
  'sign-in-frequency',
  'session-only',
  'mfa-needed',
  'mfa-registration',
  // This one attempt
  'id-token-asked',
  'start-again',
  'malformed-request',
  'looping',
  'transient',
  'unknown-number',
] as const;

/** One of {@link explanationIds}. */
export type ExplanationId = (typeof explanationIds)[number];

/**
 * Who can mend it: the person, their administrator, whoever registered the app, Microsoft (so that waiting is all),
 * or Tidings' makers; unknown where Microsoft's page has to say it.
 */
export const menders = ['you', 'administrator', 'registration', 'microsoft', 'makers', 'unknown'] as const;

/** One of {@link menders}. */
export type Mender = (typeof menders)[number];
