import type { AppErrorCode } from '../../shared/app-error.ts';

/**
 * What Microsoft's error numbers mean for a person, by who can mend it. They choose words only, never what the app
 * does next. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const meanings: readonly (readonly [AppErrorCode, readonly string[]])[] = [
  // The registration is wrong, or names another tenant or cloud: whoever gave the client id must mend it.
  [
    'client-id-refused',
    [
      ...['7000218', '700025', '50011', '500113', '900971', '700016', '90002', '90038', '50194', '9002332', '500208'],
      ...['7000112', '500011', '650053', '650057', '28002', '28003', '70011', '700022', '700054', '700084'],
    ],
  ],
  // A person with the right role must approve the app for the organisation.
  ['admin-approval-needed', ['65001', '90094', '90095']],
  ['consent-refused', ['65004']],
  // The organisation's rules or the account itself: an administrator, with the correlation id.
  [
    'sign-in-refused',
    [
      ...['50020', '50034', '90072', '50105', '650052', '53003', '530032', '53000', '53001', '50097', '50129'],
      ...['53002', '50053', '50057', '50196', '54005', '9002313', '900144'],
    ],
  ],
  [
    'sign-in-expired',
    [
      ...['50074', '50076', '50078', '50072', '50079', '53004', '70043'],
      ...['70008', '700082', '50173', '50132', '50133'],
    ],
  ],
  ['identity-unavailable', ['90006', '90024', '90033']],
];

const byNumber: ReadonlyMap<string, AppErrorCode> = new Map(
  meanings.flatMap(([code, numbers]) => numbers.map((number): [string, AppErrorCode] => [number, code])),
);

/** The words for an `AADSTS` number (digits), or null for one that isn't listed. */
export function codeOfAadsts(aadsts: string | null): AppErrorCode | null {
  return aadsts === null ? null : (byNumber.get(aadsts) ?? null);
}
