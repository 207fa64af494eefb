import { describe, expect, it } from 'vitest';
import { classifyImapError } from '../../../electron/main/imap/imap-error.ts';
import { ProxyFailure } from '../../../electron/main/network/proxy-failure.ts';

const now = 1_000;

describe('classifyImapError', () => {
  it.each([
    [{ code: 'ENOTFOUND' }, 'dns-failed'],
    [{ code: 'EAI_AGAIN' }, 'dns-failed'],
    [{ code: 'ECONNREFUSED' }, 'network-unreachable'],
    [{ code: 'ENETUNREACH' }, 'network-unreachable'],
    [{ code: 'CONNECT_TIMEOUT' }, 'timed-out'],
    [{ code: 'GREETING_TIMEOUT' }, 'timed-out'],
    [{ code: 'ECONNRESET' }, 'imap-connection-lost'],
    [{ code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC' }, 'imap-connection-lost'],
    [{ code: 'ParserError4' }, 'imap-protocol'],
    [{ responseStatus: 'NO', serverResponseCode: 'UNAVAILABLE' }, 'imap-unavailable'],
    [{ code: 'ServerBye', responseText: 'Server Unavailable. 15' }, 'imap-unavailable'],
  ])('%j passes by itself and is told as %s', (error, code) => {
    expect(classifyImapError(error, now)).toMatchObject({ kind: 'passing', error: { code, at: now } });
  });

  it.each([
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ])('never goes round a certificate refused with %s', (code) => {
    expect(classifyImapError({ code }, now)).toMatchObject({
      kind: 'refused',
      error: { code: 'certificate-untrusted' },
    });
  });

  it.each(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'])(
    'takes %s for no TLS to speak of, names the place, and says nothing of certificates',
    (code) => {
      const server = { host: 'imap.contoso.example', port: 143 };
      expect(classifyImapError(Object.assign(new Error('0A00010B:SSL'), { code }), now, server)).toMatchObject({
        kind: 'refused',
        error: { code: 'imap-tls-failed', detail: `imap.contoso.example:143: ${code}` },
      });
    },
  );

  it.each(['unreachable', 'no-way', 'password-unavailable'] as const)(
    'takes a proxy for the network: %s',
    (problem) => {
      expect(classifyImapError(new ProxyFailure(problem, 'proxy: \u0007 words'), now)).toEqual({
        kind: 'passing',
        error: { code: `proxy-${problem}`, at: now, detail: 'proxy: words' },
        reach: 'unreached',
        notBeforeMs: null,
      });
    },
  );

  it.each(['sign-in-refused', 'sign-in-unsupported', 'refused', 'untrusted'] as const)(
    'asks a proxy that says no every five minutes: %s',
    (problem) => {
      expect(classifyImapError(new ProxyFailure(problem, 'proxy: HTTP 407'), now)).toEqual({
        kind: 'refused',
        error: { code: `proxy-${problem}`, at: now, detail: 'proxy: HTTP 407' },
        retryMs: 300_000,
      });
    },
  );

  it('tells a refused token from a refused mailbox', () => {
    expect(classifyImapError({ authenticationFailed: true, responseStatus: 'NO' }, now).kind).toBe('token-refused');
    expect(classifyImapError({ responseStatus: 'NO', responseText: 'No such mailbox' }, now)).toMatchObject({
      kind: 'refused',
      error: { code: 'imap-mailbox-refused', detail: 'No such mailbox' },
    });
  });

  it('does not take "authenticated but not connected" for a refused token', () => {
    const error = { authenticationFailed: true, responseText: 'User is authenticated but not connected.' };
    expect(classifyImapError(error, now)).toMatchObject({
      kind: 'refused',
      error: { code: 'imap-not-connected' },
      retryMs: 60_000,
    });
  });

  it('reads how long to wait from the text and from imapflow', () => {
    const text = 'Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    expect(classifyImapError({ responseStatus: 'BAD', responseText: text }, now)).toMatchObject({
      notBeforeMs: 92_415,
    });
    for (const tooLong of [1e30, Infinity]) {
      const failure = classifyImapError({ code: 'ETHROTTLE', throttleReset: tooLong }, now);
      expect(failure).toMatchObject({ notBeforeMs: 24 * 3_600_000 });
    }
    expect(classifyImapError({ responseText: text.replace('92415', '9'.repeat(50)) }, now)).toMatchObject({
      notBeforeMs: 24 * 3_600_000,
    });
    expect(classifyImapError({ code: 'ETHROTTLE', throttleReset: 5_000_000 }, now)).toMatchObject({
      notBeforeMs: 5_000_000,
    });
  });

  it('keeps what the server said, cleaned', () => {
    const failure = classifyImapError({ responseStatus: 'NO', responseText: 'no\r\n\u001b[31m\u202Eway' }, now);
    expect(failure.error.detail).toBe('no [31mway');
  });

  it.each([null, undefined, 'text', 42, new Error('boom')])('makes something of %s', (error) => {
    expect(classifyImapError(error, now)).toMatchObject({ kind: 'passing', error: { code: 'imap-protocol' } });
  });
});
