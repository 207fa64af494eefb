import type { ReactNode } from 'react';
import { makeStyles, typographyStyles } from '@fluentui/react-components';
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { ErrorCircle20Filled } from '@fluentui/react-icons/svg/error-circle';
import { Info20Filled } from '@fluentui/react-icons/svg/info';

import { problemKey, type TokenProblem, type TokenVerdict as Verdict } from '../../electron/shared/token-report.ts';
import type { Words } from '../words.ts';
import { StatePanel, type StatePanelProps } from './state-panel.tsx';

const useStyles = makeStyles({
  title: { ...typographyStyles.body1Strong, margin: 0 },
  text: { ...typographyStyles.body1, margin: 0, textWrap: 'pretty', overflowWrap: 'anywhere', userSelect: 'text' },
  others: { ...typographyStyles.body1, margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere' },
});

/** What a token is good for, why, and what to do in its place. */
export function TokenVerdict({ verdict, words }: { verdict: Verdict; words: Words }) {
  const { t } = words;
  switch (verdict.kind) {
    case 'fits':
    case 'opaque':
      return (
        <Told
          {...(verdict.kind === 'fits'
            ? { tone: 'good', icon: CheckmarkCircle20Filled }
            : { tone: 'calm', icon: Info20Filled })}
          title={t(`inspector.verdict.${verdict.kind}.title`)}
          texts={[t(`inspector.verdict.${verdict.kind}.text`)]}
        />
      );
    case 'no-access-token':
      return (
        <Told
          {...(verdict.what === 'nothing'
            ? { tone: 'calm', icon: Info20Filled }
            : { tone: 'bad', icon: ErrorCircle20Filled })}
          title={t(`inspector.verdict.${verdict.what}.title`)}
          texts={[t(`inspector.verdict.${verdict.what}.text`)]}
        />
      );
    case 'unfit':
      return (
        <Told tone="bad" icon={ErrorCircle20Filled} {...problemWords(verdict.problem, words)}>
          {verdict.others.length === 0 ? null : <Others problems={verdict.others} words={words} />}
        </Told>
      );
  }
}

interface ToldProps extends Omit<StatePanelProps, 'size' | 'children'> {
  readonly texts: readonly string[];
  readonly children?: ReactNode;
}

function Told({ texts, children, ...panel }: ToldProps) {
  const styles = useStyles();
  return (
    <StatePanel {...panel} size="large">
      {texts.map((text) => (
        <p key={text} className={styles.text}>
          {text}
        </p>
      ))}
      {children}
    </StatePanel>
  );
}

function Others({ problems, words }: { problems: readonly TokenProblem[]; words: Words }) {
  const styles = useStyles();
  return (
    <>
      <p className={styles.title}>{words.t('inspector.also')}</p>
      <ul className={styles.others}>
        {problems.map((problem) => (
          <li key={problem.kind}>{problemWords(problem, words).title}</li>
        ))}
      </ul>
    </>
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
