import { useState } from 'react';

import { useSnapshot } from '../services.tsx';

/** The view "Network", opened by a person at any time: a state of this window only. */
export function useNetwork() {
  const { signIn, focusedAccountId, focusRequest } = useSnapshot();
  const [openedAt, setOpenedAt] = useState<number | null>(null);
  const close = (): void => {
    setOpenedAt(null);
  };
  // What a notification or a sign-in asks for must not stay hidden behind it.
  const isOvertaken = openedAt !== focusRequest && focusedAccountId !== null;
  if (openedAt !== null && (isOvertaken || signIn.kind === 'waiting')) {
    close();
  }
  return {
    isOpen: openedAt !== null,
    open: (): void => {
      setOpenedAt(focusRequest);
    },
    close,
  };
}
