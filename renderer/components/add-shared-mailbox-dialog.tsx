import { useState } from 'react';
import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';

import type { AppErrorCode } from '../../electron/shared/app-error.ts';
import { checkSharedAddress, maxAddressLength } from '../../electron/shared/shared-mailbox.ts';
import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import type { Words } from '../words.ts';
import { QuestionDialog } from './question-dialog.tsx';

const useStyles = makeStyles({
  parts: { display: 'flex', flexDirection: 'column', gap: '16px' },
  intro: { margin: 0, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
});

/** Props of {@link AddSharedMailboxDialog}. */
export interface AddSharedMailboxDialogProps {
  readonly account: AccountSnapshot;
  readonly accounts: readonly AccountSnapshot[];
  readonly words: Words;
  /** Takes an address that is in order; resolves when that is done, or with why it couldn't be. */
  readonly onAdd: (address: string) => Promise<AppErrorCode | null>;
  readonly onClose: () => void;
}

/** Asks for a shared mailbox's address; tells what is wrong with it once the person tried to add it. */
export function AddSharedMailboxDialog({ account, accounts, words, onAdd, onClose }: AddSharedMailboxDialogProps) {
  const styles = useStyles();
  const { t } = words;
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<AppErrorCode | null>(null);
  const check = checkSharedAddress(text, account.id, accounts);
  const problem = tried && !busy && !check.ok ? check.problem : null;
  const message =
    problem !== null ? (
      t(`window.sharedMailboxes.problem.${problem}`)
    ) : refusal !== null ? (
      <>
        {t(`errors.${refusal}.title`)}
        <br />
        {t(`errors.${refusal}.action`)}
      </>
    ) : null;

  const submit = async (): Promise<void> => {
    setTried(true);
    if (!check.ok || busy) {
      return;
    }
    setBusy(true);
    const failure = await onAdd(check.address);
    // The address is kept for another try.
    if (failure !== null) {
      setBusy(false);
      setRefusal(failure);
    }
  };

  return (
    <QuestionDialog
      title={t('window.sharedMailboxes.title')}
      words={words}
      actions={
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {t('window.sharedMailboxes.confirm')}
        </Button>
      }
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <div className={styles.parts}>
        <p className={styles.intro}>{t('window.sharedMailboxes.intro', { address: account.address })}</p>
        <Field
          label={t('window.sharedMailboxes.addressLabel')}
          {...(message === null ? {} : { validationMessage: message, validationState: 'error' as const })}
        >
          <Input
            type="email"
            value={text}
            maxLength={maxAddressLength}
            placeholder={t('window.sharedMailboxes.addressPlaceholder')}
            autoComplete="off"
            spellCheck={false}
            onChange={(_, data) => {
              setText(data.value);
              setRefusal(null);
            }}
          />
        </Field>
      </div>
    </QuestionDialog>
  );
}
