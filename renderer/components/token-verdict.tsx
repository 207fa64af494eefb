import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { ErrorCircle20Filled } from '@fluentui/react-icons/svg/error-circle';
import { Info20Filled } from '@fluentui/react-icons/svg/info';

import { problemKey, type TokenProblem, type TokenVerdict as Verdict } from '../../electron/shared/token-report.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: '12px',
    padding: '14px 16px',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  good: { backgroundColor: tokens.colorStatusSuccessBackground1 },
  calm: { backgroundColor: tokens.colorNeutralBackground3 },
  bad: { backgroundColor: tokens.colorStatusDangerBackground1 },
  goodIcon: { color: tokens.colorStatusSuccessForeground1 },
  calmIcon: { color: tokens.colorNeutralForeground3 },
  badIcon: { color: tokens.colorStatusDangerForeground1 },
  words: { display: 'flex', flexDirection: 'column', gap: '6px', minWidth: 0 },
  title: { ...typographyStyles.body1Strong, margin: 0 },
  text: { ...typographyStyles.body1, margin: 0, textWrap: 'pretty', overflowWrap: 'anywhere', userSelect: 'text' },
  others: { ...typographyStyles.body1, margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere' },
});

/** What a token is good for, why, and what to do in its place. */
export function TokenVerdict({ verdict, words }: { verdict: Verdict; words: Words }) {
  const styles = useStyles();
  const { t } = words;
  switch (verdict.kind) {
    case 'fits':
      return (
        <div className={mergeClasses(styles.panel, styles.good)}>
          <CheckmarkCircle20Filled className={styles.goodIcon} />
          <Told title={t('inspector.verdict.fits.title')} texts={[t('inspector.verdict.fits.text')]} />
        </div>
      );
    case 'opaque':
      return (
        <div className={mergeClasses(styles.panel, styles.calm)}>
          <Info20Filled className={styles.calmIcon} />
          <Told title={t('inspector.verdict.opaque.title')} texts={[t('inspector.verdict.opaque.text')]} />
        </div>
      );
    case 'no-access-token': {
      const isUrgent = verdict.what !== 'nothing';
      return (
        <div className={mergeClasses(styles.panel, isUrgent ? styles.bad : styles.calm)}>
          {isUrgent ? <ErrorCircle20Filled className={styles.badIcon} /> : <Info20Filled className={styles.calmIcon} />}
          <Told
            title={t(`inspector.verdict.${verdict.what}.title`)}
            texts={[t(`inspector.verdict.${verdict.what}.text`)]}
          />
        </div>
      );
    }
    case 'unfit':
      return (
        <div className={mergeClasses(styles.panel, styles.bad)}>
          <ErrorCircle20Filled className={styles.badIcon} />
          <div className={styles.words}>
            <Told {...problemWords(verdict.problem, words)} />
            {verdict.others.length === 0 ? null : (
              <>
                <p className={styles.title}>{t('inspector.also')}</p>
                <ul className={styles.others}>
                  {verdict.others.map((problem) => (
                    <li key={problem.kind}>{problemWords(problem, words).title}</li>
                  ))}
                </ul>
              </>
            )}
          </div>
        </div>
      );
  }
}

function Told({ title, texts }: { title: string; texts: readonly string[] }) {
  const styles = useStyles();
  return (
    <div className={styles.words}>
      <h3 className={styles.title}>{title}</h3>
      {texts.map((text) => (
        <p key={text} className={styles.text}>
          {text}
        </p>
      ))}
    </div>
  );
}

function problemWords(problem: TokenProblem, { t, dateTime }: Words): { title: string; texts: readonly string[] } {
  const key = problemKey(problem);
  const values = {
    ...('expected' in problem && { expected: problem.expected }),
    ...('mailbox' in problem && { mailbox: problem.mailbox, owner: problem.owner }),
    ...('at' in problem && { at: dateTime(problem.at) }),
  };
  return {
    title: t(`inspector.problem.${key}.title`),
    texts: [t(`inspector.problem.${key}.text`, values), t(`inspector.problem.${key}.fix`, values)],
  };
}
