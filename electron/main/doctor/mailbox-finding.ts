import type { DoctorPossibility, DoctorFinding } from '../../shared/doctor.ts';
import type { AccountKind } from '../../shared/snapshot.ts';
import type { WatchFailure } from '../imap/watch-failure.ts';
import { clockToleranceMs, finding } from './reach-finding.ts';

/** What is known when a server that was reached says no. */
export interface MailboxEvidence {
  readonly step: 'sign-in' | 'capabilities' | 'mailbox' | 'push';
  /** What the error means for the watching; its `detail` is the server's text. */
  readonly failure: WatchFailure;
  /** The response code in brackets, upper case (RFC 5530); empty for none. */
  readonly responseCode: string;
  readonly mailbox: string;
  /** The name that was signed in with. */
  readonly user: string;
  readonly accountKind: AccountKind;
  /** Whose token it is, by its own words; null where it can't be read, as a personal account's. */
  readonly owner: string | null;
  /** Whether the token is another person's than the account's, by their ids; null where that can't be known. */
  readonly isOthers: boolean | null;
  /** Whether Tidings' own connection to this mailbox was open at that moment, with the same user and token. */
  readonly isWatching: boolean;
  readonly clockAheadMs: number | null;
}

const notConnected = /authenticated but not connected/iu;
const switchedOff = /(?:imap|protocol)\b.{0,40}\b(?:disabled|not enabled|switched off|blocked)|not enabled for imap/iu;
const tooMany = /(?:maximum number of|too many)(?: simultaneous| concurrent)? connections|connection limit/iu;
const missing = /(?:doesn'?t|does not) exist|no such (?:mailbox|folder)|not found|unknown mailbox/iu;

/**
 * Why a server refuses. Exchange answers "NO AUTHENTICATE failed" and "authenticated but not connected" to several
 * causes alike (observed): what else is known decides between them, and what it can't decide is said to be possible.
 */
export function explainMailbox(evidence: MailboxEvidence): DoctorFinding {
  const { failure, responseCode } = evidence;
  const said = failure.error.detail ?? '';
  if (tooMany.test(said) || responseCode === 'LIMIT') return finding({ kind: 'connection-limit' }, said);
  if (switchedOff.test(said)) return finding({ kind: imapOff(evidence) }, said);
  if (failure.error.code === 'imap-throttled') {
    const waitMs = failure.kind === 'passing' ? failure.notBeforeMs : null;
    return finding({ kind: 'throttled', waitMs }, said);
  }
  if (notConnected.test(said)) return explainNotConnected(evidence, said);
  switch (failure.error.code) {
    case 'imap-sign-in-refused':
      return explainRefusal(evidence, said);
    case 'imap-unavailable':
      return finding({ kind: 'server-unavailable' }, said);
    case 'timed-out':
      return finding({ kind: evidence.step === 'push' ? 'push-unanswered' : 'timed-out' }, said);
    case 'imap-connection-lost':
    case 'network-unreachable':
    case 'dns-failed':
      return finding({ kind: 'connection-lost' }, said);
    case 'imap-mailbox-refused':
      return explainClosedMailbox(evidence, said);
    default:
      return finding({ kind: 'server-odd' }, said);
  }
}

/** The token is in order, but the mailbox isn't opened. */
function explainNotConnected(evidence: MailboxEvidence, said: string): DoctorFinding {
  const wrongUser = explainUser(evidence, said);
  if (wrongUser !== null) return wrongUser;
  // The same user and a token of the same sign-in are being served. IMAP may just have been switched off all the same: a
  // connection that is open goes on for a while.
  if (evidence.isWatching) return finding({ kind: 'connection-limit' }, said, ['imap-just-off']);
  const others: readonly DoctorPossibility[] =
    evidence.isOthers === false ? ['connection-limit'] : ['wrong-user', 'connection-limit'];
  return finding({ kind: imapOff(evidence) }, said, others);
}

/** The login itself is refused. */
function explainRefusal(evidence: MailboxEvidence, said: string): DoctorFinding {
  const wrongUser = explainUser(evidence, said);
  if (wrongUser !== null) return wrongUser;
  const { clockAheadMs } = evidence;
  if (clockAheadMs !== null && Math.abs(clockAheadMs) >= clockToleranceMs) {
    return finding({ kind: 'clock-wrong', aheadMs: clockAheadMs }, said, ['sign-in-refused']);
  }
  // Where nothing else is wrong, this is how Exchange says that IMAP is off for the mailbox. Where the same user is being
  // served meanwhile, that can only have come about a moment ago, or it is one connection too many.
  if (evidence.isWatching) return finding({ kind: imapOff(evidence) }, said, ['connection-limit', 'sign-in-refused']);
  const also: readonly DoctorPossibility[] = evidence.isOthers === false ? [] : ['wrong-user'];
  return finding({ kind: imapOff(evidence) }, said, [...also, 'sign-in-refused']);
}

/** Who can switch it on differs. */
function imapOff({ accountKind }: MailboxEvidence): 'imap-switched-off' | 'imap-switched-off-personal' {
  return accountKind === 'personal' ? 'imap-switched-off-personal' : 'imap-switched-off';
}

function explainUser({ isOthers, owner, user }: MailboxEvidence, said: string): DoctorFinding | null {
  const isOtherName = owner !== null && owner.toLowerCase() !== user.toLowerCase();
  if (isOthers !== true && !isOtherName) return null;
  return finding({ kind: 'wrong-user', owner: owner ?? '?', user }, said);
}

function explainClosedMailbox({ step, mailbox, responseCode }: MailboxEvidence, said: string): DoctorFinding {
  if (step === 'push') return finding({ kind: 'push-unanswered' }, said);
  if (step === 'mailbox' && (responseCode === 'NONEXISTENT' || missing.test(said))) {
    return finding({ kind: 'mailbox-missing', mailbox }, said);
  }
  return finding({ kind: step === 'mailbox' ? 'mailbox-refused' : 'server-odd' }, said);
}
