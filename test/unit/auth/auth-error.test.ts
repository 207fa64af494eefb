import { describe, expect, it } from 'vitest';
import { BrowserFailure, classifyAuthError, isRefreshTokenDead } from '../../../electron/main/auth/auth-error.ts';
import { AuthFailure } from '../../../electron/main/auth/auth-types.ts';
import { explainedNumbers } from '../../../electron/main/auth/error-table.ts';
import { safeDetail } from '../../../electron/main/auth/error-detail.ts';
import { TransportFailure } from '../../../electron/main/auth/transport-failure.ts';

const nothing = { transport: null, discovery: null };
const at = 1_000;

/** An error as MSAL throws it. */
function msalError(name: string, errorCode: string, more: Readonly<Record<string, string>> = {}): Error {
  const error = new Error(`${errorCode}: ${more['errorMessage'] ?? ''}`);
  error.name = name;
  return Object.assign(error, { errorCode, errorMessage: '', subError: '', ...more });
}

describe('the remedy', () => {
  it.each([
    ['InteractionRequiredAuthError', 'anything_at_all', 'interactive', 'sign-in-expired'],
    ['ServerError', 'invalid_grant', 'interactive', 'sign-in-expired'],
    ['ServerError', 'access_denied', 'final', 'consent-refused'],
    ['ServerError', 'invalid_client', 'final', 'client-id-refused'],
    ['ServerError', 'unauthorized_client', 'final', 'client-id-refused'],
    ['ServerError', 'temporarily_unavailable', 'transient', 'identity-unavailable'],
    ['ServerError', 'never_seen_before', 'final', 'sign-in-refused'],
    ['ClientAuthError', 'network_error', 'transient', 'network-unreachable'],
    ['ClientAuthError', 'endpoints_resolution_error', 'final', 'identity-misconfigured'],
    ['ClientConfigurationError', 'never_seen_before', 'final', 'identity-misconfigured'],
    ['ClientAuthError', 'never_seen_before', 'final', 'unexpected'],
  ])('of %s %s is %s, said as %s', (name, errorCode, remedy, code) => {
    const failure = classifyAuthError(msalError(name, errorCode), nothing, at);
    expect(failure.remedy.kind).toBe(remedy);
    expect(failure.info.code).toBe(code);
  });

  it('never follows from an AADSTS number, which only chooses the words', () => {
    const errorMessage = 'AADSTS90033: A transient error has occurred.';
    const failure = classifyAuthError(msalError('ServerError', 'invalid_grant', { errorMessage }), nothing, at);
    expect(failure.remedy).toEqual({ kind: 'interactive' });
    expect(failure.info).toMatchObject({ code: 'identity-unavailable', aadsts: '90033' });
  });

  it('of what the network met is told by its cause, which MSAL hides', () => {
    const hidden = msalError('ClientAuthError', 'endpoints_resolution_error');
    const of = (transport: TransportFailure) => classifyAuthError(hidden, { transport, discovery: null }, at);
    expect(of(new TransportFailure('certificate', 'CERT_HAS_EXPIRED')).info.code).toBe('certificate-untrusted');
    expect(of(new TransportFailure('dns', 'ENOTFOUND')).info.code).toBe('dns-failed');
    expect(of(new TransportFailure('timeout', 'no answer')).info.code).toBe('timed-out');
    expect(of(new TransportFailure('unavailable', 'HTTP 429', { retryAfterMs: 7 })).remedy).toEqual({
      kind: 'transient',
      retryAfterMs: 7,
    });
    expect(of(new TransportFailure('aborted', 'given up')).remedy).toEqual({ kind: 'final' });
  });

  it('of an answer is not mistaken for an earlier trouble on the way', () => {
    const transport = new TransportFailure('dns', 'ENOTFOUND');
    const failure = classifyAuthError(msalError('ServerError', 'access_denied'), { transport, discovery: null }, at);
    expect(failure.info.code).toBe('consent-refused');
  });

  it('is kept where there is one already', () => {
    const failure = new AuthFailure({ code: 'dns-failed', at }, { kind: 'final' });
    expect(classifyAuthError(failure, nothing, 2)).toBe(failure);
  });

  it('while somebody signs in is never that a session is over, and an unknown number has its own answer', () => {
    const refused = (errorMessage: string, isSigningIn: boolean) => {
      const error = msalError('InteractionRequiredAuthError', 'interaction_required', { errorMessage });
      return classifyAuthError(error, nothing, at, isSigningIn);
    };
    expect(refused('AADSTS1234567: New.', true).info).toMatchObject({
      ...{ code: 'sign-in-refused', explanation: 'unknown-number', aadsts: '1234567' },
    });
    expect(refused('No number.', true).info.code).toBe('sign-in-refused');
    expect(refused('AADSTS50076: Second factor.', true).info).toMatchObject({
      ...{ code: 'sign-in-refused', explanation: 'mfa-needed' },
    });
    expect(refused('AADSTS1234567: New.', true).remedy).toEqual({ kind: 'interactive' });
    expect(refused('AADSTS1234567: New.', false).info.code).toBe('sign-in-expired');
  });

  it('of a browser that cannot be opened, and of surprises, is final', () => {
    expect(classifyAuthError(new BrowserFailure('x'), nothing, at).info).toEqual({ code: 'browser-failed', at });
    const surprise = classifyAuthError(new TypeError('secret words'), nothing, at);
    expect(surprise.info).toEqual({ code: 'unexpected', at, detail: 'TypeError' });
    expect(classifyAuthError('not even an error', nothing, at).info.code).toBe('unexpected');
  });
});

