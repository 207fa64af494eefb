import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import { errorFacts } from '../error-facts.ts';
import type { Words } from '../words.ts';
import { CopyButton } from './copy-button.tsx';
import { FactList } from './fact-list.tsx';

const useStyles = makeStyles({
  details: { ...typographyStyles.caption1, textAlign: 'start', width: '100%' },
  summary: {
    width: 'fit-content',
    padding: '4px 6px',
    marginInlineStart: '-6px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  centered: { marginInline: 'auto' },
  box: {
    marginTop: '6px',
    padding: '12px',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground3,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '8px',
  },
});

/** Props of {@link ErrorDetails}. */
export interface ErrorDetailsProps {
  readonly error: AppErrorInfo;
  readonly words: Words;
  /** Puts the line that opens it in the middle. */
  readonly centered?: boolean;
  /** Copies the facts; resolves to whether it worked. */
  readonly onCopy: () => Promise<boolean>;
}

/** An error's facts, folded away, to read or to copy. */
export function ErrorDetails({ error, words, centered = false, onCopy }: ErrorDetailsProps) {
  const styles = useStyles();
  const list = errorFacts(error, words.dateTime).map(({ label, value }) => ({
    label: words.t(`window.details.${label}`),
    values: [value],
  }));
  return (
    <details className={styles.details}>
      <summary className={mergeClasses(styles.summary, centered && styles.centered)}>
        {words.t('window.details.title')}
      </summary>
      <div className={styles.box}>
        <FactList size="small" list={list} />
        <CopyButton
          label={words.t('window.details.copy')}
          doneLabel={words.t('window.details.copied')}
          onCopy={onCopy}
        />
      </div>
    </details>
  );
}
