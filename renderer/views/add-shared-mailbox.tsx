import { useCommands } from '../commands.tsx';
import { AddSharedMailboxDialog } from '../components/add-shared-mailbox-dialog.tsx';
import { useSnapshot, useWords } from '../services.tsx';

/** Props of {@link AddSharedMailbox}. */
export interface AddSharedMailboxProps {
  /** Null while nobody asked for it. */
  readonly accountId: string | null;
  readonly onClose: () => void;
}

/** The dialog that adds a shared mailbox to an account. Whether it opens shows in the list: it is tried at once. */
export function AddSharedMailbox({ accountId, onClose }: AddSharedMailboxProps) {
  const words = useWords();
  const { accounts } = useSnapshot();
  const { run } = useCommands();
  const account = accounts.find(({ id }) => id === accountId);
  if (account === undefined) return null;
  return (
    <AddSharedMailboxDialog
      account={account}
      accounts={accounts}
      words={words}
      onAdd={async (address) => {
        await run('account.addSharedMailbox', { accountId: account.id, address });
        onClose();
      }}
      onClose={onClose}
    />
  );
}
