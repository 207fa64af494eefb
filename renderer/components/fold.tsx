import type { ReactElement, ReactNode } from 'react';
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { ChevronDown20Regular } from '@fluentui/react-icons/svg/chevron-down';

import { Card } from './card.tsx';

const useStyles = makeStyles({
  fold: { '&[open] > summary > :last-child': { transform: 'rotate(180deg)' } },
  summary: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr) 20px',
    columnGap: '14px',
    rowGap: '2px',
    alignItems: 'center',
    padding: '16px 20px',
    '@media (max-width: 480px)': { padding: '16px' },
    borderRadius: tokens.borderRadiusXLarge,
    listStyleType: 'none',
    cursor: 'pointer',
    '::-webkit-details-marker': { display: 'none' },
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  icon: { gridRow: 'span 2', color: tokens.colorBrandForeground1, display: 'flex' },
  title: { ...typographyStyles.subtitle2, margin: 0, gridColumn: '2' },
  text: { ...typographyStyles.body1, gridColumn: '2', color: tokens.colorNeutralForeground3 },
  chevron: {
    gridRow: '1 / span 2',
    gridColumn: '3',
    display: 'flex',
    color: tokens.colorNeutralForeground3,
    transitionProperty: 'transform',
    transitionDuration: tokens.durationNormal,
    '@media (prefers-reduced-motion: reduce)': { transitionDuration: '0ms' },
  },
  body: {
    padding: '4px 20px 24px 58px',
    '@media (max-width: 480px)': { padding: '4px 16px 20px' },
  },
});

/** Props of {@link Fold}. */
export interface FoldProps {
  readonly icon: ReactElement;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

/** A way to go on that few people need: opens when asked. */
export function Fold({ icon, title, text, children }: FoldProps) {
  const styles = useStyles();
  return (
    <Card>
      <details className={styles.fold}>
        <summary className={styles.summary}>
          <span className={styles.icon}>{icon}</span>
          <h2 className={styles.title}>{title}</h2>
          <span className={styles.text}>{text}</span>
          <span className={styles.chevron}>
            <ChevronDown20Regular />
          </span>
        </summary>
        <div className={styles.body}>{children}</div>
      </details>
    </Card>
  );
}
