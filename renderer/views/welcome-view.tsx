import { Hero } from '../components/hero.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { Hint } from '../components/hint.tsx';
import { TidingsMark } from '../components/tidings-mark.tsx';
import { useCommands } from '../commands.tsx';
import { useWords } from '../services.tsx';
import { SessionOnlyHint } from './session-only-hint.tsx';

/** Props of {@link WelcomeView}. */
export interface WelcomeViewProps {
  /** Called once what a person pressed is gone: the keyboard focus needs another place. */
  readonly onGone: () => void;
}

/** The first run: no account yet, and everything is ready for one. */
export function WelcomeView({ onGone }: WelcomeViewProps) {
  const { t } = useWords();
  const { run } = useCommands();
  return (
    <Hero
      picture={<TidingsMark size={88} />}
      title={t('window.welcome.title')}
      text={t('window.welcome.text')}
      actions={
        <ActionButton
          appearance="primary"
          size="large"
          label={t('window.welcome.add')}
          onAct={async () => run('account.signIn', {})}
        />
      }
    >
      <Hint>{t('window.welcome.hint')}</Hint>
      <SessionOnlyHint centered onGone={onGone} />
    </Hero>
  );
}
