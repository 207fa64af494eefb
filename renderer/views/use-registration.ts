import { useState } from 'react';

import { useCommands } from '../commands.tsx';
import { useSnapshot } from '../services.tsx';

/** Whether a person asked for the set-up of a client id, and what became of it. */
type Course =
  | { readonly kind: 'closed' }
  /** `focusRequest` is the snapshot's when it was asked for. */
  | { readonly kind: 'open'; readonly focusRequest: number }
  /** A new set-up was taken, which is to be said. */
  | { readonly kind: 'taken' };

/** The set-up of a client id, opened by a person at any time: a state of this window only. */
export function useRegistration() {
  const { signIn, focusedAccountId, focusRequest } = useSnapshot();
  const { run, dismissFailure } = useCommands();
  const [course, setCourse] = useState<Course>({ kind: 'closed' });

  const close = (): void => {
    setCourse({ kind: 'closed' });
  };
  // An account that was asked for, by a notification or by its own sign-in, must not stay hidden behind the set-up.
  const isOvertaken = course.kind === 'open' && course.focusRequest !== focusRequest && focusedAccountId !== null;
  // Once the new set-up is put to use, nothing need be said of it.
  const isUsed = course.kind === 'taken' && signIn.kind === 'waiting';
  if (isOvertaken || isUsed) {
    close();
  }

  return {
    isOpen: course.kind === 'open',
    isTaken: course.kind === 'taken',
    /** Ends the sign-in under way, or leaves the one that failed, and opens the set-up; not when that can't be done. */
    open: async (): Promise<void> => {
      if ((signIn.kind === 'waiting' || signIn.kind === 'other-account') && !(await run('signIn.cancel', {}))) {
        return;
      }
      if (signIn.kind === 'idle' || (await run('signIn.dismiss', {}))) {
        setCourse({ kind: 'open', focusRequest });
      }
    },
    /** Goes back with nothing changed. */
    leave: (): void => {
      dismissFailure();
      close();
    },
    /** Goes to where an account can be added, and says that the new set-up is in use if the person asked for it. */
    take: (): void => {
      setCourse((before) => (before.kind === 'open' ? { kind: 'taken' } : before));
    },
    /** Leaves off saying so. */
    dismissTaken: close,
  };
}
