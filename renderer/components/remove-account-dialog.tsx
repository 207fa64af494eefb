import { makeStyles, tokens } from '@fluentui/react-components';

import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import { consentPagesOf, type ConsentPage } from '../consent-pages.ts';
import type { Words } from '../words.ts';
import { ActionButton } from './action-button.tsx';
import { ConsentLinks } from './consent-links.tsx';
import { QuestionDialog } from './question-dialog.tsx';

const useStyles = makeStyles({
  text: { margin: 0, overflowWrap: 'anywhere' },
  remark: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Props of {@link RemoveAccountDialog}. */
export interface RemoveAccountDialogProps {
  readonly account: AccountSnapshot;
  readonly words: Words;
  readonly onConfirm: () => Promise<unknown>;
  readonly onOpenConsents: (page: ConsentPage) => void;
  readonly onClose: () => void;
}

/** Asks before an account is removed, saying what is deleted and what isn't. */
export function RemoveAccountDialog(props: RemoveAccountDialogProps) {
  const styles = useStyles();
  const { account, words, onConfirm, onOpenConsents, onClose } = props;
  const { t } = words;
  return (
    <QuestionDialog
      title={t('window.remove.title')}
      words={words}
      actions={<ActionButton appearance="primary" label={t('window.remove.confirm')} onAct={onConfirm} />}
      onClose={onClose}
    >
      <p className={styles.text}>{t('window.remove.text', { address: account.address })}</p>
      <p className={styles.remark}>
        {t('window.remove.revoke')}{' '}
        <ConsentLinks pages={consentPagesOf([account])} words={words} onOpen={onOpenConsents} />
      </p>
    </QuestionDialog>
  );
}
