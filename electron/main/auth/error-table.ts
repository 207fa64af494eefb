import type { AppErrorCode, AppErrorInfo } from '../../shared/app-error.ts';
import { explanationIds, type ExplanationId, type Mender } from '../../shared/sign-in-explanation.ts';
import type { AuthRemedy } from './auth-types.ts';

/**
 * Everything that Tidings knows of refused sign-ins, in one place: what OAuth's and MSAL's words let the program do,
 * and what Microsoft's numbers let it say.
 */

const interactive: AuthRemedy = { kind: 'interactive' };
const final: AuthRemedy = { kind: 'final' };
const transient: AuthRemedy = { kind: 'transient', retryAfterMs: null };

/** What can be done, and the words where no AADSTS number says more. */
export type Outcome = readonly [AuthRemedy, AppErrorCode];

/**
 * By OAuth's `error` (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6) or MSAL's own word. The program's
 * course hangs on this and on {@link outcomesByClass} only.
 */
const outcomesByWord: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  // The refresh token is refused (RFC 6749 section 5.2). Without a suberror MSAL leaves it a plain ServerError.
  ['invalid_grant', [interactive, 'sign-in-expired']],
  ['no_account_found', [interactive, 'sign-in-expired']],
  ['access_denied', [final, 'consent-refused']],
  ['user_cancelled', [final, 'sign-in-cancelled']],
  ['invalid_client', [final, 'client-id-refused']],
  ['unauthorized_client', [final, 'client-id-refused']],
  ['invalid_scope', [final, 'client-id-refused']],
  ['invalid_resource', [final, 'client-id-refused']],
  ['invalid_tenant', [final, 'client-id-refused']],
  ['invalid_request', [final, 'sign-in-refused']],
  ['temporarily_unavailable', [transient, 'identity-unavailable']],
  ['server_error', [transient, 'identity-unavailable']],
  ['network_error', [transient, 'network-unreachable']],
  ['token_parsing_error', [transient, 'identity-unavailable']],
  ['endpoints_resolution_error', [final, 'identity-misconfigured']],
  ['openid_config_error', [final, 'identity-misconfigured']],
  ['issuer_validation_failed', [final, 'identity-misconfigured']],
  ['untrusted_authority', [final, 'identity-misconfigured']],
  ['authority_uri_insecure', [final, 'identity-misconfigured']],
  ['client_info_decoding_error', [final, 'identity-misconfigured']],
  ['client_info_empty_error', [final, 'identity-misconfigured']],
  ['state_mismatch', [final, 'sign-in-refused']],
  ['nonce_mismatch', [final, 'sign-in-refused']],
  // The answer stood in the address, where MSAL takes none: a provider without form_post, or an early refusal.
  ['loopback_server_query_response_not_supported', [final, 'sign-in-refused']],
]);

/** By MSAL's class, where the word is a new one. */
const outcomesByClass: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['ClientConfigurationError', [final, 'identity-misconfigured']],
  ['ServerError', [final, 'sign-in-refused']],
]);

/** What a rejection of MSAL's class `className` with OAuth's or its own word `errorCode` comes to. */
export function outcomeOf(className: string, errorCode: string): Outcome {
  // MSAL's word for "only the person can go on", whatever the OAuth error was.
  if (className === 'InteractionRequiredAuthError') return [interactive, 'sign-in-expired'];
  return outcomesByWord.get(errorCode) ?? outcomesByClass.get(className) ?? [final, 'unexpected'];
}

/** The words for an OAuth `error` alone, as a page's address may have it; null for one that isn't listed. */
export function codeOfWord(word: string): AppErrorCode | null {
  const code = word === 'consent_required' ? 'admin-approval-needed' : outcomesByWord.get(word)?.[1];
  // Words of MSAL's own, and a word for "cancelled", are on no page of Microsoft's.
  return code === undefined || !word.includes('_') || code === 'sign-in-cancelled' ? null : code;
}