describe('the course of the program', () => {
  const classes = ['ServerError', 'InteractionRequiredAuthError', 'ClientAuthError', 'ClientConfigurationError'];
  const words = ['invalid_grant', 'access_denied', 'invalid_client', 'server_error', 'interaction_required', 'novel'];
  const cases = classes.flatMap((name) => words.map((word) => [name, word] as const));

  it.each(cases)('doesn’t change with the number: %s %s', (name, errorCode) => {
    const of = (errorMessage: string) => {
      const error = msalError(name, errorCode, { errorMessage });
      const { remedy } = classifyAuthError(error, nothing, at);
      return { remedy, dead: isRefreshTokenDead(error) };
    };
    const without = of('');
    for (const number of [...explainedNumbers, '1234567']) {
      expect([number, of(`AADSTS${number}: It was refused.`)]).toEqual([number, without]);
    }
  });
});

describe('a refused refresh token', () => {
  it('is dead unless it is a rule that asks for the person', () => {
    expect(isRefreshTokenDead(msalError('ServerError', 'invalid_grant'))).toBe(true);
    expect(isRefreshTokenDead(msalError('ServerError', 'server_error'))).toBe(false);
    const bad = msalError('InteractionRequiredAuthError', 'invalid_grant', { subError: 'bad_token' });
    expect(isRefreshTokenDead(bad)).toBe(true);
    const rule = msalError('InteractionRequiredAuthError', 'invalid_grant', { subError: 'basic_action' });
    expect(isRefreshTokenDead(rule)).toBe(false);
    expect(isRefreshTokenDead(new Error('x'))).toBe(false);
  });
});

describe('the ids to copy', () => {
  const correlationId = '6f1f2a50-7f0c-4a58-9d8e-0d6c1d0f6f9e';
  const traceId = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

  it('are those of the answer, also where MSAL hides it', () => {
    const hidden = msalError('ClientAuthError', 'endpoints_resolution_error');
    const ids = { correlationId, traceId };
    const discovery = { status: 400, aadsts: '90002', detail: 'Tenant not found.', ...ids };
    expect(classifyAuthError(hidden, { transport: null, discovery }, at).info).toMatchObject({
      aadsts: '90002',
      ...ids,
    });
    const transport = new TransportFailure('unavailable', 'HTTP 503', { ids });
    expect(classifyAuthError(hidden, { transport, discovery: null }, at).info).toMatchObject(ids);
    const said = { correlationId: correlationId.toUpperCase(), errorMessage: `Refused. Trace ID: ${traceId}` };
    expect(classifyAuthError(msalError('ServerError', 'x', said), nothing, at).info).toMatchObject(ids);
  });

  it.each(['x'.repeat(301), 'eyJhbGciOiJSUzI1NiJ9', `${correlationId}\n`, '\u202e'])(
    'are ids, or none: %j',
    (wrong) => {
      const error = msalError('ServerError', 'x', { correlationId: wrong });
      expect(classifyAuthError(error, nothing, at).info).not.toHaveProperty('correlationId');
    },
  );
});

describe('the detail to copy', () => {
  it("is Microsoft's sentence out of MSAL's wrapping", () => {
    const wrapped =
      'Error(s): 50173 - Timestamp: 2026-11-22 20:36:00Z - Description: AADSTS50173: The grant is expired. ' +
      'Trace ID: 1b4e28ba-2fa1-41d2-883f-0016d3cca427 - Correlation ID: x - Trace ID: y';
    expect(safeDetail(wrapped)).toBe('AADSTS50173: The grant is expired.');
  });

  it('is one line of at most 300 characters without anything like a token', () => {
    const token = `eyJ${'a'.repeat(40)}.eyJ${'b'.repeat(40)}.${'c'.repeat(43)}`;
    const detail = safeDetail(`first\r\nsecond ${token} and 0.${'Ab3_'.repeat(30)} ${'word '.repeat(100)}`);
    expect(detail).toMatch(/^first second \[removed\] and 0\.\[removed\] word/u);
    expect(detail.length).toBeLessThanOrEqual(300);
    const guid = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
    expect(safeDetail(`Application ${guid}`)).toBe(`Application ${guid}`);
  });
});
