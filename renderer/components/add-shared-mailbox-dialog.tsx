import { useState, type SubmitEvent } from 'react';
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  tokens,
} from '@fluentui/react-components';

import type { AppErrorCode } from '../../electron/shared/app-error.ts';
import { checkSharedAddress, maxAddressLength } from '../../electron/shared/shared-mailbox.ts';
import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  surface: { width: 'calc(100vw - 32px)', maxWidth: '520px', borderRadius: tokens.borderRadiusXLarge },
  content: { display: 'flex', flexDirection: 'column', gap: '16px', textWrap: 'pretty' },
  intro: { margin: 0, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
  actions: { paddingTop: '8px', '@media (min-width: 481px)': { justifyContent: 'flex-end' } },
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
    <Dialog
      open
      onOpenChange={(_, data) => {
        if (!data.open) {
          onClose();
        }
      }}
    >
      <DialogSurface className={styles.surface}>
        <form
          noValidate
          onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
            event.preventDefault();
            void submit();
          }}
        >
          <DialogBody>
            <DialogTitle>{t('window.sharedMailboxes.title')}</DialogTitle>
            <DialogContent className={styles.content}>
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
            </DialogContent>
            <DialogActions fluid className={styles.actions}>
              <Button onClick={onClose}>{t('window.common.cancel')}</Button>
              <Button type="submit" appearance="primary" disabledFocusable={busy}>
                {t('window.sharedMailboxes.confirm')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
