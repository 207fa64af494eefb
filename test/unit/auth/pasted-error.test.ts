import { describe, expect, it } from 'vitest';

import { explainedNumbers } from '../../../electron/main/auth/error-table.ts';
import { explainPasted } from '../../../electron/main/auth/pasted-error.ts';

const now = Date.UTC(2026, 10, 23, 9, 0);
const trace = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const correlation = '6f1f2a50-7f0c-4a58-9d8e-0d6c1d0f6f9e';
const at = Date.UTC(2026, 10, 22, 20, 30, 5);

describe('what a person takes from an error page', () => {
  it.each([
    '65001',
    ' 65001 ',
    'AADSTS65001',
    'aadsts65001',
    'AADSTS 65001',
    'ＡＡＤＳＴＳ６５００１',
    'Error code: 65001',
    'Error Code 65001',
    '错误代码：65001',
    'AADSTS65001: The user or administrator has not consented to use the application.',
    'https://login.microsoftonline.com/error?code=65001',
    'https://login.microsoftonline.com/error?x=1&code=65001#top',
    'http://localhost:40123/?error=invalid_grant&error_description=AADSTS65001%3a+The+user+has+not+consented.&state=x',
    'https://a.example/?next=https%253A%252F%252Fb.example%252F%253Ferror_description%253DAADSTS65001%25253a',
    '{"error":"invalid_grant","error_codes":[65001],"suberror":"consent_required"}',
  ])('is explained: %s', (text) => {
    expect(explainPasted(text, now)).toMatchObject({
      code: 'admin-approval-needed',
      explanation: 'consent-missing',
      who: 'you',
      aadsts: '65001',
    });
  });

  it.each(explainedNumbers)('is explained by its number alone: %s', (number) => {
    expect(explainPasted(number, now)?.explanation).toBeDefined();
    expect(explainPasted(number, now)?.explanation).not.toBe('unknown-number');
  });

  it.each([
    [
      'the page',
      `Sorry, but we’re having trouble signing you in.\n\nAADSTS700016: Application with identifier 'x' was not found.\n` +
        `\nTroubleshooting details\nRequest Id: ${trace}\nCorrelation Id: ${correlation}\n` +
        'Timestamp: 2026-11-22T20:30:05Z\nMessage: AADSTS700016: Application with identifier',
    ],
    [
      'the description',
      `AADSTS700016: Application with identifier 'x' was not found. Trace ID: ${trace} ` +
        `Correlation ID: ${correlation} Timestamp: 2026-11-22 20:30:05Z`,
    ],
    [
      'the JSON answer',
      `{"error":"unauthorized_client","error_description":"AADSTS700016: Application with identifier 'x' was not ` +
        `found.\\r\\nTrace ID: ${trace}\\r\\nCorrelation ID: ${correlation}\\r\\nTimestamp: 2026-11-22 20:30:05Z"}`,
    ],
    [
      'the address',
      'http://localhost:1234/?error=unauthorized_client&error_description=AADSTS700016%3a+Application+with+identifier' +
        `+%27x%27+was+not+found.%0d%0aTrace+ID%3a+${trace}%0d%0aCorrelation+ID%3a+${correlation.toUpperCase()}` +
        '%0d%0aTimestamp%3a+2026-11-22+20%3a30%3a05Z&state=abc',
    ],
    [
      'the Chinese page',
      `AADSTS700016: Application with identifier 'x' was not found.\n请求 ID: ${trace}\n关联 ID: ${correlation}\n` +
        '时间戳: 2026-11-22T20:30:05.123Z',
    ],
  ])('keeps ids, time and sentence: %s', (_name, text) => {
    expect(explainPasted(text, now)).toEqual({
      code: 'client-id-refused',
      explanation: 'client-id-unknown',
      who: 'registration',
      aadsts: '700016',
      correlationId: correlation,
      traceId: trace,
      at,
      detail: "AADSTS700016: Application with identifier 'x' was not found.",
    });
  });

  it('counts as of now where the page has no time, or one that can’t be', () => {
    expect(explainPasted('AADSTS50011', now)?.at).toBe(now);
    expect(explainPasted('AADSTS50011 Timestamp: 2031-01-01 00:00:00Z', now)?.at).toBe(now);
    expect(explainPasted('AADSTS50011 Timestamp: 2026-99-99 00:00:00Z', now)?.at).toBe(now);
  });

  it('is explained by the OAuth word where a page has no number, as those for personal accounts', () => {
    expect(explainPasted('https://login.live.com/err.srf?error=unauthorized_client', now)).toMatchObject({
      code: 'client-id-refused',
      who: 'registration',
    });
    expect(explainPasted('unauthorized_client: The client does not exist.', now)?.code).toBe('client-id-refused');
  });

  it.each(['Need admin approval', 'Approval required\nThis app requires your admin’s approval', '需要管理员批准'])(
    'is explained where the page has a heading only: %s',
    (text) => {
      expect(explainPasted(text, now)).toMatchObject({ explanation: 'admin-approval', who: 'administrator' });
    },
  );

  it('has an answer for a number that nobody knows', () => {
    expect(explainPasted('AADSTS1234567', now)).toEqual({
      code: 'sign-in-refused',
      explanation: 'unknown-number',
      who: 'unknown',
      aadsts: '1234567',
      at: now,
    });
  });

  it.each(['', '   ', 'Something went wrong', 'It is 12 past 9', 'call +49 30 901820', '123', '123456789012', trace])(
    'is said to be nothing where it says nothing: %j',
    (text) => {
      expect(explainPasted(text, now)).toBeNull();
    },
  );

  it('gives nothing on of a code, a token or a state', () => {
    const secret = `0.${'AbC-_'.repeat(40)}`;
    const said = explainPasted(
      `http://localhost:1/?code=${secret}&state=${secret}&error_description=AADSTS50011:+No+match+${secret}&id_token=eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x`,
      now,
    );
    expect(said).toMatchObject({ aadsts: '50011', detail: 'AADSTS50011: No match 0.[removed]' });
    expect(JSON.stringify(said)).not.toContain('AbC-_');
  });

  it('is cleaned: one line, nothing invisible', () => {
    const said = explainPasted('AADSTS50011:\u202e evil\u0000 \u200bword', now);
    expect(said?.detail).toBe('AADSTS50011: evil word');
  });

  it.each([
    ['spaces', `AADSTS50011:${' '.repeat(200_000)}`],
    ['percent signs', `https://a.example/?${'%25'.repeat(80_000)}AADSTS50011`],
    ['half a label', 'correlation id:'.repeat(20_000)],
    ['addresses', 'https://a.example/error?a&'.repeat(10_000)],
    ['words', 'a_'.repeat(100_000)],
  ])('takes no time to be read, however long: %s', (_name, text) => {
    const before = performance.now();
    explainPasted(text, now);
    // Of quadratic patterns this would be many seconds.
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
