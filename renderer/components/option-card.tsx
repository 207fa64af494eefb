import type { ReactElement, ReactNode } from 'react';
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import { Card } from './card.tsx';

const useStyles = makeStyles({
  content: { display: 'grid', gridTemplateColumns: '24px minmax(0, 1fr)', columnGap: '14px', rowGap: '12px' },
  icon: { color: tokens.colorBrandForeground1, display: 'flex', paddingTop: '1px' },
  words: { display: 'flex', flexDirection: 'column', gap: '2px' },
  title: { ...typographyStyles.subtitle2, margin: 0 },
  text: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground3, textWrap: 'pretty' },
  body: { gridColumn: '2', minWidth: 0, '@media (max-width: 480px)': { gridColumn: '1 / -1' } },
});

/** Props of {@link OptionCard}. */
export interface OptionCardProps {
  readonly icon: ReactElement;
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** One of several ways to go on. */
export function OptionCard({ icon, title, text, children }: OptionCardProps) {
  const styles = useStyles();
  return (
    <Card padded>
      <div className={styles.content}>
        <span className={styles.icon}>{icon}</span>
        <div className={styles.words}>
          <h2 className={styles.title}>{title}</h2>
          {text === undefined ? null : <p className={styles.text}>{text}</p>}
        </div>
        <div className={styles.body}>{children}</div>
      </div>
    </Card>
  );
}