/** Whose matter the words of a code are, where no number says it better. */
const mendersByCode: Partial<Readonly<Record<AppErrorCode, Mender>>> = {
  'consent-refused': 'you',
  'sign-in-expired': 'you',
  'admin-approval-needed': 'administrator',
  'client-id-refused': 'registration',
  'identity-misconfigured': 'registration',
  'identity-unavailable': 'microsoft',
};

/** Those that no number stands for. */
type Numberless = 'unknown-number' | 'session-only';

/** What one of Microsoft's numbers says. */
interface Meaning {
  readonly who: Mender;
  /** The general words that it is a case of. */
  readonly code: AppErrorCode;
  readonly numbers: readonly string[];
}

/**
 * Microsoft's numbers by what they mean for a person. They choose words only: Microsoft changes them at any time.
 * Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes, and Microsoft's troubleshooting
 * pages for 500121, 500200, 53009, 70044, 90093, 700051, 900941, 9002325, 9002327, 9002331 and 9002346.
 */
const meanings: Readonly<Record<Exclude<ExplanationId, Numberless>, Meaning>> = {
  'public-client-off': { who: 'registration', code: 'client-id-refused', numbers: ['7000218'] },
  'secret-sent': {
    who: 'registration',
    code: 'client-id-refused',
    numbers: ['700025', '7000215', '7000222', '700027', '70002'],
  },
  'redirect-missing': {
    who: 'registration',
    code: 'client-id-refused',
    numbers: ['50011', '500113', '900971', '70004'],
  },
  'client-id-unknown': { who: 'registration', code: 'client-id-refused', numbers: ['700016', '700011'] },
  'client-id-microsofts': { who: 'registration', code: 'client-id-refused', numbers: ['65002'] },
  'tenant-unknown': { who: 'registration', code: 'client-id-refused', numbers: ['90002', '50059', '50128', '90019'] },
  'other-cloud': { who: 'registration', code: 'client-id-refused', numbers: ['90038', '90043', '50049'] },
  'single-tenant': { who: 'registration', code: 'client-id-refused', numbers: ['50194', '90130'] },
  'account-kind': {
    who: 'registration',
    code: 'client-id-refused',
    numbers: ['9002332', '500208', '500200', '9002331', '9002346'],
  },
  'permission-wrong': {
    who: 'registration',
    code: 'client-id-refused',
    numbers: ['500011', '650053', '650057', '650054', '650056', '65005', '50001'],
  },
  'scopes-wrong': {
    who: 'registration',
    code: 'client-id-refused',
    numbers: ['28002', '28003', '70011', '700022', '700023', '1002012'],
  },
  'single-page-app': { who: 'registration', code: 'client-id-refused', numbers: ['700084', '9002327'] },

  'consent-missing': { who: 'you', code: 'admin-approval-needed', numbers: ['65001', '90008', '9002341'] },
  'consent-declined': { who: 'you', code: 'consent-refused', numbers: ['65004'] },
  'admin-approval': {
    who: 'administrator',
    code: 'admin-approval-needed',
    numbers: ['90094', '90095', '90093', '900941'],
  },

  'not-assigned': { who: 'administrator', code: 'sign-in-refused', numbers: ['50105'] },
  'app-disabled': { who: 'administrator', code: 'client-id-refused', numbers: ['7000112', '70001', '1000031'] },
  'no-subscription': { who: 'administrator', code: 'sign-in-refused', numbers: ['650052'] },
  'conditional-access': {
    who: 'administrator',
    code: 'sign-in-refused',
    numbers: ['53003', '530032', '530035', '50131', '50005', '53011'],
  },
  'device-managed': {
    who: 'administrator',
    code: 'sign-in-refused',
    numbers: ['53000', '53001', '50097', '50129', '50155', '50187'],
  },
  'app-not-approved': { who: 'administrator', code: 'sign-in-refused', numbers: ['53002', '53009'] },
  'tenant-restricted': {
    who: 'administrator',
    code: 'sign-in-refused',
    numbers: ['50002', '500021', '500022', '500212', '500213'],
  },
  'organization-server': {
    who: 'administrator',
    code: 'sign-in-refused',
    numbers: [
      ...['80001', '80002', '80005', '80007', '80010', '80012', '80013', '80014'],
      ...['20001', '20012', '20033', '40008', '40009', '40010', '40015', '50008'],
    ],
  },

  'account-not-here': {
    who: 'you',
    code: 'sign-in-refused',
    numbers: ['50020', '50034', '90072', '16000', '16003', '50014', '51004'],
  },
  'account-locked': { who: 'you', code: 'sign-in-refused', numbers: ['50053'] },
  'account-disabled': { who: 'administrator', code: 'sign-in-refused', numbers: ['50057'] },
  'password-wrong': { who: 'you', code: 'sign-in-refused', numbers: ['50126', '50056', '50064'] },
  'password-expired': { who: 'you', code: 'sign-in-expired', numbers: ['50055', '50144', '50135'] },
  'password-changed': { who: 'you', code: 'sign-in-expired', numbers: ['50173', '50132', '50133'] },
  'session-over': {
    who: 'you',
    code: 'sign-in-expired',
    numbers: ['70008', '700082', '70000', '50058', '50085', '50139'],
  },
  'sign-in-frequency': { who: 'you', code: 'sign-in-expired', numbers: ['70043', '70044'] },
  'mfa-needed': { who: 'you', code: 'sign-in-expired', numbers: ['50074', '50076', '50078', '50158', '500121'] },
  'mfa-registration': { who: 'you', code: 'sign-in-expired', numbers: ['50072', '50079', '53004', '53010'] },

  'id-token-asked': { who: 'you', code: 'client-id-refused', numbers: ['700054', '700051', '70005'] },
  'start-again': { who: 'you', code: 'sign-in-refused', numbers: ['54005', '50089', '16001', '700005'] },
  'malformed-request': {
    who: 'makers',
    code: 'sign-in-refused',
    numbers: [
      ...['9002313', '900144', '90014', '90023', '90100', '501481', '50147', '9002325', '70003', '70007', '900561'],
    ],
  },
  looping: { who: 'microsoft', code: 'sign-in-refused', numbers: ['50196'] },
  transient: {
    who: 'microsoft',
    code: 'identity-unavailable',
    numbers: ['90006', '90024', '90033', '50033', '50087', '50088', '90012', '90055', '90090', '70012'],
  },
};

