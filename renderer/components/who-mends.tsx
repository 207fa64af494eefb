import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { PersonWrench20Regular } from '@fluentui/react-icons/svg/person-wrench';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  line: {
    ...typographyStyles.caption1,
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    margin: 0,
    color: tokens.colorNeutralForeground2,
    textAlign: 'start',
  },
  icon: { flexShrink: 0 },
  who: { fontWeight: tokens.fontWeightSemibold },
});

/** Props of {@link WhoMends}. */
export interface WhoMendsProps {
  readonly error: Pick<AppErrorInfo, 'who'>;
  readonly words: Words;
  readonly className?: string;
}

/** A line that says whose matter an error is; nothing where that isn't known. */
export function WhoMends({ error: { who }, words, className }: WhoMendsProps) {
  const styles = useStyles();
  if (who === undefined) {
    return null;
  }
  return (
    <p className={mergeClasses(styles.line, className)}>
      <PersonWrench20Regular className={styles.icon} />
      <span>
        {words.t('explain.who.label')} <span className={styles.who}>{words.t(`explain.who.${who}`)}</span>
      </span>
    </p>
  );
}
