import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import type { Words } from '../words.ts';
import { CommandBlock } from './command-block.tsx';

const useStyles = makeStyles({
  details: { ...typographyStyles.body1 },
  summary: {
    width: 'fit-content',
    padding: '4px 6px',
    marginInlineStart: '-6px',
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  body: { display: 'flex', flexDirection: 'column', gap: '10px', paddingTop: '8px' },
  text: { margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** Props of {@link ServerWay}. */
export interface ServerWayProps {
  readonly commands: string;
  readonly words: Words;
  /** Resolves to whether it worked. */
  readonly onCopy: (text: string) => Promise<boolean>;
}

/** What an administrator would have to do for a server to read a mailbox as an app. */
export function ServerWay({ commands, words, onCopy }: ServerWayProps) {
  const styles = useStyles();
  const { t } = words;
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>{t('inspector.server.title')}</summary>
      <div className={styles.body}>
        <p className={styles.text}>{t('inspector.server.text')}</p>
        <CommandBlock
          command={commands}
          label={t('inspector.server.commands')}
          copyLabel={t('inspector.server.copy')}
          words={words}
          onCopy={onCopy}
        />
        <p className={styles.text}>{t('inspector.server.note')}</p>
      </div>
    </details>
  );
}
