import { Button, makeStyles, Spinner, tokens, typographyStyles } from '@fluentui/react-components';
import { ErrorCircle48Regular } from '@fluentui/react-icons/svg/error-circle';
import { Globe48Regular } from '@fluentui/react-icons/svg/globe';

import { type AppErrorInfo, assertNever } from '../../electron/shared/app-error.ts';
import type { SignInState } from '../../electron/shared/snapshot.ts';
import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { AskPageError } from '../components/ask-page-error.tsx';
import { ErrorDetails } from '../components/error-details.tsx';
import { ErrorLookUp } from '../components/error-look-up.tsx';
import { Hero } from '../components/hero.tsx';
import { PictureIcon } from '../components/picture-icon.tsx';
import { RegistrationHint } from '../components/registration-hint.tsx';
import { WhoMends } from '../components/who-mends.tsx';
import { countdown } from '../countdown.ts';
import { errorReport } from '../error-facts.ts';
import { errorWords } from '../../electron/shared/error-words.ts';
import { anotherClientIdHelps, mayHavePageError } from '../screen.ts';
import { useSnapshot, useTimeText, useWords } from '../services.tsx';
import type { Words } from '../words.ts';
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

type Shown = Exclude<SignInState['kind'], 'idle'>;

/** Props of {@link SignInView}. */
export interface SignInViewProps<K extends Shown = Shown> {
  readonly signIn: Extract<SignInState, { kind: K }>;
  /** Ends this sign-in and opens the set-up of another client id. */
  readonly onUseAnother: () => Promise<void>;
}

/** The sign-in in the browser: waiting for it, or what became of it. */
export function SignInView({ signIn, onUseAnother }: SignInViewProps) {
  switch (signIn.kind) {
    case 'waiting':
      return <Waiting signIn={signIn} onUseAnother={onUseAnother} />;
    case 'cancelled':
      return <Cancelled signIn={signIn} />;
    case 'failed':
      return <Failed signIn={signIn} onUseAnother={onUseAnother} />;
    case 'other-account':
      return <OtherAccountView signIn={signIn} />;
    default:
      return assertNever(signIn);
  }
}

function Waiting({ signIn, onUseAnother }: SignInViewProps<'waiting'>) {
  const styles = useStyles();
  const words = useWords();
  const { t } = words;
  const { run } = useCommands();
  const { accounts, authorityHost } = useSnapshot();
  const explainPage = useExplainPage();
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
      <AskPageError words={words} onExplain={explainPage} />
      <RegistrationHint words={words} onUseAnother={() => void onUseAnother()} />
    </Hero>
  );
}

function Failed({ signIn, onUseAnother }: SignInViewProps<'failed'>) {
  const words = useWords();
  const { run } = useCommands();
  const { appVersion } = useSnapshot();
  const explainPage = useExplainPage();
  const { t } = words;
  const { accountId, error } = signIn;
  const helps = anotherClientIdHelps(error.code);
  return (
    <Hero
      picture={<PictureIcon icon={<ErrorCircle48Regular />} tone="problem" />}
      {...heroWords(error, t)}
      actions={
        <>
          <TryAgain accountId={accountId} />
          {helps === 'yes' ? <ActionButton label={t('window.common.useAnotherId')} onAct={onUseAnother} /> : null}
          <Close />
        </>
      }
    >
      <WhoMends error={error} words={words} />
      <ErrorLookUp error={error} words={words} onLookUp={(aadsts) => void run('signIn.lookUp', { aadsts })} />
      {mayHavePageError(error) ? <AskPageError words={words} onExplain={explainPage} /> : null}
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

/** The person asks about a page that they left by cancelling. */
function Cancelled({ signIn }: Pick<SignInViewProps<'cancelled'>, 'signIn'>) {
  const words = useWords();
  const { t } = words;
  const explainPage = useExplainPage();
  return (
    <Hero
      picture={<PictureIcon icon={<Globe48Regular />} />}
      title={t('explain.cancelled.title')}
      text={t('explain.cancelled.text')}
      actions={
        <>
          <TryAgain accountId={signIn.accountId} />
          <Close />
        </>
      }
    >
      <AskPageError words={words} isOpen onExplain={explainPage} />
    </Hero>
  );
}

function TryAgain({ accountId }: { accountId: string | null }) {
  const { t } = useWords();
  const { run } = useCommands();
  const tryAgain = async (): Promise<boolean> =>
    accountId === null ? run('account.signIn', {}) : run('account.signInAgain', { accountId });
  return <ActionButton appearance="primary" label={t('window.common.tryAgain')} onAct={tryAgain} />;
}

function Close() {
  const { t } = useWords();
  const { run } = useCommands();
  return (
    <Button
      onClick={() => {
        void run('signIn.dismiss', {});
      }}
    >
      {t('window.common.close')}
    </Button>
  );
}

function heroWords(error: AppErrorInfo, t: Words['t']): { title: string; text: string } {
  const { title, action } = errorWords(error, t);
  return { title, text: action };
}

/** Has main explain a page's error; a command that fails is said in the notice bar, and not here as well. */
function useExplainPage(): (text: string) => Promise<boolean> {
  const { send } = useCommands();
  return async (text) => {
    const answer = await send('signIn.explain', { text });
    return !answer.ok || answer.value;
  };
}