const byNumber: ReadonlyMap<string, readonly [ExplanationId, Meaning]> = new Map(
  explanationIds.flatMap((id) =>
    id === 'unknown-number' || id === 'session-only'
      ? []
      : meanings[id].numbers.map((number): [string, [ExplanationId, Meaning]] => [number, [id, meanings[id]]]),
  ),
);

/** All numbers that have an explanation, digits only. */
export const explainedNumbers: readonly string[] = [...byNumber.keys()];

/**
 * The words for a refusal: by its number (digits) where that is known, else those of `fallback`. A number that
 * nobody knows has words of its own only where the general ones would say nothing.
 */
export function explain(
  aadsts: string | null,
  fallback: AppErrorCode,
): Pick<AppErrorInfo, 'code' | 'explanation' | 'who'> {
  const known = aadsts === null ? undefined : byNumber.get(aadsts);
  if (known !== undefined) {
    const [explanation, { code, who }] = known;
    return { code, explanation, who };
  }
  const who = mendersByCode[fallback];
  if (who !== undefined) return { code: fallback, who };
  const isUnclear = aadsts !== null && (fallback === 'sign-in-refused' || fallback === 'unexpected');
  return isUnclear ? { code: fallback, explanation: 'unknown-number', who: 'unknown' } : { code: fallback };
}
