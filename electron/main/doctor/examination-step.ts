import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { DoctorFacts, DoctorFinding, DoctorRemark } from '../../shared/doctor.ts';
import type { ImapEndpoint } from '../../shared/profile.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import type { AccessToken } from '../auth/auth-types.ts';
import type { Clock } from '../clock.ts';
import type { Dial } from '../network/dial.ts';

/** What an examination needs of the rest of Tidings. */
export interface ExaminationDeps {
  readonly clock: Clock;
  readonly clientVersion: string;
  /** How a server is reached; without a proxy unless given. */
  readonly dial?: Dial;
  /** The proxy that leads to a host, for people; null for none. None unless given. */
  readonly proxyFor?: (target: ImapEndpoint) => Promise<string | null>;
  /** PEM certificates to trust for a profile's `extraCaFile`; undefined for Node's own default. */
  readonly loadCa: (extraCaFile: string | null) => Promise<readonly string[] | undefined>;
  /** A token as the watching gets it: from the cache, or silently renewed. */
  readonly acquireToken: (account: AccountRecord) => Promise<AccessToken>;
  /** What a rejection of `acquireToken` is in words, for that account. */
  readonly explainTokenError: (error: unknown, accountId: string) => AppErrorInfo;
  /** Whether the machine has a network, as far as is known. */
  readonly isOnline: () => boolean;
  /** Whether the account's own connection is open now. */
  readonly isWatching: (accountId: string) => boolean;
  /** Where the sign-in service's host is asked in clear; at port 80 unless given. */
  readonly plainOrigin?: (authority: string) => string;
}

/** How a step ended. */
export type StepEnd =
  | { readonly kind: 'passed'; readonly facts: DoctorFacts; readonly remarks: readonly DoctorRemark[] }
  | { readonly kind: 'failed'; readonly facts: DoctorFacts | null; readonly finding: DoctorFinding };

/** One step: ends early when the signal says so. */
export type StepWork = (signal: AbortSignal) => Promise<StepEnd>;

export function passed(facts: DoctorFacts, remarks: readonly DoctorRemark[] = []): StepEnd {
  return { kind: 'passed', facts, remarks };
}

export function failed(found: DoctorFinding, facts: DoctorFacts | null = null): StepEnd {
  return { kind: 'failed', facts, finding: found };
}
