import { useState } from 'react';
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, typographyStyles } from '@fluentui/react-components';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import type { RemovalAnswer } from '../../electron/shared/commands.ts';
import type { ConsentPage } from '../consent-pages.ts';
import type { Words } from '../words.ts';
import { ActionButton } from './action-button.tsx';
import { ConsentLinks } from './consent-links.tsx';
import { QuestionDialog } from './question-dialog.tsx';

const useStyles = makeStyles({
  head: { ...typographyStyles.body1Strong, margin: 0 },
  list: {
    margin: '4px 0 0',
    paddingInlineStart: '20px',
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
  },
  detail: { ...typographyStyles.caption1, marginTop: '2px', overflowWrap: 'anywhere', userSelect: 'text' },
});

/** Props of {@link RemoveEverythingDialog}. */
export interface RemoveEverythingDialogProps {
  readonly words: Words;
  /** Whether there is an entry that starts Tidings at login, to be named among what goes. */
  readonly startsAtLogin: boolean;
  /** Null when it failed, which is on screen elsewhere then. */
  readonly onConfirm: (leaveTokens: boolean) => Promise<RemovalAnswer | null>;
  /** Where the accounts' permissions are withdrawn. */
  readonly consentPages: readonly ConsentPage[];
  readonly onOpenConsents: (page: ConsentPage) => void;
  readonly onClose: () => void;
}

/** Asks before everything is removed, saying what goes and what stays. */
export function RemoveEverythingDialog(props: RemoveEverythingDialogProps) {
  const { words, onConfirm, onClose } = props;
  const { t } = words;
  const [trouble, setTrouble] = useState<AppErrorInfo | null>(null);

  const confirm = async (leaveTokens: boolean): Promise<void> => {
    const answer = await onConfirm(leaveTokens);
    if (answer === null) {
      onClose();
    } else {
      setTrouble(answer.kind === 'tokens-out-of-reach' ? answer.error : null);
    }
  };

  return (
    <QuestionDialog
      title={t('window.removeEverything.title')}
      modalType="alert"
      words={words}
      actions={
        <>
          {trouble === null ? null : (
            <ActionButton label={t('window.removeEverything.confirmRest')} onAct={async () => confirm(true)} />
          )}
          <ActionButton
            appearance="primary"
            label={t(trouble === null ? 'window.removeEverything.confirm' : 'window.common.tryAgain')}
            onAct={async () => confirm(false)}
          />
        </>
      }
      onClose={onClose}
    >
      {trouble === null ? <Extent {...props} /> : <Trouble error={trouble} words={words} />}
    </QuestionDialog>
  );
}

/** What goes, and what stays. */
function Extent({ words, startsAtLogin, consentPages, onOpenConsents }: RemoveEverythingDialogProps) {
  const styles = useStyles();
  const { t } = words;
  return (
    <>
      <div>
        <p className={styles.head}>{t('window.removeEverything.goes')}</p>
        <ul className={styles.list}>
          <li>{t('window.removeEverything.tokens')}</li>
          <li>{t('window.removeEverything.settings')}</li>
          <li>{t('window.removeEverything.traces')}</li>
          {startsAtLogin ? <li>{t('window.removeEverything.autostart')}</li> : null}
        </ul>
      </div>
      <div>
        <p className={styles.head}>{t('window.removeEverything.stays')}</p>
        <ul className={styles.list}>
          <li>{t('window.removeEverything.mail')}</li>
          <li>
            {t('window.removeEverything.consent')}{' '}
            <ConsentLinks pages={consentPages} words={words} onOpen={onOpenConsents} />
          </li>
          <li>{t('window.removeEverything.program')}</li>
        </ul>
      </div>
    </>
  );
}

/** Why the tokens can't be deleted now, and the ways on. */
function Trouble({ error, words }: { error: AppErrorInfo; words: Words }) {
  const styles = useStyles();
  const { t } = words;
  const why = error.code === 'keyring-locked' ? 'blockedLocked' : 'blockedUnavailable';
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('window.removeEverything.blockedTitle')}</MessageBarTitle>{' '}
        {t(`window.removeEverything.${why}`)}
        <div>{t('window.removeEverything.blockedRest')}</div>
        {error.detail === undefined ? null : <div className={styles.detail}>{error.detail}</div>}
      </MessageBarBody>
    </MessageBar>
  );
}
