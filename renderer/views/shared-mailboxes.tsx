import { makeStyles } from '@fluentui/react-components';

import type { AccountSnapshot, SharedMailboxSnapshot } from '../../electron/shared/snapshot.ts';
import { useCommands } from '../commands.tsx';
import { SharedMailboxRow } from '../components/shared-mailbox-row.tsx';
import { errorReport } from '../error-facts.ts';
import { useSnapshot, useWords } from '../services.tsx';
import type { FocusHeir } from '../use-focus-heir.ts';

const useStyles = makeStyles({
  // As far in as the account's name.
  list: {
    margin: 0,
    padding: '4px 0 0 54px',
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: '14px',
    '@media (max-width: 480px)': { paddingInlineStart: '12px' },
  },
});

/** The shared mailboxes of an account; nothing where there are none. */
export function SharedMailboxes({ account, heir }: { account: AccountSnapshot; heir: FocusHeir }) {
  const styles = useStyles();
  const words = useWords();
  const snapshot = useSnapshot();
  const { run } = useCommands();
  if (account.sharedMailboxes.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={words.t('window.sharedMailboxes.listLabel', { address: account.address })}>
      {account.sharedMailboxes.map((mailbox) => (
        <SharedMailboxRow
          key={mailbox.id}
          mailbox={mailbox}
          delegate={account.address}
          isTroubleKnown={isSameTrouble(mailbox, account)}
          focusRequest={mailbox.id === snapshot.focusedAccountId ? snapshot.focusRequest : null}
          words={words}
          heir={heir}
          onTryNow={async () => run('account.checkNow', { accountId: mailbox.id })}
          onSetMuted={(muted) => {
            void run('mailbox.setMuted', { mailboxId: mailbox.id, muted });
          }}
          onRemove={() => {
            void run('mailbox.remove', { mailboxId: mailbox.id });
          }}
          onCopyDetails={async () =>
            'error' in mailbox.state &&
            (await run('clipboard.write', { text: errorReport(mailbox.state.error, snapshot.appVersion) }))
          }
          onCopy={async (text) => run('clipboard.write', { text })}
        />
      ))}
    </ul>
  );
}

/** A network that is down needn't be told once more for each mailbox. */
function isSameTrouble(mailbox: SharedMailboxSnapshot, { state }: AccountSnapshot): boolean {
  return 'error' in mailbox.state && 'error' in state && mailbox.state.error.code === state.error.code;
}
