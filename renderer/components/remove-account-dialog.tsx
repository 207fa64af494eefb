import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Link,
  makeStyles,
  tokens,
} from '@fluentui/react-components';

import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import type { Words } from '../words.ts';
import { ActionButton } from './action-button.tsx';

const useStyles = makeStyles({
  surface: { width: 'calc(100vw - 32px)', maxWidth: '460px', borderRadius: tokens.borderRadiusXLarge },
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0, overflowWrap: 'anywhere' },
  remark: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Props of {@link RemoveAccountDialog}. */
export interface RemoveAccountDialogProps {
  readonly account: AccountSnapshot;
  readonly words: Words;
  readonly onConfirm: () => Promise<unknown>;
  readonly onOpenRevoke: () => void;
  readonly onClose: () => void;
}

/** Asks before an account is removed, saying what is deleted and what isn't. */
export function RemoveAccountDialog({ account, words, onConfirm, onOpenRevoke, onClose }: RemoveAccountDialogProps) {
  const styles = useStyles();
  const { t } = words;
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
        <DialogBody>
          <DialogTitle>{t('window.remove.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>{t('window.remove.text', { address: account.address })}</p>
            <p className={styles.remark}>
              {t('window.remove.revoke')}{' '}
              <Link inline as="button" onClick={onOpenRevoke}>
                {t('window.remove.revokeLink')}
              </Link>
            </p>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('window.common.cancel')}</Button>
            <ActionButton appearance="primary" label={t('window.remove.confirm')} onAct={onConfirm} />
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
