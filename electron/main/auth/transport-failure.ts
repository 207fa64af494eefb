import type { AppErrorCode } from '../../shared/app-error.ts';
import { isCertificateCode } from '../network/certificate-issuer.ts';
import { type ProxyErrorCode, ProxyFailure } from '../network/proxy-failure.ts';

/** What went wrong between this computer and the identity provider, below OAuth. */
export type TransportProblem =
  /** The caller gave up. */
  | 'aborted'
  | 'dns'
  | 'certificate'
  | 'timeout'
  | 'unreachable'
  | ProxyErrorCode
  /** HTTP 429 or 5xx, or an answer that isn't the provider's (HTML, a redirect, far too long). */
  | 'unavailable';

/** By what an administrator finds one answer in Microsoft's log; null where it named none. */
export interface AnswerIds {
  readonly correlationId: string | null;
  readonly traceId: string | null;
}

/** An answer that named no ids, or none at all. */
export const noIds: AnswerIds = { correlationId: null, traceId: null };

/** The facts of a failed HTTP exchange. MSAL replaces such errors by its own, so they are kept beside the call. */
export class TransportFailure extends Error {
  readonly problem: TransportProblem;
  /** How long the other side asks to be left alone, ms; null where it said nothing. */
  readonly retryAfterMs: number | null;
  readonly aadsts: string | null;
  readonly ids: AnswerIds;

  constructor(
    problem: TransportProblem,
    detail: string,
    more: { retryAfterMs?: number | null; aadsts?: string | null; ids?: AnswerIds; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.name = 'TransportFailure';
    this.problem = problem;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.aadsts = more.aadsts ?? null;
    this.ids = more.ids ?? noIds;
  }
}

const codes: Readonly<Record<TransportProblem, AppErrorCode>> = {
  aborted: 'sign-in-cancelled',
  dns: 'dns-failed',
  certificate: 'certificate-untrusted',
  timeout: 'timed-out',
  unreachable: 'network-unreachable',
  unavailable: 'identity-unavailable',
  'proxy-unreachable': 'proxy-unreachable',
  'proxy-sign-in-refused': 'proxy-sign-in-refused',
  'proxy-sign-in-unsupported': 'proxy-sign-in-unsupported',
  'proxy-refused': 'proxy-refused',
  'proxy-no-way': 'proxy-no-way',
  'proxy-untrusted': 'proxy-untrusted',
  'proxy-password-unavailable': 'proxy-password-unavailable',
};

/** The words for a problem. */
export function codeOfTransport(problem: TransportProblem): AppErrorCode {
  return codes[problem];
}

const dnsCodes: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const timeoutCodes: ReadonlySet<string> = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'CONNECT_TIMEOUT']);

/** Sorts an error of Node's sockets, DNS or TLS. The detail is its code, which holds no address. */
export function transportFailureOf(error: unknown): TransportFailure {
  if (error instanceof TransportFailure) return error;
  if (error instanceof ProxyFailure) return new TransportFailure(error.code, error.message, { cause: error });
  const code = firstCode(error);
  if (code === null) return new TransportFailure('unreachable', 'no connection', { cause: error });
  if (dnsCodes.has(code)) return new TransportFailure('dns', code, { cause: error });
  if (timeoutCodes.has(code)) return new TransportFailure('timeout', code, { cause: error });
  if (isCertificateCode(code)) {
    const issuer = error instanceof Error && 'issuer' in error ? `, issued by ${String(error.issuer)}` : '';
    return new TransportFailure('certificate', `${code}${issuer}`, { cause: error });
  }
  return new TransportFailure('unreachable', code, { cause: error });
}

/** The system's code; of an AggregateError (one error an address tried) the first one's. */
function firstCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) {
    for (const inner of error.errors) {
      const code = firstCode(inner);
      if (code !== null) return code;
    }
  }
  return null;
}

/** No server is believed when it asks for more than a day. */
const maxRetryAfterMs = 86_400_000;

/** `Retry-After` in ms from `now`: seconds or an HTTP date (RFC 9110 section 10.2.3). Null when absent or senseless. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const ms = /^\d{1,10}$/u.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  if (!Number.isFinite(ms)) return null;
  return Math.min(Math.max(ms, 0), maxRetryAfterMs);
}
