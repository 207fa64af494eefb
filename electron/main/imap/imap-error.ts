import type { AppErrorCode, AppErrorInfo } from '../../shared/app-error.ts';
import { cleanText } from '../clean-text.ts';
import { ProxyFailure, type ProxyProblem } from '../network/proxy-failure.ts';
import type { WatchFailure } from './watch-failure.ts';

/** "Authenticated but not connected" passes slowly or not at all: wait at least this long (ms; fault 23). */
const notConnectedRetryMs = 60_000;
/** A refusal that only a person can mend is looked at again this often (ms). */
const refusedRetryMs = 5 * 60_000;
/** Exchange asks for hours at most; a server that asks for more would silence the account for good (ms). */
const longestThrottleMs = 24 * 3_600_000;

const dnsCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL']);
const timeoutCodes = new Set(['ETIMEDOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT', 'ETIMEOUT']);
const unreachableCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
]);
const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'NoConnection', 'EConnectionClosed', 'StateLogout']);
/** Closed by a server that was there; `ServerBye` (imap-connection.ts): it said so. */
const closedByServer = new Set(['ServerBye', 'ClosedAfterConnectTLS', 'ClosedAfterConnectText']);

/** OpenSSL's and Node's codes for a certificate that doesn't prove the server's name (Node: tls, X509 error codes). */
const certificateCode =
  /^(CERT_|ERR_TLS_CERT|ERR_SSL_(EE|CA)_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECRYPT)|INVALID_CA|HOSTNAME_MISMATCH)/u;
/** Bytes were changed on the way: OpenSSL's own finding, or the server's alert. Certificates have no part in it. */
const brokenLineCode = /^ERR_SSL_.*BAD_RECORD_MAC$/u;
/** The TLS handshake came to nothing: most often no TLS at all, as on port 143, or only one that is too old. */
const tlsCode = /^ERR_(SSL|TLS)_/u;
const notConnectedText = /authenticated but not connected/iu;
/** Dovecot's and Gmail's words; a sign-in refused for this is none that another sign-in mends (fault 24). */
const tooManyText = /(?:maximum number of|too many)(?: simultaneous| concurrent)? connections/iu;
const throttleText = /Suggested Backoff Time:\s*(\d+)\s*milliseconds/iu;

interface ImapServerName {
  readonly host: string;
  readonly port: number;
}

interface ImapErrorFacts {
  readonly code: string;
  readonly authenticationFailed: boolean;
  readonly responseStatus: string;
  readonly serverResponseCode: string;
  readonly text: string;
  readonly throttleResetMs: number | null;
}

/** Whether a server's words are about too many connections at once. */
export function saysTooManyConnections(text: string): boolean {
  return tooManyText.test(text);
}

/**
 * Says what a failed connection or command of imapflow means for the watching. `now` in ms since the epoch. `server`:
 * named where the person has to look whether it is the right one.
 */
export function classifyImapError(error: unknown, now: number, server?: ImapServerName): WatchFailure {
  if (error instanceof ProxyFailure) return classifyProxyFailure(error, now);
  const facts = readFacts(error);
  const info = (code: AppErrorCode): AppErrorInfo =>
    facts.text === '' ? { code, at: now } : { code, at: now, detail: facts.text };

  if (notConnectedText.test(facts.text)) {
    return { kind: 'refused', error: info('imap-not-connected'), retryMs: notConnectedRetryMs };
  }
  if (saysTooManyConnections(facts.text)) {
    return { kind: 'refused', error: info('imap-not-connected'), retryMs: refusedRetryMs };
  }
  const askedMs = facts.throttleResetMs ?? readThrottle(facts.text);
  const throttledForMs = askedMs === null ? null : Math.min(Math.max(0, askedMs), longestThrottleMs);
  if (throttledForMs !== null || facts.code === 'ETHROTTLE') {
    return { kind: 'passing', error: info('imap-throttled'), reach: 'answered', notBeforeMs: throttledForMs };
  }
  if (facts.serverResponseCode === 'UNAVAILABLE' || /server unavailable/iu.test(facts.text)) {
    return passing(info('imap-unavailable'));
  }
  if (facts.authenticationFailed) {
    return { kind: 'token-refused', error: info('imap-sign-in-refused') };
  }
  if (brokenLineCode.test(facts.code)) {
    return passing(info('imap-connection-lost'), 'unreached');
  }
  if (certificateCode.test(facts.code)) {
    return { kind: 'refused', error: info('certificate-untrusted'), retryMs: notConnectedRetryMs };
  }
  if (tlsCode.test(facts.code)) {
    // OpenSSL's text is for those who build it; the code says the same in a word.
    const at = server === undefined ? '' : `${server.host}:${server.port}: `;
    const told: AppErrorInfo = { code: 'imap-tls-failed', at: now, detail: cleanText(`${at}${facts.code}`, 300) };
    return { kind: 'refused', error: told, retryMs: notConnectedRetryMs };
  }
  return classifyByCode(facts, info);
}

const passingAtProxy: ReadonlySet<ProxyProblem> = new Set(['unreachable', 'no-way', 'password-unavailable']);

/** A proxy that isn't there, or has no way, is the network's trouble; what it refuses, a person has to mend. */
function classifyProxyFailure({ problem, code, message }: ProxyFailure, now: number): WatchFailure {
  const error: AppErrorInfo = { code, at: now, detail: cleanText(message, 300) };
  if (passingAtProxy.has(problem)) return passing(error, 'unreached');
  return { kind: 'refused', error, retryMs: refusedRetryMs };
}

function classifyByCode(facts: ImapErrorFacts, info: (code: AppErrorCode) => AppErrorInfo): WatchFailure {
  if (dnsCodes.has(facts.code)) {
    return passing(info('dns-failed'), 'unreached');
  }
  if (unreachableCodes.has(facts.code)) {
    return passing(info('network-unreachable'), 'unreached');
  }
  if (timeoutCodes.has(facts.code)) {
    return passing(info('timed-out'), 'unreached');
  }
  if (closedByServer.has(facts.code)) {
    return passing(info('imap-connection-lost'), 'answered');
  }
  if (lostCodes.has(facts.code)) {
    return passing(info('imap-connection-lost'), 'unreached');
  }
  if (facts.responseStatus === 'NO' || facts.responseStatus === 'BAD') {
    return { kind: 'refused', error: info('imap-mailbox-refused'), retryMs: refusedRetryMs };
  }
  return passing(info('imap-protocol'));
}

function passing(error: AppErrorInfo, reach: 'unreached' | 'answered' = 'answered'): WatchFailure {
  return { kind: 'passing', error, reach, notBeforeMs: null };
}

function readThrottle(text: string): number | null {
  const milliseconds = throttleText.exec(text)?.[1];
  return milliseconds === undefined ? null : Number(milliseconds);
}

function readFacts(error: unknown): ImapErrorFacts {
  const source: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const text = (name: string): string => {
    const value = source[name];
    return typeof value === 'string' ? value : '';
  };
  const message = error instanceof Error ? error.message : '';
  const said = [text('responseText'), text('reason'), text('response'), message].find(
    (candidate) => candidate !== '' && candidate !== 'Command failed',
  );
  const reset = source['throttleReset'];
  return {
    code: text('code'),
    authenticationFailed: source['authenticationFailed'] === true,
    responseStatus: text('responseStatus'),
    serverResponseCode: text('serverResponseCode'),
    text: cleanText(said ?? '', 300),
    throttleResetMs: typeof reset === 'number' ? reset : null,
  };
}
