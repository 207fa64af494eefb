import { Button, makeStyles, Spinner, tokens, typographyStyles } from '@fluentui/react-components';
import { ErrorCircle48Regular } from '@fluentui/react-icons/svg/error-circle';
import { Globe48Regular } from '@fluentui/react-icons/svg/globe';

import { type AppErrorInfo, assertNever } from '../../electron/shared/app-error.ts';
import type { SignInFor, SignInState } from '../../electron/shared/snapshot.ts';
import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { ApprovalHint } from '../components/approval-hint.tsx';
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
import { adminHelps, anotherClientIdHelps, mayHavePageError } from '../screen.ts';
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
  /** Ends this sign-in and opens what an administrator needs to approve it. */
  readonly onAskAdmin: () => Promise<void>;
}

/** The sign-in in the browser: waiting for it, or what became of it. */
export function SignInView({ signIn, ...on }: SignInViewProps) {
  switch (signIn.kind) {
    case 'waiting':
      return <Waiting signIn={signIn} {...on} />;
    case 'cancelled':
      return <Cancelled signIn={signIn} {...on} />;
    case 'failed':
      return <Failed signIn={signIn} {...on} />;
    case 'other-account':
      return <OtherAccountView signIn={signIn} />;
    default:
      return assertNever(signIn);
  }
}

function Waiting({ signIn, onUseAnother, onAskAdmin }: SignInViewProps<'waiting'>) {
  const styles = useStyles();
  const words = useWords();
  const { t } = words;
  const { run } = useCommands();
  const { accounts, approvals } = useSnapshot();
  const explainPage = useExplainPage();
  const askAdmin = useAskAdmin(signIn, onAskAdmin);
  const account = accounts.find(({ id }) => id === signIn.accountId);
  const address = account?.address ?? approvals.find(({ id }) => id === signIn.approvalId)?.address ?? null;
  const timeLeft = useTimeText((now) => {
    const time = countdown(signIn.deadline, now);
    return time === null ? t('window.signIn.timeUp') : t('window.signIn.timeLeft', { time });
  });
  return (
    <Hero
      picture={<PictureIcon icon={<Globe48Regular />} />}
      title={t('window.signIn.waitingTitle')}
      text={
        address === null
          ? t('window.signIn.waitingText', { host: signIn.host })
          : t('window.signIn.waitingAgainText', { host: signIn.host, address })
      }
      actions={<ActionButton label={t('window.common.cancel')} onAct={async () => run('signIn.cancel', {})} />}
    >
      <div className={styles.waiting}>
        <Spinner size="tiny" aria-hidden="true" />
        <span role="timer">{timeLeft}</span>
      </div>
      <AskPageError words={words} onExplain={explainPage} />
      <ApprovalHint words={words} onAsk={askAdmin} />
      <RegistrationHint words={words} onUseAnother={() => void onUseAnother()} />
    </Hero>
  );
}

function Failed({ signIn, onUseAnother, onAskAdmin }: SignInViewProps<'failed'>) {
  const words = useWords();
  const { run } = useCommands();
  const { appVersion } = useSnapshot();
  const explainPage = useExplainPage();
  const askAdmin = useAskAdmin(signIn, onAskAdmin);
  const { t } = words;
  const { error } = signIn;
  const helps = anotherClientIdHelps(error);
  const asks = askAdmin === null ? 'no' : adminHelps(error);
  const ask =
    askAdmin === null || asks === 'no' ? null : (
      <ActionButton appearance={asks === 'yes' ? 'primary' : 'secondary'} label={t('approval.ask')} onAct={askAdmin} />
    );
  return (
    <Hero
      picture={<PictureIcon icon={<ErrorCircle48Regular />} tone="problem" />}
      {...heroWords(error, t)}
      actions={
        <>
          {asks === 'yes' ? ask : null}
          <TryAgain signIn={signIn} />
          {asks === 'perhaps' ? ask : null}
          {helps === 'yes' ? <ActionButton label={t('window.common.useAnotherId')} onAct={onUseAnother} /> : null}
          <Close />
        </>
      }
    >
      <WhoMends error={error} words={words} />
      <ErrorLookUp error={error} words={words} onLookUp={(aadsts) => void run('signIn.lookUp', { aadsts })} />
      {mayHavePageError(error) ? (
        <>
          <AskPageError words={words} onExplain={explainPage} />
          <ApprovalHint words={words} onAsk={askAdmin} />
        </>
      ) : null}
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
function Cancelled({ signIn, onAskAdmin }: Omit<SignInViewProps<'cancelled'>, 'onUseAnother'>) {
  const words = useWords();
  const { t } = words;
  const explainPage = useExplainPage();
  const askAdmin = useAskAdmin(signIn, onAskAdmin);
  return (
    <Hero
      picture={<PictureIcon icon={<Globe48Regular />} />}
      title={t('explain.cancelled.title')}
      text={t('explain.cancelled.text')}
      actions={
        <>
          <TryAgain signIn={signIn} />
          <Close />
        </>
      }
    >
      <AskPageError words={words} isOpen onExplain={explainPage} />
      <ApprovalHint words={words} onAsk={askAdmin} />
    </Hero>
  );
}

function TryAgain({ signIn }: Pick<SignInViewProps<'failed' | 'cancelled'>, 'signIn'>) {
  const { t } = useWords();
  const { run } = useCommands();
  const { accountId, approvalId } = signIn;
  const tryAgain = async (): Promise<boolean> => {
    if (approvalId !== undefined) {
      return run('approval.checkAgain', { approvalId });
    }
    return accountId === null ? run('account.signIn', {}) : run('account.signInAgain', { accountId });
  };
  // Trying again before an administrator has approved ends where it ended.
  const isFirst = signIn.kind !== 'failed' || adminHelps(signIn.error) !== 'yes';
  return (
    <ActionButton appearance={isFirst ? 'primary' : 'secondary'} label={t('window.common.tryAgain')} onAct={tryAgain} />
  );
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

/** `ask`, or null where the sign-in is for a personal account, which nobody administers for its owner. */
function useAskAdmin({ accountId }: SignInFor, ask: () => Promise<void>): (() => Promise<void>) | null {
  const account = useSnapshot().accounts.find(({ id }) => id === accountId);
  return account?.kind === 'personal' ? null : ask;
}

/** Has main explain a page's error; a command that fails is said in the notice bar, and not here as well. */
function useExplainPage(): (text: string) => Promise<boolean> {
  const { send } = useCommands();
  return async (text) => {
    const answer = await send('signIn.explain', { text });
    return !answer.ok || answer.value;
  };
}
