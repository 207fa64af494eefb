import { useState, type ReactNode } from 'react';
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { PlugDisconnected20Regular } from '@fluentui/react-icons/svg/plug-disconnected';

import type { AccountState } from '../../electron/shared/snapshot.ts';
import { errorWords } from '../../electron/shared/error-words.ts';
import { adminHelps } from '../screen.ts';
import { useTimeText } from '../services.tsx';
import { canTryNow } from '../try-now.ts';
import { useFocusHeir, type FocusHeir } from '../use-focus-heir.ts';
import type { Words } from '../words.ts';
import { ActionButton } from './action-button.tsx';
import { ErrorDetails } from './error-details.tsx';
import { StatePanel } from './state-panel.tsx';
import { WhoMends } from './who-mends.tsx';

const useStyles = makeStyles({
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

/** A problem that is tried again by itself. */
export type RetriedState = Extract<ProblemState, { retryAt: number }>;

/** Props of {@link AccountProblem}. */
export interface AccountProblemProps {
  readonly state: ProblemState;
  readonly words: Words;
  /** In place of the error's own words on what to do. */
  readonly explanation?: ReactNode;
  /** Wanted where only a sign-in helps. */
  readonly onSignInAgain?: () => Promise<unknown>;
  /** Wanted where an administrator can approve the account. */
  readonly onAskAdmin?: (() => Promise<unknown>) | null;
  /** Resolves to whether the account is being tried now. */
  readonly onTryNow: () => Promise<boolean>;
  readonly onCopyDetails: () => Promise<boolean>;
  /** The account's row: panel and buttons go when the account recovers or fails otherwise. */
  readonly heir: FocusHeir;
}

/** Why an account isn't watched, what to do, and the one button that does it. */
export function AccountProblem(props: AccountProblemProps) {
  const { state, words, explanation, onSignInAgain, onAskAdmin = null, onTryNow, onCopyDetails, heir } = props;
  const styles = useStyles();
  const { title, action } = errorWords(state.error, words.t);
  const asks = onAskAdmin === null ? 'no' : adminHelps(state.error);
  const askAdmin =
    asks === 'no' ? null : (
      <ActionButton
        appearance={asks === 'yes' ? 'primary' : 'secondary'}
        label={words.t('approval.ask')}
        heir={heir}
        onAct={async () => onAskAdmin?.()}
      />
    );
  return (
    <StatePanel
      ref={useFocusHeir(heir)}
      {...(state.kind === 'offline'
        ? { tone: 'calm', icon: PlugDisconnected20Regular }
        : { tone: 'bad', icon: ErrorCircle20Regular })}
      title={title}
      size="small"
    >
      {explanation ?? <p className={styles.text}>{action}</p>}
      <WhoMends error={state.error} words={words} />
      <div className={styles.actions}>
        {asks === 'yes' ? askAdmin : null}
        {state.kind === 'needs-sign-in' ? (
          <ActionButton
            appearance={asks === 'yes' ? 'secondary' : 'primary'}
            label={words.t('window.common.signInAgain')}
            heir={heir}
            onAct={async () => onSignInAgain?.()}
          />
        ) : (
          <Retry state={state} words={words} heir={heir} onTryNow={onTryNow} />
        )}
        {asks === 'perhaps' ? askAdmin : null}
      </div>
      <ErrorDetails error={state.error} words={words} onCopy={onCopyDetails} />
    </StatePanel>
  );
}

interface RetryProps extends Pick<AccountProblemProps, 'words' | 'heir' | 'onTryNow'> {
  readonly state: RetriedState;
}

/** When it is tried again; at once, where the person may ask for that. */
function Retry({ state, words, heir, onTryNow }: RetryProps) {
  const styles = useStyles();
  /** The failure after which the person asked for another try. Each try that fails is another failure. */
  const [triedAfter, setTriedAfter] = useState<number | null>(null);
  const { error, retryAt } = state;
  const text = useTimeText((now) =>
    triedAfter === error.at || retryAt <= now
      ? words.t('window.accounts.retryingNow')
      : words.t('window.accounts.retry', { when: words.distance(retryAt, now) }),
  );
  const tryNow = async (): Promise<void> => {
    if (await onTryNow()) {
      setTriedAfter(error.at);
    }
  };
  return (
    <>
      {canTryNow(state) ? (
        <ActionButton size="small" label={words.t('window.common.tryNow')} heir={heir} onAct={tryNow} />
      ) : null}
      <span className={styles.retry}>{text}</span>
    </>
  );
}
