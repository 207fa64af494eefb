import { useEffect, useRef } from 'react';
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { tokens, typographyStyles } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
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
import { useSnapshot, useWords } from '../services.tsx';
import { likelyShell } from '../set-up-steps.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '640px', margin: '0 auto' },
  head: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px', paddingBlock: '8px' },
  // Its words, not its invisible edge, stand in line with the title.
  back: { marginInlineStart: '-12px' },
  title: {
    ...typographyStyles.title2,
    margin: 0,
    '@media (max-width: 480px)': { ...typographyStyles.title3 },
  },
  refusal: { scrollMarginTop: '12px' },
  intro: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
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
    <div className={styles.view}>
      <div className={styles.head}>
        {onBack === null ? null : (
          <Button className={styles.back} appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
            {t('window.common.back')}
          </Button>
        )}
        <h1 className={styles.title}>{t(`window.registration.${replaces ? 'anotherTitle' : 'title'}`)}</h1>
        <p className={styles.intro}>{t(`window.registration.${replaces ? 'anotherIntro' : 'intro'}`)}</p>
        {replaces && accounts.length > 0 ? <p className={styles.intro}>{t('window.registration.keepIntro')}</p> : null}
      </div>
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
    </div>
  );
}
