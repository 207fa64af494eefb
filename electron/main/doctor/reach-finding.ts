import type { AppErrorCode } from '../../shared/app-error.ts';
import type { DoctorCause, DoctorPossibility, DoctorCertificate, DoctorFinding } from '../../shared/doctor.ts';
import { cleanText } from '../clean-text.ts';

/** `said` of a finding is at most this long. */
const maxSaid = 300;
/** A clock that is less far off (ms) does no harm: tokens and certificates have as much to spare. */
export const clockToleranceMs = 5 * 60_000;

export function finding(cause: DoctorCause, said = '', alsoPossible: readonly DoctorPossibility[] = []): DoctorFinding {
  return { cause, alsoPossible, said: cleanText(said, maxSaid) };
}

/** Something that the rest of Tidings has words for. */
export function knownError(code: AppErrorCode, at: number, detail: string): DoctorFinding {
  return finding({ kind: 'known-error', error: { code, at } }, detail);
}

/** Node's or the system's code of an error; empty for none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const timeoutCodes = new Set(['ETIMEDOUT', 'CONNECT_TIMEOUT', 'ESOCKETTIMEDOUT', 'EAI_AGAIN_TIMEOUT']);

/** Why a name couldn't be looked up (getaddrinfo(3)). `hasNetwork`: whether the machine has one, as far as is known. */
export function explainDns(error: unknown, hasNetwork: boolean): DoctorFinding {
  if (!hasNetwork) return finding({ kind: 'no-network' }, messageOf(error));
  const code = codeOf(error);
  const isKnownToBeNone = code === 'ENOTFOUND' || code === 'EAI_NODATA' || code === 'EAI_NONAME';
  return isKnownToBeNone
    ? finding({ kind: 'name-unknown' }, messageOf(error), ['captive-portal'])
    : finding({ kind: 'name-server-silent' }, messageOf(error), ['no-network', 'captive-portal']);
}

const noRouteCodes = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EHOSTDOWN']);

/** Why no connection came about. */
export function explainTcp(error: unknown, hasNetwork: boolean): DoctorFinding {
  const code = codeOf(error);
  const said = messageOf(error);
  if (!hasNetwork || noRouteCodes.has(code)) return finding({ kind: 'no-network' }, said);
  if (timeoutCodes.has(code)) return finding({ kind: 'port-silent' }, said, ['captive-portal']);
  // EACCES: a firewall of this very machine.
  return finding({ kind: 'port-refused' }, said, ['captive-portal']);
}

/** What a handshake showed. */
export interface TlsEvidence {
  readonly host: string;
  /** The error it ended with. */
  readonly error: unknown;
  /** The first bytes that came, as Latin 1; empty for none. */
  readonly firstBytes: string;
  /** The server's own certificate first; empty where none came. */
  readonly chain: readonly DoctorCertificate[];
  readonly nameFits: boolean;
  /** This computer's clock, ms since the epoch. */
  readonly now: number;
  readonly surroundings: Surroundings;
}

/** What the sign-in service's host says meanwhile, which a portal or proxy answers for too. */
export interface Surroundings {
  /** This computer's clock less that host's, ms; null where it said no time. */
  readonly clockAheadMs: number | null;
  /** Something else answered in the host's place; `host`: where it sends people, null where nowhere. */
  readonly portal: { readonly host: string | null } | null;
}

export const noSurroundings: Surroundings = { clockAheadMs: null, portal: null };

const oldTlsCodes = new Set([
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
  'ERR_SSL_VERSION_TOO_LOW',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
]);
const datesCodes = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const untrustedCodes = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);
const cutCodes = new Set(['ECONNRESET', 'EPIPE', 'ENDED_EARLY']);

/** Why a handshake failed. What comes first is what is plain; what only fits comes last. */
export function explainTls(evidence: TlsEvidence): DoctorFinding {
  const { error, firstBytes, surroundings } = evidence;
  const code = codeOf(error);
  const said = messageOf(error);
  if (/^HTTP\/\d/u.test(firstBytes)) {
    return finding({ kind: 'captive-portal', host: surroundings.portal?.host ?? redirectedTo(firstBytes) }, said);
  }
  if (surroundings.portal !== null) return finding({ kind: 'captive-portal', host: surroundings.portal.host }, said);
  if (timeoutCodes.has(code)) return finding({ kind: 'timed-out' }, said, ['captive-portal']);
  if (oldTlsCodes.has(code)) return finding({ kind: 'tls-too-old' }, said);
  if (evidence.chain.length > 0) return explainCertificate(evidence, code, said);
  if (cutCodes.has(code)) return finding({ kind: 'tls-cut' }, said);
  const isTls = firstBytes === '' || /^[\u0014-\u0017]\u0003/u.test(firstBytes);
  return finding({ kind: isTls ? 'tls-failed' : 'not-tls' }, said, isTls ? [] : ['captive-portal']);
}

function explainCertificate(evidence: TlsEvidence, code: string, said: string): DoctorFinding {
  const { chain, nameFits, now, surroundings } = evidence;
  const issuer = chain.at(-1)?.issuer ?? '';
  if (datesCodes.has(code)) return explainDates(chain, now, surroundings, said);
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
    return nameFits
      ? finding({ kind: 'certificate-self-signed' }, said, ['captive-portal'])
      : finding({ kind: 'captive-portal', host: chain[0]?.subject ?? null }, said, ['certificate-self-signed']);
  }
  if (untrustedCodes.has(code)) {
    return nameFits
      ? finding({ kind: 'intercepted', issuer }, said, chain.length === 1 ? ['chain-incomplete'] : [])
      : finding({ kind: 'captive-portal', host: chain[0]?.subject ?? null }, said, ['intercepted']);
  }
  if (!nameFits) {
    return finding({ kind: 'certificate-wrong-name', name: chain[0]?.subject ?? '' }, said, ['captive-portal']);
  }
  return finding({ kind: 'tls-failed' }, said);
}

/**
 * A certificate out of its time. By whose clock: where another host's says that it is this computer that is off, and by
 * its time the certificate holds, the server is right.
 */
function explainDates(
  chain: readonly DoctorCertificate[],
  now: number,
  { clockAheadMs }: Surroundings,
  said: string,
): DoctorFinding {
  if (clockAheadMs !== null && Math.abs(clockAheadMs) >= clockToleranceMs && holdsAt(chain, now - clockAheadMs)) {
    return finding({ kind: 'clock-wrong', aheadMs: clockAheadMs }, said);
  }
  const early = chain.find(({ validFrom }) => validFrom !== null && validFrom > now);
  const isClockKnown = clockAheadMs !== null && Math.abs(clockAheadMs) < clockToleranceMs;
  const also: readonly DoctorPossibility[] = isClockKnown ? [] : ['clock-wrong'];
  if (early !== undefined) {
    return finding({ kind: 'certificate-not-yet-valid', at: early.validFrom ?? now }, said, also);
  }
  const late = chain.find(({ validTo }) => validTo !== null && validTo < now);
  return finding({ kind: 'certificate-expired', at: late?.validTo ?? now }, said, also);
}

function holdsAt(chain: readonly DoctorCertificate[], at: number): boolean {
  return chain.every(
    ({ validFrom, validTo }) => (validFrom === null || validFrom <= at) && (validTo === null || validTo >= at),
  );
}

/** The host of a `Location` header among the first bytes of an answer. */
function redirectedTo(answer: string): string | null {
  const location = /^location:\s*(\S+)/imu.exec(answer)?.[1] ?? '';
  return URL.canParse(location) ? new URL(location).hostname : null;
}
