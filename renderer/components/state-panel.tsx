import type { ComponentType, ReactNode, Ref } from 'react';
import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  panel: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  small: { columnGap: '10px', padding: '12px 14px' },
  large: { columnGap: '12px', padding: '14px 16px' },
  good: { backgroundColor: tokens.colorStatusSuccessBackground1 },
  calm: { backgroundColor: tokens.colorNeutralBackground3 },
  bad: { backgroundColor: tokens.colorStatusDangerBackground1 },
  goodIcon: { color: tokens.colorStatusSuccessForeground1 },
  calmIcon: { color: tokens.colorNeutralForeground3 },
  badIcon: { color: tokens.colorStatusDangerForeground1 },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  smallWords: { gap: '4px' },
  largeWords: { gap: '6px' },
  title: { ...typographyStyles.body1Strong, margin: 0 },
});

/** Props of {@link StatePanel}. */
export interface StatePanelProps {
  readonly tone: 'good' | 'calm' | 'bad';
  /** Of 20 pixels. */
  readonly icon: ComponentType<{ className?: string }>;
  readonly title: string;
  /** `small` for a part of a row. */
  readonly size: 'small' | 'large';
  readonly ref?: Ref<HTMLDivElement>;
  readonly children: ReactNode;
}

/** How something is: an icon and a title, both as urgent as it is, with reasons and what can be done under them. */
export function StatePanel({ tone, icon: Icon, title, size, ref, children }: StatePanelProps) {
  const styles = useStyles();
  return (
    <div ref={ref} className={mergeClasses(styles.panel, styles[size], styles[tone])}>
      <Icon className={styles[`${tone}Icon`]} />
      <div className={mergeClasses(styles.words, styles[`${size}Words`])}>
        <h3 className={styles.title}>{title}</h3>
        {children}
      </div>
    </div>
  );
}
