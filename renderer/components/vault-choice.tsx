import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import type { Words } from '../words.ts';
import { ActionButton } from './action-button.tsx';
import { ErrorDetails } from './error-details.tsx';
import { Hint } from './hint.tsx';

const useStyles = makeStyles({
  why: {
    width: '100%',
    padding: '14px 16px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    textAlign: 'start',
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
  },
  title: { ...typographyStyles.body1Strong, margin: 0 },
  text: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: '8px' },
});

/** Props of {@link VaultReason}. */
export interface VaultReasonProps {
  readonly error: AppErrorInfo;
  readonly words: Words;
  readonly onCopyDetails: () => Promise<boolean>;
}

/** Why no keyring can be used, and how to mend it. */
export function VaultReason({ error, words, onCopyDetails }: VaultReasonProps) {
  const styles = useStyles();
  return (
    <div className={styles.why}>
      <h2 className={styles.title}>{words.t(`errors.${error.code}.title`)}</h2>
      <p className={styles.text}>{words.t(`errors.${error.code}.action`)}</p>
      <ErrorDetails error={error} words={words} onCopy={onCopyDetails} />
    </div>
  );
}

/** Props of {@link VaultButtons}. */
export interface VaultButtonsProps {
  readonly words: Words;
  readonly onLookAgain: () => Promise<unknown>;
  readonly onSessionOnly: () => Promise<unknown>;
}

/** The two ways on, and what the second one means. */
export function VaultButtons({ words, onLookAgain, onSessionOnly }: VaultButtonsProps) {
  const styles = useStyles();
  return (
    <>
      <div className={styles.actions}>
        <ActionButton appearance="primary" label={words.t('window.common.lookAgain')} onAct={onLookAgain} />
        <ActionButton label={words.t('window.vault.sessionButton')} onAct={onSessionOnly} />
      </div>
      <Hint>{words.t('window.vault.sessionHint')}</Hint>
    </>
  );
}
