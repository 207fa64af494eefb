import { makeStyles, tokens } from '@fluentui/react-components';

import type { Words } from '../words.ts';
import { CopyButton } from './copy-button.tsx';

const useStyles = makeStyles({
  block: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: '4px',
    padding: '4px 4px 4px 12px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    // Chinese has no words to keep a label together.
    whiteSpace: 'nowrap',
    '@media (max-width: 480px)': { flexDirection: 'column', padding: '10px 12px 4px' },
  },
  command: {
    flexGrow: 1,
    minWidth: 0,
    margin: 0,
    paddingBlock: '5px',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'pre-wrap',
    userSelect: 'text',
  },
  // A browser would break an option at its hyphens; only words too long for the line may break.
  word: { display: 'inline-block', maxWidth: '100%', overflowWrap: 'anywhere' },
});

/** Props of {@link CommandBlock}. */
export interface CommandBlockProps {
  readonly command: string;
  /** What a screen reader calls the command, and its button. */
  readonly label: string;
  readonly copyLabel: string;
  readonly words: Words;
  readonly onCopy: (text: string) => Promise<boolean>;
}

/** A command to read, select or copy. */
export function CommandBlock({ command, label, copyLabel, words, onCopy }: CommandBlockProps) {
  const styles = useStyles();
  return (
    <div className={styles.block}>
      <pre className={styles.command} aria-label={label} role="group">
        <code>
          {Array.from(command.matchAll(/\S+|\s+/g), ({ index, 0: part }) =>
            part.trim() === '' ? (
              part
            ) : (
              <span key={index} className={styles.word}>
                {part}
              </span>
            ),
          )}
        </code>
      </pre>
      <CopyButton
        label={words.t('window.registration.copy')}
        doneLabel={words.t('window.registration.copied')}
        description={copyLabel}
        onCopy={async () => onCopy(command)}
      />
    </div>
  );
}
