import { describe, expect, it } from 'vitest';

import { explainDns, explainTcp, explainTls, type TlsEvidence } from '../../../electron/main/doctor/reach-finding.ts';
import type { DoctorCertificate } from '../../../electron/shared/doctor.ts';

const now = Date.UTC(2026, 10, 23);
const day = 86_400_000;

const failure = (code: string, message = code): Error => Object.assign(new Error(message), { code });

const certificate = (over: Partial<DoctorCertificate> = {}): DoctorCertificate => ({
  subject: 'outlook.office365.com',
  issuer: 'Contoso Proxy CA',
  validFrom: now - 30 * day,
  validTo: now + 30 * day,
  ...over,
});

const evidence = (over: Partial<TlsEvidence>): TlsEvidence => ({
  host: 'outlook.office365.com',
  error: failure('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  firstBytes: '\u0016\u0003\u0003',
  chain: [certificate()],
  nameFits: true,
  now,
  surroundings: { clockAheadMs: null, portal: null },
  ...over,
});

const handshakeOf = (code: string): Partial<TlsEvidence> => ({ error: failure(code), chain: [] });

describe('a name that can’t be looked up', () => {
  it.each([
    ['ENOTFOUND', true, 'name-unknown'],
    ['EAI_AGAIN', true, 'name-server-silent'],
    ['ETIMEDOUT', true, 'name-server-silent'],
    // Without a network no name is known: the name isn't wrong.
    ['ENOTFOUND', false, 'no-network'],
    ['EAI_AGAIN', false, 'no-network'],
  ])('%s, network %s: %s', (code, hasNetwork, kind) => {
    expect(explainDns(failure(code), hasNetwork).cause).toEqual({ kind });
  });
});

describe('no connection', () => {
  it.each([
    ['ENETUNREACH', 'no-network'],
    ['EHOSTUNREACH', 'no-network'],
    ['ECONNREFUSED', 'port-refused'],
    ['EACCES', 'port-refused'],
    ['CONNECT_TIMEOUT', 'port-silent'],
    ['ETIMEDOUT', 'port-silent'],
  ])('%s: %s', (code, kind) => {
    expect(explainTcp(failure(code), true).cause).toEqual({ kind });
  });
});

describe('a handshake that failed', () => {
  it.each([
    ['an answer in clear', { ...handshakeOf('ERR_SSL_WRONG_VERSION_NUMBER'), firstBytes: '* OK ready' }, 'not-tls'],
    ['a version of the past', handshakeOf('ERR_SSL_UNSUPPORTED_PROTOCOL'), 'tls-too-old'],
    ['an alert for our version', handshakeOf('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), 'tls-too-old'],
    ['a reset', handshakeOf('ECONNRESET'), 'tls-cut'],
    ['silence', handshakeOf('CONNECT_TIMEOUT'), 'timed-out'],
    ['anything else of TLS', handshakeOf('ERR_SSL_INTERNAL'), 'tls-failed'],
  ] as const)('%s', (_name, over, kind) => {
    expect(explainTls(evidence(over)).cause).toEqual({ kind });
  });

  it('takes HTTP for a portal, and names where it leads', () => {
    const firstBytes = 'HTTP/1.1 302 Found\r\nLocation: http://portal.example/login\r\n';
    const over = { ...handshakeOf('ERR_SSL_WRONG_VERSION_NUMBER'), firstBytes };
    expect(explainTls(evidence(over)).cause).toEqual({ kind: 'captive-portal', host: 'portal.example' });
  });

  it('takes a foreign certificate for a portal where the sign-in service’s host redirects too', () => {
    const surroundings = { clockAheadMs: null, portal: { host: 'wifi.example' } };
    expect(explainTls(evidence({ surroundings })).cause).toEqual({ kind: 'captive-portal', host: 'wifi.example' });
  });

  it('tells a proxy, whose certificate has the right name, from a portal, whose has its own', () => {
    expect(explainTls(evidence({})).cause).toEqual({ kind: 'intercepted', issuer: 'Contoso Proxy CA' });
    const chain = [certificate({ subject: 'portal.example', issuer: 'Portal CA' })];
    expect(explainTls(evidence({ chain, nameFits: false }))).toMatchObject({
      cause: { kind: 'captive-portal', host: 'portal.example' },
      alsoPossible: ['intercepted'],
    });
  });

  it('names the last issuer of a chain', () => {
    const chain = [certificate({ issuer: 'Middle' }), certificate({ subject: 'Middle', issuer: 'Contoso Root' })];
    expect(explainTls(evidence({ chain }))).toMatchObject({
      cause: { kind: 'intercepted', issuer: 'Contoso Root' },
      alsoPossible: [],
    });
  });

  it('doesn’t rule out a server that sends no more than its own certificate', () => {
    expect(explainTls(evidence({}))).toMatchObject({
      cause: { kind: 'intercepted' },
      alsoPossible: ['chain-incomplete'],
    });
  });

  it('knows a certificate that vouches for itself, and one for another name', () => {
    const selfSigned = failure('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(explainTls(evidence({ error: selfSigned })).cause.kind).toBe('certificate-self-signed');
    const over = { error: failure('ERR_TLS_CERT_ALTNAME_INVALID'), nameFits: false };
    expect(explainTls(evidence(over)).cause).toEqual({
      kind: 'certificate-wrong-name',
      name: 'outlook.office365.com',
    });
  });
});

describe('a certificate out of its time', () => {
  const expired = { error: failure('CERT_HAS_EXPIRED'), chain: [certificate({ validTo: now - day })] };

  it('is the clock’s fault where another host says so and it holds by that time', () => {
    const surroundings = { clockAheadMs: 2 * day, portal: null };
    expect(explainTls(evidence({ ...expired, surroundings }))).toMatchObject({
      cause: { kind: 'clock-wrong', aheadMs: 2 * day },
    });
  });

  it('is the server’s fault where the clock is right, or its being wrong explains nothing', () => {
    for (const clockAheadMs of [0, 60_000, day / 2, -2 * day]) {
      const surroundings = { clockAheadMs, portal: null };
      expect(explainTls(evidence({ ...expired, surroundings })).cause).toEqual({
        kind: 'certificate-expired',
        at: now - day,
      });
    }
  });

  it('may be either where nobody says the time', () => {
    expect(explainTls(evidence(expired))).toMatchObject({
      cause: { kind: 'certificate-expired' },
      alsoPossible: ['clock-wrong'],
    });
    const early = { error: failure('CERT_NOT_YET_VALID'), chain: [certificate({ validFrom: now + day })] };
    expect(explainTls(evidence(early))).toMatchObject({
      cause: { kind: 'certificate-not-yet-valid', at: now + day },
      alsoPossible: ['clock-wrong'],
    });
  });
});
