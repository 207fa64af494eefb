import { useEffect, useRef } from 'react';
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { FolderOpen24Regular } from '@fluentui/react-icons/svg/folder-open';
import { Key24Regular } from '@fluentui/react-icons/svg/key';
import { WindowDevTools24Regular } from '@fluentui/react-icons/svg/window-dev-tools';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import type { CommandArgs } from '../../electron/shared/commands.ts';
import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { ClientIdForm } from '../components/client-id-form.tsx';
import { Fold } from '../components/fold.tsx';
import { OptionCard } from '../components/option-card.tsx';
import { RegisterSteps } from '../components/register-steps.tsx';
import { SubView } from '../components/sub-view.tsx';
import { useSnapshot, useWords } from '../services.tsx';
import { likelyShell } from '../set-up-steps.ts';

const useStyles = makeStyles({
  refusal: { scrollMarginTop: '12px' },
});

/** Props of {@link RegistrationView}. */
export interface RegistrationViewProps {
  /** Whether a client id is in use already, for which the new one is taken. */
  readonly replaces: boolean;
  /** Why the last try failed; null when there is nothing to tell. */
  readonly error: AppErrorInfo | null;
  /** Goes back with nothing changed; null where there is nothing to go back to. */
  readonly onBack: (() => void) | null;
  /** Called once a new set-up is in use. */
  readonly onTaken: () => void;
}

/** The ways to get a client id: the first one, or another. */
export function RegistrationView({ replaces, error, onBack, onTaken }: RegistrationViewProps) {
  const styles = useStyles();
  const words = useWords();
  const { accounts } = useSnapshot();
  const { run, send } = useCommands();
  const { t } = words;
  const refusal = useRef<HTMLDivElement>(null);
  const refusedAt = error?.at;
  useEffect(() => {
    // In a small window the form is far below.
    if (refusedAt !== undefined) {
      refusal.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [refusedAt]);
  const openFile = async (): Promise<void> => {
    const answer = await send('registration.openFile', {});
    // Without a value the person closed the dialog.
    if (answer.ok && answer.value) {
      onTaken();
    }
  };
  const useClientId = async (args: CommandArgs<'registration.useClientId'>): Promise<void> => {
    if (await run('registration.useClientId', args)) {
      onTaken();
    }
  };
  return (
    <SubView
      title={t(`window.registration.${replaces ? 'anotherTitle' : 'title'}`)}
      intro={[
        t(`window.registration.${replaces ? 'anotherIntro' : 'intro'}`),
        ...(replaces && accounts.length > 0 ? [t('window.registration.keepIntro')] : []),
      ]}
      onBack={onBack}
    >
      {error === null ? null : (
        <div ref={refusal} className={styles.refusal}>
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{t(`errors.${error.code}.title`)}</MessageBarTitle> {t(`errors.${error.code}.action`)}{' '}
              {error.detail}
            </MessageBarBody>
          </MessageBar>
        </div>
      )}
      <OptionCard
        icon={<FolderOpen24Regular />}
        title={t('window.registration.fileTitle')}
        text={t('window.registration.fileText')}
      >
        <ActionButton appearance="primary" label={t('window.registration.fileButton')} onAct={openFile} />
      </OptionCard>
      <OptionCard icon={<Key24Regular />} title={t('window.registration.idTitle')}>
        <ClientIdForm
          words={words}
          replaces={replaces}
          onUse={useClientId}
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
    </SubView>
  );
}
