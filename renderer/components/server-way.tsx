import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import type { Words } from '../words.ts';
import { CopyButton } from './copy-button.tsx';

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
  block: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: '4px',
    padding: '4px 4px 4px 12px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    '@media (max-width: 480px)': { flexDirection: 'column', padding: '10px 12px 4px' },
  },
  commands: {
    flexGrow: 1,
    minWidth: 0,
    margin: 0,
    paddingBlock: '5px',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
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
        <div className={styles.block}>
          <pre className={styles.commands}>
            <code>{commands}</code>
          </pre>
          <CopyButton
            label={t('inspector.copy')}
            doneLabel={t('inspector.copied')}
            onCopy={async () => onCopy(commands)}
          />
        </div>
        <p className={styles.text}>{t('inspector.server.note')}</p>
      </div>
    </details>
  );
}
