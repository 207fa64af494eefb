import { describe, expect, it } from 'vitest';

import { codeOfWord, explain, explainedNumbers, outcomeOf } from '../../../electron/main/auth/error-table.ts';
import { explanationIds, type ExplanationId } from '../../../electron/shared/sign-in-explanation.ts';

/** Microsoft's numbers that Tidings promises to explain, and whose matter each is. */
const promised: readonly (readonly [ExplanationId, string, string])[] = [
  ['public-client-off', 'registration', '7000218'],
  ['secret-sent', 'registration', '700025 7000215 7000222'],
  ['redirect-missing', 'registration', '50011 500113 900971'],
  ['client-id-unknown', 'registration', '700016'],
  ['client-id-microsofts', 'registration', '65002'],
  ['tenant-unknown', 'registration', '90002'],
  ['other-cloud', 'registration', '90038'],
  ['single-tenant', 'registration', '50194'],
  ['account-kind', 'registration', '9002332 500208 500200'],
  ['permission-wrong', 'registration', '500011 650053 650057'],
  ['scopes-wrong', 'registration', '28002 28003 70011 700022'],
  ['single-page-app', 'registration', '700084'],
  ['consent-missing', 'you', '65001'],
  ['consent-declined', 'you', '65004'],
  ['admin-approval', 'administrator', '90094 90095'],
  ['not-assigned', 'administrator', '50105'],
  ['app-disabled', 'administrator', '7000112'],
  ['no-subscription', 'administrator', '650052'],
  ['conditional-access', 'administrator', '53003 530032'],
  ['device-managed', 'administrator', '53000 53001 50097 50129'],
  ['app-not-approved', 'administrator', '53002'],
  ['tenant-restricted', 'administrator', '500021'],
  ['organization-server', 'administrator', '80001 20001'],
  ['account-not-here', 'you', '50020 50034 90072'],
  ['account-locked', 'you', '50053'],
  ['account-disabled', 'administrator', '50057'],
  ['password-wrong', 'you', '50126'],
  ['password-expired', 'you', '50055'],
  ['password-changed', 'you', '50173 50132 50133'],
  ['session-over', 'you', '70008 700082'],
  ['sign-in-frequency', 'you', '70043'],
  ['mfa-needed', 'you', '50074 50076 50078'],
  ['mfa-registration', 'you', '50072 50079 53004'],
  ['id-token-asked', 'you', '700054'],
  ['start-again', 'you', '54005'],
  ['malformed-request', 'makers', '9002313 900144'],
  ['looping', 'microsoft', '50196'],
  ['transient', 'microsoft', '90006 90024 90033'],
];

describe("Microsoft's numbers", () => {
  it.each(promised.flatMap(([id, who, numbers]) => numbers.split(' ').map((number) => [number, id, who] as const)))(
    '%s is %s, a matter for %s',
    (number, explanation, who) => {
      expect(explain(number, 'sign-in-refused')).toMatchObject({ explanation, who });
    },
  );

  it('have one meaning each', () => {
    expect(explainedNumbers.filter((number, index) => explainedNumbers.indexOf(number) !== index)).toEqual([]);
    for (const number of explainedNumbers) expect(number).toMatch(/^[1-9]\d{4,7}$/u);
  });

  it('lead to every explanation but the one for numbers that nobody knows', () => {
    const reached = new Set(explainedNumbers.map((number) => explain(number, 'sign-in-refused').explanation));
    expect(reached).toEqual(new Set(explanationIds.filter((id) => id !== 'unknown-number' && id !== 'session-only')));
  });

  it('that nobody knows leave the words to the OAuth error, and have their own where that says nothing', () => {
    expect(explain('99999999', 'client-id-refused')).toEqual({ code: 'client-id-refused', who: 'registration' });
    expect(explain('99999999', 'sign-in-expired')).toEqual({ code: 'sign-in-expired', who: 'you' });
    expect(explain('99999999', 'sign-in-refused')).toEqual({
      ...{ code: 'sign-in-refused', explanation: 'unknown-number', who: 'unknown' },
    });
    expect(explain(null, 'sign-in-refused')).toEqual({ code: 'sign-in-refused' });
    expect(explain(null, 'network-unreachable')).toEqual({ code: 'network-unreachable' });
  });

  it('keep the general words that the rest of the program knows', () => {
    const codes = ['700016', '90094', '65001', '65004', '53003', '700082', '90024'].map(
      (number) => explain(number, 'unexpected').code,
    );
    expect(codes).toEqual([
      'client-id-refused',
      'admin-approval-needed',
      'admin-approval-needed',
      'consent-refused',
      'sign-in-refused',
      'sign-in-expired',
      'identity-unavailable',
    ]);
  });
});

describe("OAuth's and MSAL's words", () => {
  it('decide what can be done', () => {
    expect(outcomeOf('InteractionRequiredAuthError', 'never_seen')[0]).toEqual({ kind: 'interactive' });
    expect(outcomeOf('ServerError', 'temporarily_unavailable')[0].kind).toBe('transient');
    expect(outcomeOf('ServerError', 'never_seen')).toEqual([{ kind: 'final' }, 'sign-in-refused']);
    expect(outcomeOf('ClientAuthError', 'never_seen')).toEqual([{ kind: 'final' }, 'unexpected']);
  });

  it('on a page are those of OAuth only', () => {
    expect(codeOfWord('unauthorized_client')).toBe('client-id-refused');
    expect(codeOfWord('consent_required')).toBe('admin-approval-needed');
    expect(codeOfWord('user_cancelled')).toBeNull();
    expect(codeOfWord('some_other_words')).toBeNull();
  });
});
