import { useState } from 'react';

/** Whether something is being done, and what does it: asked again meanwhile, it does nothing. `act` must not reject. */
export function useOneAtATime(): readonly [busy: boolean, once: (act: () => Promise<unknown>) => Promise<void>] {
  const [busy, setBusy] = useState(false);
  const once = async (act: () => Promise<unknown>): Promise<void> => {
    if (busy) {
      return;
    }
    setBusy(true);
    await act();
    setBusy(false);
  };
  return [busy, once];
}
