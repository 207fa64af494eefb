import { approvalLetter, approvalNote, type Letter } from '../../shared/approval-letter.ts';
import type { Translate } from '../../shared/locales/messages.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import type { ApprovalSnapshot } from '../../shared/snapshot.ts';
import { CommandError } from './command-error.ts';
import type { CommandHandlers } from './message-server.ts';

/** What the commands around an administrator's approval act on. */
export interface ApprovalTargets {
  readonly approvals: {
    ask(address: string | null, accountId: string | null): string;
    checkAgain(approvalId: string): void;
    remove(approvalId: string): void;
    find(approvalId: string): ApprovalSnapshot | null;
    profileOf(approvalId: string): DeploymentProfile | null;
  };
  /** Opens a new mail with the first letter that isn't too long, and resolves to that. */
  readonly openLetter: (letters: readonly Letter[]) => Promise<Letter>;
  readonly openSignInPage: (url: string, profile: DeploymentProfile) => Promise<void>;
  readonly translate: Translate;
}

type ApprovalCommands = Pick<CommandHandlers, Extract<keyof CommandHandlers, `approval.${string}`>>;

/** A window names an approval; what is opened for it is made here. */
export function createApprovalHandlers(targets: ApprovalTargets): ApprovalCommands {
  const { approvals, translate } = targets;
  const find = (approvalId: string): ApprovalSnapshot => {
    const approval = approvals.find(approvalId);
    if (approval === null) throw new CommandError('unexpected');
    return approval;
  };
  return {
    async 'approval.ask'({ address, accountId }) {
      return approvals.ask(address, accountId);
    },
    async 'approval.checkAgain'({ approvalId }) {
      approvals.checkAgain(approvalId);
      return null;
    },
    async 'approval.remove'({ approvalId }) {
      approvals.remove(approvalId);
      return null;
    },
    async 'approval.mail'({ approvalId }) {
      const approval = find(approvalId);
      const whole = approvalLetter(translate, approval);
      const opened = await targets.openLetter([whole, approvalNote(translate, approval)]);
      return opened.body === whole.body;
    },
    async 'approval.openPage'({ approvalId }) {
      const { link } = find(approvalId);
      const profile = approvals.profileOf(approvalId);
      if (profile === null) throw new CommandError('unexpected');
      await targets.openSignInPage(link, profile);
      return null;
    },
  };
}
