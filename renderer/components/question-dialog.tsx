import type { ReactNode } from 'react';
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';

import type { Words } from '../words.ts';
import { PlainForm } from './plain-form.tsx';

const useStyles = makeStyles({
  surface: { width: 'calc(100vw - 32px)', maxWidth: '520px', borderRadius: tokens.borderRadiusXLarge },
  content: { display: 'flex', flexDirection: 'column', gap: '12px', textWrap: 'pretty' },
  actions: {
    paddingTop: '8px',
    '@media (min-width: 481px)': { flexWrap: 'wrap', justifyContent: 'flex-end', whiteSpace: 'nowrap' },
  },
});

/** Props of {@link QuestionDialog}. */
export interface QuestionDialogProps {
  readonly title: string;
  /** `alert` for what can't be undone: a click beside it doesn't close it. */
  readonly modalType?: 'modal' | 'alert';
  readonly words: Words;
  /** The buttons beside "Cancel". */
  readonly actions: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** Wanted where the buttons beside "Cancel" send a form. */
  readonly onSubmit?: () => void;
}

/** The frame of a question: before something is removed, or for what is to be added. */
export function QuestionDialog(props: QuestionDialogProps) {
  const { title, modalType = 'modal', words, actions, children, onClose, onSubmit } = props;
  const styles = useStyles();
  const body = (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent className={styles.content}>{children}</DialogContent>
      <DialogActions fluid className={styles.actions}>
        <Button onClick={onClose}>{words.t('window.common.cancel')}</Button>
        {actions}
      </DialogActions>
    </DialogBody>
  );
  return (
    <Dialog
      open
      modalType={modalType}
      onOpenChange={(_, data) => {
        if (!data.open) {
          onClose();
        }
      }}
    >
      <DialogSurface className={styles.surface}>
        {onSubmit === undefined ? body : <PlainForm onSubmit={onSubmit}>{body}</PlainForm>}
      </DialogSurface>
    </Dialog>
  );
}
