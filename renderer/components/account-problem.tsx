import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { PlugDisconnected20Regular } from '@fluentui/react-icons/svg/plug-disconnected';

import type { AccountState } from '../../electron/shared/snapshot.ts';
import { useTimeText } from '../services.tsx';
import type { Words } from '../words.ts';
import { ActionButton } from './action-button.tsx';
import { ErrorDetails } from './error-details.tsx';

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: '10px',
    padding: '12px 14px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  calm: { backgroundColor: tokens.colorNeutralBackground3 },
  urgent: { backgroundColor: tokens.colorStatusDangerBackground1 },
  calmIcon: { color: tokens.colorNeutralForeground3 },
  urgentIcon: { color: tokens.colorStatusDangerForeground1 },
  words: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0 },
  title: { ...typographyStyles.body1Strong, margin: 0 },
  text: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px 12px', marginTop: '6px' },
  retry: {
    ...typographyStyles.caption1,
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
  },
});

/** A state that a person should know the reason of. */
export type ProblemState = Extract<AccountState, { error: unknown }>;

/** Props of {@link AccountProblem}. */
export interface AccountProblemProps {
  readonly state: ProblemState;
  readonly words: Words;
  readonly onSignInAgain: () => Promise<unknown>;
  readonly onTryNow: () => Promise<unknown>;
  readonly onCopyDetails: () => Promise<boolean>;
}

/** Why an account isn't watched, what to do, and the one button that does it. */
export function AccountProblem({ state, words, onSignInAgain, onTryNow, onCopyDetails }: AccountProblemProps) {
  const styles = useStyles();
  const urgent = state.kind !== 'offline';
  return (
    <div className={mergeClasses(styles.panel, urgent ? styles.urgent : styles.calm)}>
      {urgent ? (
        <ErrorCircle20Regular className={styles.urgentIcon} />
      ) : (
        <PlugDisconnected20Regular className={styles.calmIcon} />
      )}
      <div className={styles.words}>
        <h3 className={styles.title}>{words.t(`errors.${state.error.code}.title`)}</h3>
        <p className={styles.text}>{words.t(`errors.${state.error.code}.action`)}</p>
        <div className={styles.actions}>
          {state.kind === 'needs-sign-in' ? (
            <ActionButton appearance="primary" label={words.t('window.common.signInAgain')} onAct={onSignInAgain} />
          ) : (
            <>
              <ActionButton size="small" label={words.t('window.common.tryNow')} onAct={onTryNow} />
              <RetryTime retryAt={state.retryAt} words={words} />
            </>
          )}
        </div>
        <ErrorDetails error={state.error} words={words} onCopy={onCopyDetails} />
      </div>
    </div>
  );
}

function RetryTime({ retryAt, words }: { retryAt: number; words: Words }) {
  const text = useTimeText((now) =>
    retryAt <= now
      ? words.t('window.accounts.retryingNow')
      : words.t('window.accounts.retry', { when: words.distance(retryAt, now) }),
  );
  return <span className={useStyles().retry}>{text}</span>;
}
