import type { AppErrorInfo } from './app-error.ts';

/** What the connection doctor looks at, in this order: each step needs all before it. */
export const doctorStepNames = ['dns', 'tcp', 'tls', 'token', 'sign-in', 'capabilities', 'mailbox', 'push'] as const;

export type DoctorStepName = (typeof doctorStepNames)[number];

/** One certificate of a server's chain; text is cleaned. */
export interface DoctorCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** ms since the epoch; null where it says none. */
  readonly validFrom: number | null;
  readonly validTo: number | null;
}

/** What a step found, also where it failed; text from outside is cleaned. Never a token. */
export type DoctorFacts =
  /** Where a proxy leads to the host, the name is the proxy's to find. */
  | {
      readonly step: 'dns';
      readonly host: string;
      readonly addresses: readonly string[];
      readonly proxy: string | null;
    }
  /** `proxy`: whose address and port these are, where one leads to the server; null for the server's own. */
  | { readonly step: 'tcp'; readonly address: string; readonly port: number; readonly proxy: string | null }
  | {
      readonly step: 'tls';
      /** `TLSv1.3`; null where there was no handshake to the end. */
      readonly version: string | null;
      /** Whether the certificate is for the server's name. */
      readonly nameFits: boolean;
      /** The server's own certificate first. */
      readonly chain: readonly DoctorCertificate[];
    }
  | {
      readonly step: 'token';
      readonly expiresAt: number;
      /** Whose token it is, as it says itself; null where it can't be read. */
      readonly owner: string | null;
      readonly audience: string | null;
      readonly scopes: readonly string[];
      /** This computer's clock less the sign-in service's, ms; null where that one said no time. */
      readonly clockAheadMs: number | null;
    }
  | { readonly step: 'sign-in'; readonly user: string }
  | { readonly step: 'capabilities'; readonly names: readonly string[] }
  | { readonly step: 'mailbox'; readonly mailbox: string; readonly messages: number }
  | { readonly step: 'push'; readonly how: 'idle' | 'polling' };

/** Causes that need no more than their name. */
export const plainCauses = [
  'name-unknown',
  'name-server-silent',
  'no-network',
  'port-refused',
  'port-silent',
  'not-tls',
  'tls-too-old',
  'tls-cut',
  'tls-failed',
  'certificate-self-signed',
  'imap-switched-off',
  'imap-switched-off-personal',
  'connection-limit',
  'sign-in-refused',
  'server-unavailable',
  'mailbox-refused',
  'push-unanswered',
  'timed-out',
  'connection-lost',
  'server-odd',
  'stopped-early',
] as const;

/** What is wrong, as a person can act on it. The words are `doctor.cause.<kind>` in the locales. */
export type DoctorCause =
  | { readonly kind: (typeof plainCauses)[number] }
  /** A page that wants a log-in, a payment or a consent answers in everybody's place; `host`: where it sends people. */
  | { readonly kind: 'captive-portal'; readonly host: string | null }
  /** A program on the way opens the encryption: its certificate is for the right name, but by its own authority. */
  | { readonly kind: 'intercepted'; readonly issuer: string }
  | { readonly kind: 'certificate-wrong-name'; readonly name: string }
  | { readonly kind: 'certificate-expired'; readonly at: number }
  | { readonly kind: 'certificate-not-yet-valid'; readonly at: number }
  /** This computer's clock is so far (ms) ahead of the true time; below 0: behind. */
  | { readonly kind: 'clock-wrong'; readonly aheadMs: number }
  /** The token is of somebody else than the mailbox that it was shown for. */
  | { readonly kind: 'wrong-user'; readonly owner: string; readonly user: string }
  /** `waitMs`: what the server asked for; null where it said nothing. */
  | { readonly kind: 'throttled'; readonly waitMs: number | null }
  | { readonly kind: 'mailbox-missing'; readonly mailbox: string }
  /** What the rest of Tidings has words for: no token, one that opens no mailbox, a proxy that refuses. */
  | { readonly kind: 'known-error'; readonly error: AppErrorInfo };

export type DoctorCauseKind = DoctorCause['kind'];

/** What an answer may also mean. */
export type DoctorPossibility =
  | 'captive-portal'
  | 'no-network'
  | 'certificate-self-signed'
  | 'intercepted'
  | 'clock-wrong'
  | 'connection-limit'
  | 'imap-just-off'
  | 'chain-incomplete'
  | 'wrong-user'
  | 'sign-in-refused';

/** Why a step failed. */
export interface DoctorFinding {
  readonly cause: DoctorCause;
  /** What fits nearly as well, most likely first: the server's answer doesn't tell them apart. */
  readonly alsoPossible: readonly DoctorPossibility[];
  /** What the other side or the system said, cleaned, at most 300 characters; empty for nothing. */
  readonly said: string;
}

/** Something that works now, and is worth knowing. */
export type DoctorRemark =
  | { readonly kind: 'clock-wrong'; readonly aheadMs: number }
  /** The certificate holds by an extra authority, of the system or the set-up: somebody on the way may read along. */
  | { readonly kind: 'inspected'; readonly issuer: string }
  | { readonly kind: 'no-push' }
  /** The token at hand is good, but a next one couldn't be had now. */
  | { readonly kind: 'sign-in-service-unreachable' };

export type DoctorStep =
  | { readonly name: DoctorStepName; readonly kind: 'running' }
  | {
      readonly name: DoctorStepName;
      readonly kind: 'passed';
      readonly ms: number;
      readonly facts: DoctorFacts;
      readonly remarks: readonly DoctorRemark[];
    }
  | {
      readonly name: DoctorStepName;
      readonly kind: 'failed';
      readonly ms: number;
      readonly facts: DoctorFacts | null;
      readonly finding: DoctorFinding;
    };

/** One examination of one account. Steps not begun aren't listed. */
export interface DoctorRun {
  readonly accountId: string;
  /** The account's mail address. */
  readonly address: string;
  /** The mail server's, `host:port`. */
  readonly server: string;
  /** ms since the epoch. */
  readonly startedAt: number;
  readonly state: 'running' | 'fine' | 'failed' | 'cancelled';
  readonly steps: readonly DoctorStep[];
}

/** What a person can do at once about a finding, where the app has a way to. */
export type DoctorFix = 'sign-in-again' | 'run-again' | null;

const mendedBySignIn: ReadonlySet<DoctorCauseKind> = new Set(['wrong-user', 'sign-in-refused']);

/** The way on that a window offers for a cause. */
export function fixOf(cause: DoctorCause): DoctorFix {
  if (mendedBySignIn.has(cause.kind)) return 'sign-in-again';
  if (cause.kind === 'known-error') return signInErrors.has(cause.error.code) ? 'sign-in-again' : 'run-again';
  return 'run-again';
}

const signInErrors: ReadonlySet<string> = new Set([
  'sign-in-expired',
  'token-cache-damaged',
  'other-account-signed-in',
]);
