import { useRef, useState } from 'react';
import { makeStyles } from '@fluentui/react-components';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { PersonAdd20Regular } from '@fluentui/react-icons/svg/person-add';

import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import { useCommands } from '../commands.tsx';
import { AccountRow, type AccountRowProps } from '../components/account-row.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { Card } from '../components/card.tsx';
import { RemoveAccountDialog } from '../components/remove-account-dialog.tsx';
import { TotalUnread } from '../components/total-unread.tsx';
import { errorReport } from '../error-facts.ts';
import { useSnapshot, useWords } from '../services.tsx';
import { AwaitedApprovals, AwaitedByAccount } from './awaited-approvals.tsx';
import { AddSharedMailbox } from './add-shared-mailbox.tsx';
import { KeyringLockedHint } from './keyring-locked-hint.tsx';
import { SessionOnlyHint } from './session-only-hint.tsx';
import { SharedMailboxes } from './shared-mailboxes.tsx';
import { VaultCard } from './vault-card.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '20px' },
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '12px 24px',
    paddingTop: '8px',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  list: { margin: 0, padding: 0, listStyleType: 'none', outlineStyle: 'none' },
});

/** Props of {@link AccountsView}. */
export interface AccountsViewProps {
  /** Called in place of a sign-in when there is no client id to sign in with. */
  readonly onNeedRegistration: () => void;
  readonly onCheckConnection: (accountId: string) => void;
  /** Called once what a person pressed is gone: the keyboard focus needs another place. */
  readonly onGone: () => void;
  /** Shows what an administrator needs to approve an account. */
  readonly onShowApproval: (approvalId: string) => void;
  /** Lists an account as waiting for an administrator, and shows what they need. */
  readonly onAskAdmin: (accountId: string) => Promise<unknown>;
}

/** All accounts: what people look at. */
export function AccountsView(props: AccountsViewProps) {
  const { onNeedRegistration, onCheckConnection, onShowApproval, onAskAdmin, onGone } = props;
  const styles = useStyles();
  const words = useWords();
  const snapshot = useSnapshot();
  const { run } = useCommands();
  const list = useRef<HTMLUListElement>(null);
  const [removingId, setRemovingId] = useState<string | null>(null);
  const [addingTo, setAddingTo] = useState<string | null>(null);
  const removing = snapshot.accounts.find(({ id }) => id === removingId);

  const addAccount = async (): Promise<void> => {
    if (snapshot.registration.kind === 'missing') {
      onNeedRegistration();
    } else {
      await run('account.signIn', {});
    }
  };
  const confirmRemoval = async (accountId: string): Promise<void> => {
    const removed = await run('account.remove', { accountId });
    setRemovingId(null);
    if (removed) {
      onGone();
    }
  };
  const copyDetails = async ({ state }: AccountSnapshot): Promise<boolean> =>
    'error' in state && (await run('clipboard.write', { text: errorReport(state.error, snapshot.appVersion) }));

  const awaitedBy = ({ id }: AccountSnapshot): AccountRowProps['awaited'] => {
    const approval = snapshot.approvals.find(({ accountId }) => accountId === id);
    if (approval === undefined) return null;
    return (heir, why) => (
      <AwaitedByAccount approval={approval} heir={heir} onShow={onShowApproval} onGone={onGone}>
        {why}
      </AwaitedByAccount>
    );
  };

  return (
    <div className={styles.view}>
      <div className={styles.top}>
        <TotalUnread snapshot={snapshot} words={words} />
        <div className={styles.actions}>
          {snapshot.accounts.length === 0 ? null : (
            <ActionButton
              appearance="subtle"
              icon={<ArrowSync20Regular />}
              label={words.t('window.accounts.checkAll')}
              onAct={async () => run('account.checkNow', { accountId: null })}
            />
          )}
          <ActionButton icon={<PersonAdd20Regular />} label={words.t('window.common.addAccount')} onAct={addAccount} />
        </div>
      </div>
      {snapshot.vault.kind === 'unavailable' ? <VaultCard error={snapshot.vault.error} heir={list} /> : null}
      <Card>
        <ul ref={list} tabIndex={-1} aria-label={words.t('window.accounts.listLabel')} className={styles.list}>
          {snapshot.accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              focusRequest={account.id === snapshot.focusedAccountId ? snapshot.focusRequest : null}
              words={words}
              onCheckNow={() => {
                void run('account.checkNow', { accountId: account.id });
              }}
              onTryNow={async () => run('account.checkNow', { accountId: account.id })}
              onSignInAgain={async () => run('account.signInAgain', { accountId: account.id })}
              // Nobody administers a personal account for its owner.
              onAskAdmin={account.kind === 'personal' ? null : async () => onAskAdmin(account.id)}
              onCopyDetails={async () => copyDetails(account)}
              onAddShared={() => {
                setAddingTo(account.id);
              }}
              onCheckConnection={() => {
                onCheckConnection(account.id);
              }}
              onRemove={() => {
                setRemovingId(account.id);
              }}
              awaited={awaitedBy(account)}
            >
              <SharedMailboxes account={account} heir={list} />
            </AccountRow>
          ))}
          <AwaitedApprovals onShow={onShowApproval} onGone={onGone} />
        </ul>
      </Card>
      <SessionOnlyHint onGone={onGone} />
      <KeyringLockedHint />
      {addingTo === null ? null : (
        <AddSharedMailbox
          accountId={addingTo}
          heir={list}
          onClose={() => {
            setAddingTo(null);
          }}
        />
      )}
      {removing === undefined ? null : (
        <RemoveAccountDialog
          account={removing}
          words={words}
          onConfirm={async () => confirmRemoval(removing.id)}
          onOpenConsents={(page) => {
            void run('link.open', { link: `revoke-consent-${page}`, accountId: removing.id });
          }}
          onClose={() => {
            setRemovingId(null);
          }}
        />
      )}
    </div>
  );
}
