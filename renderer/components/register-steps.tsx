import { useState } from 'react';
import { Link, makeStyles, Tab, TabList, tokens, typographyStyles } from '@fluentui/react-components';

import type { ExternalLink } from '../../electron/shared/commands.ts';
import { setUpSteps, type Shell } from '../set-up-steps.ts';
import type { Words } from '../words.ts';
import { CommandBlock } from './command-block.tsx';
import { Hint } from './hint.tsx';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '16px' },
  needs: {
    padding: '12px 16px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  needsTitle: { ...typographyStyles.body1Strong, margin: 0 },
  needsList: { ...typographyStyles.body1, margin: '4px 0 8px', paddingInlineStart: '20px', textWrap: 'pretty' },
  steps: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '20px' },
  step: { display: 'grid', gridTemplateColumns: '24px minmax(0, 1fr)', columnGap: '12px', rowGap: '6px' },
  number: {
    ...typographyStyles.caption1Strong,
    width: '24px',
    height: '24px',
    lineHeight: '22px',
    textAlign: 'center',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  stepTitle: { ...typographyStyles.body1Strong, margin: 0, paddingTop: '2px' },
  stepBody: {
    gridColumn: '2',
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    '@media (max-width: 480px)': { gridColumn: '1 / -1' },
  },
});

/** Props of {@link RegisterSteps}. */
export interface RegisterStepsProps {
  readonly words: Words;
  readonly initialShell: Shell;
  readonly onCopy: (text: string) => Promise<boolean>;
  readonly onOpenLink: (link: ExternalLink) => void;
}

/** How to register an app of one's own: what it needs, then five commands to copy. */
export function RegisterSteps({ words, initialShell, onCopy, onOpenLink }: RegisterStepsProps) {
  const styles = useStyles();
  const { t } = words;
  const [shell, setShell] = useState<Shell>(initialShell);
  return (
    <div className={styles.all}>
      <div className={styles.needs}>
        <h3 className={styles.needsTitle}>{t('window.registration.needsTitle')}</h3>
        <ul className={styles.needsList}>
          <li>{t('window.registration.needsAccount')}</li>
          <li>
            {t('window.registration.needsCli')}{' '}
            <Link
              inline
              as="button"
              onClick={() => {
                onOpenLink('azure-cli-install');
              }}
            >
              {t('window.registration.needsCliLink')}
            </Link>
          </li>
        </ul>
        <Hint>
          {t('window.registration.portalText')}{' '}
          <Link
            inline
            as="button"
            onClick={() => {
              onOpenLink('entra-app-registrations');
            }}
          >
            {t('window.registration.portalLink')}
          </Link>
        </Hint>
      </div>
      <TabList
        size="small"
        aria-label={t('window.registration.shellLabel')}
        selectedValue={shell}
        onTabSelect={(_, data) => {
          setShell(data.value === 'powershell' ? 'powershell' : 'bash');
        }}
      >
        <Tab value="bash">bash, zsh</Tab>
        <Tab value="powershell">PowerShell</Tab>
      </TabList>
      <ol className={styles.steps}>
        {setUpSteps(shell).map(({ id, command }, index) => (
          <li key={id} className={styles.step}>
            <span aria-hidden="true" className={styles.number}>
              {words.number(index + 1)}
            </span>
            <h3 className={styles.stepTitle}>{t(`window.registration.steps.${id}.title`)}</h3>
            <div className={styles.stepBody}>
              <CommandBlock
                command={command}
                label={t('window.registration.stepLabel', { step: index + 1 })}
                copyLabel={t('window.registration.copyStep', { step: index + 1 })}
                words={words}
                onCopy={onCopy}
              />
              <Hint>{t(`window.registration.steps.${id}.note`)}</Hint>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
