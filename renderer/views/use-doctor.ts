import { useState } from 'react';

import type { DoctorScreen } from '../screen.ts';
import { useSnapshot } from '../services.tsx';

interface OpenDoctor extends DoctorScreen {
  /** The snapshot's when it was opened. */
  readonly focusRequest: number;
}

/** Doctor and inspector, opened by a person at any time: a state of this window only. */
export function useDoctor() {
  const { accounts, signIn, focusedAccountId, focusRequest } = useSnapshot();
  const [open, setOpen] = useState<OpenDoctor | null>(null);

  const close = (): void => {
    setOpen(null);
  };
  if (open !== null) {
    // What a notification or a sign-in asks for must not stay hidden behind it.
    const isOvertaken = open.focusRequest !== focusRequest && focusedAccountId !== null;
    const isGone = open.accountId !== null && !accounts.some(({ id }) => id === open.accountId);
    if (isOvertaken || isGone || signIn.kind === 'waiting') {
      close();
    }
  }

  return {
    screen: open,
    /** For an account, or for null: for tokens only. */
    open: (accountId: string | null): void => {
      setOpen({ kind: 'doctor', accountId, focusRequest });
    },
    close,
  };
}
