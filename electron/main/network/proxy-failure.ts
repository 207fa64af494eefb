/** What a proxy did, or didn't. */
export type ProxyProblem =
  /** Not found, not there, or it didn't answer. */
  | 'unreachable'
  /** It wants a user name and password: none is set, or these are wrong (HTTP 407). */
  | 'sign-in-refused'
  /** It takes only ways of signing in that Tidings doesn't have (NTLM, Kerberos). */
  | 'sign-in-unsupported'
  /** It doesn't let anybody through to this host or port. */
  | 'refused'
  /** Spoken to by TLS, it shows a certificate that nobody known vouches for, or another host's. */
  | 'untrusted'
  /** The password for it can't be had now: the keyring is locked, isn't there or waits for the person. */
  | 'password-unavailable'
  /** It would, but couldn't reach the host itself. */
  | 'no-way';

/** The {@link ProxyProblem} as an AppErrorCode. */
export type ProxyErrorCode = `proxy-${ProxyProblem}`;

/** A connection that failed at a proxy. The message holds neither user name nor password. */
export class ProxyFailure extends Error {
  readonly problem: ProxyProblem;

  constructor(problem: ProxyProblem, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'ProxyFailure';
    this.problem = problem;
  }

  /** The words for it. */
  get code(): ProxyErrorCode {
    return `proxy-${this.problem}`;
  }
}

/** Before the proxy was spoken to. */
export function proxyUnreachable(error: unknown): ProxyFailure {
  return new ProxyFailure('unreachable', `proxy: ${codeOf(error)}`, { cause: error });
}

/** `error`: of TLS with the proxy itself, with who issued its certificate as `issuer` where that is known. */
export function proxyUntrusted(error: unknown): ProxyFailure {
  const issuer = error instanceof Error && 'issuer' in error ? `, issued by ${String(error.issuer)}` : '';
  return new ProxyFailure('untrusted', `proxy: ${codeOf(error)}${issuer}`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer';
}
