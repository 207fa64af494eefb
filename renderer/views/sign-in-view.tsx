import { Button, makeStyles, Spinner, tokens, typographyStyles } from '@fluentui/react-components';
import { ErrorCircle48Regular } from '@fluentui/react-icons/svg/error-circle';
import { Globe48Regular } from '@fluentui/react-icons/svg/globe';

import type { SignInState } from '../../electron/shared/snapshot.ts';
import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { ErrorDetails } from '../components/error-details.tsx';
import { Hero } from '../components/hero.tsx';
import { PictureIcon } from '../components/picture-icon.tsx';
import { RegistrationHint } from '../components/registration-hint.tsx';
import { countdown } from '../countdown.ts';
import { errorReport } from '../error-facts.ts';
import { anotherClientIdHelps } from '../screen.ts';
import { useSnapshot, useTimeText, useWords } from '../services.tsx';
import { OtherAccountView } from './other-account-view.tsx';

const useStyles = makeStyles({
  waiting: {
    ...typographyStyles.body1,
    display: 'flex',
    alignItems: 'center',
    gap: '10px',
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
  },
});

/** Props of {@link SignInView}. */
export interface SignInViewProps<
  K extends Exclude<SignInState['kind'], 'idle'> = Exclude<SignInState['kind'], 'idle'>,
> {
  readonly signIn: Extract<SignInState, { kind: K }>;
  /** Ends this sign-in and opens the set-up of another client id. */
  readonly onUseAnother: () => Promise<void>;
}

/** The sign-in in the browser: waiting for it, or what became of it. */
export function SignInView({ signIn, onUseAnother }: SignInViewProps) {
  switch (signIn.kind) {
    case 'waiting':
      return <Waiting signIn={signIn} onUseAnother={onUseAnother} />;
    case 'failed':
      return <Failed signIn={signIn} onUseAnother={onUseAnother} />;
    case 'other-account':
      return <OtherAccountView signIn={signIn} />;
  }
}

function Waiting({ signIn, onUseAnother }: SignInViewProps<'waiting'>) {
  const styles = useStyles();
  const words = useWords();
  const { t } = words;
  const { run } = useCommands();
  const { accounts, authorityHost } = useSnapshot();
  const account = accounts.find(({ id }) => id === signIn.accountId);
  const timeLeft = useTimeText((now) => {
    const time = countdown(signIn.deadline, now);
    return time === null ? t('window.signIn.timeUp') : t('window.signIn.timeLeft', { time });
  });
  return (
    <Hero
      picture={<PictureIcon icon={<Globe48Regular />} />}
      title={t('window.signIn.waitingTitle')}
      text={
        account === undefined
          ? t('window.signIn.waitingText', { host: authorityHost })
          : t('window.signIn.waitingAgainText', { host: authorityHost, address: account.address })
      }
      actions={<ActionButton label={t('window.common.cancel')} onAct={async () => run('signIn.cancel', {})} />}
    >
      <div className={styles.waiting}>
        <Spinner size="tiny" aria-hidden="true" />
        <span role="timer">{timeLeft}</span>
      </div>
      <RegistrationHint words={words} onUseAnother={() => void onUseAnother()} />
    </Hero>
  );
}

function Failed({ signIn, onUseAnother }: SignInViewProps<'failed'>) {
  const words = useWords();
  const { run } = useCommands();
  const { appVersion } = useSnapshot();
  const { t } = words;
  const { accountId, error } = signIn;
  const helps = anotherClientIdHelps(error.code);
  const tryAgain = async (): Promise<boolean> =>
    accountId === null ? run('account.signIn', {}) : run('account.signInAgain', { accountId });
  return (
    <Hero
      picture={<PictureIcon icon={<ErrorCircle48Regular />} tone="problem" />}
      title={t(`errors.${error.code}.title`)}
      text={t(`errors.${error.code}.action`)}
      actions={
        <>
          <ActionButton appearance="primary" label={t('window.common.tryAgain')} onAct={tryAgain} />
          {helps === 'yes' ? <ActionButton label={t('window.common.useAnotherId')} onAct={onUseAnother} /> : null}
          <Button
            onClick={() => {
              void run('signIn.dismiss', {});
            }}
          >
            {t('window.common.close')}
          </Button>
        </>
      }
    >
      {helps === 'perhaps' ? <RegistrationHint words={words} onUseAnother={() => void onUseAnother()} /> : null}
      <ErrorDetails
        error={error}
        words={words}
        centered
        onCopy={async () => run('clipboard.write', { text: errorReport(error, appVersion) })}
      />
    </Hero>
  );
}
