import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { tokens, typographyStyles } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { FolderOpen24Regular } from '@fluentui/react-icons/svg/folder-open';
import { Key24Regular } from '@fluentui/react-icons/svg/key';
import { WindowDevTools24Regular } from '@fluentui/react-icons/svg/window-dev-tools';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { ClientIdForm } from '../components/client-id-form.tsx';
import { Fold } from '../components/fold.tsx';
import { OptionCard } from '../components/option-card.tsx';
import { RegisterSteps } from '../components/register-steps.tsx';
import { useWords } from '../services.tsx';
import { likelyShell } from '../set-up-steps.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '640px', margin: '0 auto' },
  head: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px', paddingBlock: '8px' },
  title: { ...typographyStyles.title2, margin: 0 },
  intro: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** Props of {@link RegistrationView}. */
export interface RegistrationViewProps {
  /** Why the set-up in use can't be used; null when there is none yet. */
  readonly error: AppErrorInfo | null;
  /** Goes back to the accounts; absent where there are none. */
  readonly onBack?: () => void;
}

/** Without a client id: the ways to get one. */
export function RegistrationView({ error, onBack }: RegistrationViewProps) {
  const styles = useStyles();
  const words = useWords();
  const { run } = useCommands();
  const { t } = words;
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        {onBack === undefined ? null : (
          <Button appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
            {t('window.common.back')}
          </Button>
        )}
        <h1 className={styles.title}>{t('window.registration.title')}</h1>
        <p className={styles.intro}>{t('window.registration.intro')}</p>
      </div>
      {error === null ? null : (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t(`errors.${error.code}.title`)}</MessageBarTitle> {t(`errors.${error.code}.action`)}{' '}
            {error.detail}
          </MessageBarBody>
        </MessageBar>
      )}
      <OptionCard
        icon={<FolderOpen24Regular />}
        title={t('window.registration.fileTitle')}
        text={t('window.registration.fileText')}
      >
        <ActionButton
          appearance="primary"
          label={t('window.registration.fileButton')}
          onAct={async () => run('registration.openFile', {})}
        />
      </OptionCard>
      <OptionCard icon={<Key24Regular />} title={t('window.registration.idTitle')}>
        <ClientIdForm
          words={words}
          onUse={async (input) => run('registration.useClientId', input)}
          onOpenGuide={() => {
            void run('link.open', { link: 'client-id-guide' });
          }}
        />
      </OptionCard>
      <Fold
        icon={<WindowDevTools24Regular />}
        title={t('window.registration.ownTitle')}
        text={t('window.registration.ownText')}
      >
        <RegisterSteps
          words={words}
          initialShell={likelyShell(navigator.userAgent)}
          onCopy={async (text) => run('clipboard.write', { text })}
          onOpenLink={(link) => {
            void run('link.open', { link });
          }}
        />
      </Fold>
    </div>
  );
}
