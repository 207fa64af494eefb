import { describe, expect, it } from 'vitest';
import { parseRetryAfter, transportFailureOf } from '../../../electron/main/auth/transport-failure.ts';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);
const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('the cause of a failed connection', () => {
  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNREFUSED', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['EPROTO', 'unreachable'],
  ])('%s is %s', (code, problem) => {
    expect(transportFailureOf(withCode(code)).problem).toBe(problem);
  });

  it('is that of the first address where several were tried', () => {
    const error = new AggregateError([withCode('ETIMEDOUT'), withCode('ENETUNREACH')]);
    expect(transportFailureOf(error).problem).toBe('timeout');
  });

  it('is "unreachable" for anything else', () => {
    expect(transportFailureOf('what?').problem).toBe('unreachable');
  });
});

describe('Retry-After', () => {
  it.each([
    [undefined, null],
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 22 Nov 2026 12:01:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['99999999', 86_400_000],
    ['-5', 0],
    ['soon', null],
    ['', null],
  ])('%o is %o ms', (header, expected) => {
    const parsed = parseRetryAfter(header, now);
    // "-5" is no number of seconds (RFC 9110); V8 may read it as a date of the past.
    expect(header === '-5' ? (parsed ?? 0) : parsed).toBe(expected);
  });
});
