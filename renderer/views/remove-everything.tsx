import { useEffect } from 'react';

import { RemoveEverythingDialog } from '../components/remove-everything-dialog.tsx';
import { useCommands } from '../commands.tsx';
import { consentPagesOf } from '../consent-pages.ts';
import { useSnapshot, useWords } from '../services.tsx';
import type { FocusHeir } from '../use-focus-heir.ts';

/** Props of {@link RemoveEverything}. */
export interface RemoveEverythingProps {
  /** Gets the keyboard focus when the dialog is gone. */
  readonly heir: FocusHeir;
  readonly onClose: () => void;
}

/** Asks whether to remove everything, and has it done. */
export function RemoveEverything({ heir, onClose }: RemoveEverythingProps) {
  const words = useWords();
  const { accounts, startsAtLogin } = useSnapshot();
  const { run, send } = useCommands();
  useEffect(
    () => () => {
      heir.current?.focus();
    },
    [heir],
  );
  return (
    <RemoveEverythingDialog
      words={words}
      startsAtLogin={startsAtLogin ?? false}
      onConfirm={async (leaveTokens) => {
        const answer = await send('app.removeEverything', { leaveTokens });
        return answer.ok ? answer.value : null;
      }}
      consentPages={consentPagesOf(accounts)}
      onOpenConsents={(page) => {
        void run('link.open', { link: `revoke-consent-${page}` });
      }}
      onClose={onClose}
    />
  );
}
