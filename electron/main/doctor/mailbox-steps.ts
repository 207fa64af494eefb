import type { DoctorStepName } from '../../shared/doctor.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import { accountKindOf } from '../accounts/account-kind.ts';
import { createExamination, type ImapExamination } from '../imap/imap-examination.ts';
import { classifyImapError } from '../imap/imap-error.ts';
import { cleanText } from '../clean-text.ts';
import { type ExaminationDeps, failed, passed, type StepEnd, type StepWork } from './examination-step.ts';
import { explainMailbox, type MailboxEvidence } from './mailbox-finding.ts';
import type { TokenStep } from './token-step.ts';

const maxCapabilities = 60;
const maxCapability = 40;
/** The one that is watched. */
const watchedMailbox = 'INBOX';

/** What only the mail server itself can say, on one connection. */
export class MailboxSteps {
  readonly steps: readonly (readonly [DoctorStepName, StepWork])[];
  readonly #account: AccountRecord;
  readonly #deps: ExaminationDeps;
  readonly #token: TokenStep;
  #examination: ImapExamination | null = null;

  constructor(account: AccountRecord, deps: ExaminationDeps, token: TokenStep) {
    this.#account = account;
    this.#deps = deps;
    this.#token = token;
    this.steps = [
      this.#step('sign-in', (examination) => this.#signIn(examination)),
      this.#step('capabilities', (examination) => readCapabilities(examination)),
      this.#step('mailbox', (examination) => openMailbox(examination)),
      this.#step('push', (examination) => waitForPush(examination)),
    ];
  }

  /** Logs out and closes, within `timeoutMs` (ms). Never rejects. */
  async end(timeoutMs: number): Promise<void> {
    await this.#examination?.end(timeoutMs);
  }

  #step(
    name: MailboxEvidence['step'],
    work: (examination: ImapExamination) => Promise<StepEnd>,
  ): readonly [DoctorStepName, StepWork] {
    return [
      name,
      async (signal) => {
        const examination = (this.#examination ??= this.#open(signal));
        try {
          return await work(examination);
        } catch (error) {
          return failed(explainMailbox(this.#evidence(name, error)));
        }
      },
    ];
  }

  #open(signal: AbortSignal): ImapExamination {
    const { clock, clientVersion, dial } = this.#deps;
    const { address, profile } = this.#account;
    return createExamination({
      endpoint: profile.imap,
      credentials: { user: address, accessToken: this.#token.token.token },
      ca: this.#token.ca,
      signal,
      clock,
      clientVersion,
      ...(dial === undefined ? {} : { dial }),
    });
  }

  async #signIn(examination: ImapExamination): Promise<StepEnd> {
    await examination.signIn();
    return passed({ step: 'sign-in', user: this.#account.address });
  }

  #evidence(step: MailboxEvidence['step'], error: unknown): MailboxEvidence {
    const { address, homeAccountId, id, profile } = this.#account;
    const { claims, clockAheadMs } = this.#token;
    return {
      step,
      failure: classifyImapError(error, this.#deps.clock.now(), profile.imap),
      responseCode: responseCodeOf(error),
      mailbox: watchedMailbox,
      user: address,
      accountKind: accountKindOf(homeAccountId),
      owner: claims.owner,
      isOthers: claims.homeAccountId === null ? null : claims.homeAccountId !== homeAccountId,
      isWatching: this.#deps.isWatching(id),
      clockAheadMs,
    };
  }
}

async function readCapabilities(examination: ImapExamination): Promise<StepEnd> {
  const names = await examination.capabilities();
  const clean = names.slice(0, maxCapabilities).map((name) => cleanText(name, maxCapability));
  return passed({ step: 'capabilities', names: clean });
}

async function openMailbox(examination: ImapExamination): Promise<StepEnd> {
  const messages = await examination.examine(watchedMailbox);
  return passed({ step: 'mailbox', mailbox: watchedMailbox, messages });
}

async function waitForPush(examination: ImapExamination): Promise<StepEnd> {
  const how = await examination.push();
  return passed({ step: 'push', how }, how === 'idle' ? [] : [{ kind: 'no-push' }]);
}

/** As imapflow hands it on (RFC 5530). */
function responseCodeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('serverResponseCode' in error)) return '';
  return typeof error.serverResponseCode === 'string' ? error.serverResponseCode.toUpperCase() : '';
}
