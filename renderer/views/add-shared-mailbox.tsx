import { useEffect } from 'react';

import { useCommands } from '../commands.tsx';
import { AddSharedMailboxDialog } from '../components/add-shared-mailbox-dialog.tsx';
import { useSnapshot, useWords } from '../services.tsx';
import type { FocusHeir } from '../use-focus-heir.ts';

/** Props of {@link AddSharedMailbox}. */
export interface AddSharedMailboxProps {
  readonly accountId: string;
  /** Gets the keyboard focus when the dialog is gone. */
  readonly heir: FocusHeir;
  readonly onClose: () => void;
}

/** The dialog that adds a shared mailbox to an account. Whether it opens shows in the list: it is tried at once. */
export function AddSharedMailbox({ accountId, heir, onClose }: AddSharedMailboxProps) {
  const words = useWords();
  const { accounts } = useSnapshot();
  const { ask } = useCommands();
  useEffect(
    () => () => {
      heir.current?.focus();
    },
    [heir],
  );
  const account = accounts.find(({ id }) => id === accountId);
  if (account === undefined) return null;
  return (
    <AddSharedMailboxDialog
      account={account}
      accounts={accounts}
      words={words}
      onAdd={async (address) => {
        const answer = await ask('account.addSharedMailbox', { accountId: account.id, address });
        if (!answer.ok) return answer.code;
        onClose();
        return null;
      }}
      onClose={onClose}
    />
  );
}
