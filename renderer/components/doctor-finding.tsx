import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import { type DoctorFinding, fixOf } from '../../electron/shared/doctor.ts';
import { findingWords } from '../../electron/shared/doctor-words.ts';
import type { Words } from '../words.ts';
import { CommandBlock } from './command-block.tsx';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: '4px',
    marginTop: '6px',
    padding: '12px 14px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    backgroundColor: tokens.colorStatusDangerBackground1,
  },
  title: { ...typographyStyles.body1Strong, margin: 0, overflowWrap: 'anywhere' },
  text: {
    ...typographyStyles.body1,
    margin: 0,
    color: tokens.colorNeutralForeground2,
    textWrap: 'pretty',
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  small: {
    ...typographyStyles.caption1,
    margin: 0,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  list: { ...typographyStyles.caption1, margin: 0, paddingInlineStart: '18px', color: tokens.colorNeutralForeground2 },
  actions: { marginTop: '6px' },
});

/** Props of {@link DoctorFindingPanel}. */
export interface DoctorFindingPanelProps {
  readonly finding: DoctorFinding;
  /** The account's address. */
  readonly address: string;
  readonly words: Words;
  readonly onSignInAgain: () => void;
  /** Copies a text; resolves to whether it worked. */
  readonly onCopy: (text: string) => Promise<boolean>;
}

/** Why a step failed, what to do, and the button for it where the app has one. */
export function DoctorFindingPanel({ finding, address, words, onSignInAgain, onCopy }: DoctorFindingPanelProps) {
  const styles = useStyles();
  const { t, language } = words;
  const { title, action, command, more, alsoPossible } = findingWords(finding, address, { translate: t, language });
  return (
    <div className={styles.panel}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.text}>{action}</p>
      {command === null ? null : (
        <CommandBlock
          command={command}
          label={t('doctor.command')}
          copyLabel={t('doctor.copyCommand')}
          words={words}
          onCopy={onCopy}
        />
      )}
      {more.map((line) => (
        <p key={line} className={styles.small}>
          {line}
        </p>
      ))}
      {alsoPossible.length === 0 ? null : (
        <>
          <p className={styles.small}>{t('doctor.alsoPossible')}</p>
          <ul className={styles.list}>
            {alsoPossible.map((possibility) => (
              <li key={possibility}>{possibility}</li>
            ))}
          </ul>
        </>
      )}
      {fixOf(finding.cause) === 'sign-in-again' ? (
        <div className={styles.actions}>
          <Button appearance="primary" onClick={onSignInAgain}>
            {t('window.common.signInAgain')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
