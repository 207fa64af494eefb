import { useState } from 'react';

import { useCommands } from '../commands.tsx';
import type { ApprovalScreen } from '../screen.ts';
import { useSnapshot } from '../services.tsx';

type Open = ApprovalScreen & {
  /** The snapshot's when it was opened. */
  readonly focusRequest: number;
};

/** What to send to an administrator, opened by a person at any time: a state of this window only. */
export function useApproval() {
  const { approvals, signIn, focusedAccountId, focusRequest } = useSnapshot();
  const { run, send } = useCommands();
  const [open, setOpen] = useState<Open | null>(null);

  const close = (): void => {
    setOpen(null);
  };
  if (open !== null) {
    // The account that signed in, or that a notification asks for, must not stay hidden behind it.
    const isOvertaken = open.focusRequest !== focusRequest && focusedAccountId !== null;
    if (isOvertaken) {
      close();
    }
  }
  const show = (approvalId: string | null): void => {
    setOpen({ kind: 'approval', approvalId, focusRequest });
  };
  /** Lists the account and shows its letter; resolves to whether that succeeded. */
  const ask = async (address: string | null, accountId: string | null): Promise<boolean> => {
    const answer = await send('approval.ask', { address, accountId });
    if (answer.ok) {
      show(answer.value);
    }
    return answer.ok;
  };
  /** A sign-in under way is ended, one that is over is left: an approval is what it needs. */
  const leaveSignIn = async (): Promise<boolean> => {
    if (signIn.kind === 'waiting' && !(await run('signIn.cancel', {}))) {
      return false;
    }
    return signIn.kind === 'idle' || signIn.kind === 'other-account' || run('signIn.dismiss', {});
  };

  return {
    // Until the snapshot has it, and once it has left the list, there is nothing to show.
    screen:
      open === null || open.approvalId === null || approvals.some(({ id }) => id === open.approvalId) ? open : null,
    show,
    /** For whom the sign-in on screen is; asks for the address where that isn't known. */
    askForSignIn: async (): Promise<void> => {
      if (signIn.kind === 'idle' || signIn.kind === 'other-account') {
        return;
      }
      const { accountId, approvalId } = signIn;
      if (!(await leaveSignIn())) {
        return;
      }
      if (accountId === null) {
        show(approvalId ?? null);
      } else {
        await ask(null, accountId);
      }
    },
    ask,
    /** Tries the sign-in once more. What becomes of it is on screen then, and not the letter. */
    checkAgain: async (approvalId: string): Promise<void> => {
      if (await run('approval.checkAgain', { approvalId })) {
        close();
      }
    },
    close,
  };
}
