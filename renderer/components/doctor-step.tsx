import { makeStyles, mergeClasses, Spinner, tokens, typographyStyles } from '@fluentui/react-components';
import { CheckmarkCircle20Regular } from '@fluentui/react-icons/svg/checkmark-circle';
import { Circle20Regular } from '@fluentui/react-icons/svg/circle';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { Warning20Regular } from '@fluentui/react-icons/svg/warning';
import type { ReactNode } from 'react';

import { factsWords, remarkWords } from '../../electron/shared/doctor-words.ts';
import type { DoctorLine } from '../doctor-list.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  step: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) max-content',
    columnGap: '12px',
    alignItems: 'start',
    paddingBlock: '9px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  icon: { display: 'flex', height: '20px', alignItems: 'center', justifyContent: 'center' },
  waiting: { color: tokens.colorNeutralForeground4 },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  body: { minWidth: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  title: { ...typographyStyles.body1, margin: 0 },
  titleFailed: { ...typographyStyles.body1Strong },
  titleWaiting: { color: tokens.colorNeutralForeground3 },
  facts: {
    ...typographyStyles.caption1,
    margin: 0,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
  remark: {
    ...typographyStyles.caption1,
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: '6px',
    color: tokens.colorNeutralForeground2,
    marginTop: '2px',
  },
  warning: { color: tokens.colorStatusWarningForeground1, display: 'flex' },
  time: {
    ...typographyStyles.caption1,
    lineHeight: '20px',
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
  },
  under: { gridColumn: '2 / -1', minWidth: 0 },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** Props of {@link DoctorStepLine}. */
export interface DoctorStepLineProps {
  readonly line: DoctorLine;
  readonly words: Words;
  /** Under a step that failed: cause and way on. */
  readonly children: ReactNode;
}

/** One step of an examination: how it went, what it took, what it found. */
export function DoctorStepLine({ line: { name, kind, step }, words, children }: DoctorStepLineProps) {
  const styles = useStyles();
  const { t, language } = words;
  const speech = { translate: t, language };
  const facts = step !== null && step.kind !== 'running' && step.facts !== null ? factsWords(step.facts, speech) : [];
  const remarks = step?.kind === 'passed' ? step.remarks : [];
  return (
    <li className={styles.step} data-step={name} data-state={kind}>
      <span className={mergeClasses(styles.icon, kind !== 'running' && styles[kind])}>{iconOf(kind)}</span>
      <div className={styles.body}>
        <p
          className={mergeClasses(
            styles.title,
            kind === 'failed' && styles.titleFailed,
            kind === 'waiting' && styles.titleWaiting,
          )}
        >
          {t(`doctor.step.${name}`)}
          <span className={styles.hidden}>: {t(`doctor.stepState.${kind}`)}</span>
        </p>
        {facts.map((fact) => (
          <p key={fact} className={styles.facts}>
            {fact}
          </p>
        ))}
        {remarks.map((remark) => (
          <div key={remark.kind} className={styles.remark}>
            <span className={styles.warning}>
              <Warning20Regular />
            </span>
            <span>{remarkWords(remark, speech)}</span>
          </div>
        ))}
      </div>
      <span className={styles.time}>
        {step === null || step.kind === 'running' ? '' : t('doctor.took', { ms: words.number(step.ms) })}
      </span>
      {children === null ? null : <div className={styles.under}>{children}</div>}
    </li>
  );
}

function iconOf(kind: DoctorLine['kind']): ReactNode {
  switch (kind) {
    case 'waiting':
      return <Circle20Regular />;
    case 'running':
      return <Spinner size="extra-tiny" />;
    case 'passed':
      return <CheckmarkCircle20Regular />;
    case 'failed':
      return <ErrorCircle20Regular />;
  }
}
