import type { ReactNode } from 'react';
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  hero: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    textAlign: 'center',
    gap: '16px',
    maxWidth: '440px',
    margin: '0 auto',
    paddingTop: 'clamp(16px, 9vh, 88px)',
    paddingBottom: '24px',
  },
  title: {
    ...typographyStyles.title2,
    margin: 0,
    textWrap: 'balance',
    '@media (max-width: 480px)': { ...typographyStyles.title3 },
  },
  text: { ...typographyStyles.body2, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'balance' },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: '8px', marginTop: '8px' },
  below: {
    width: '100%',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    alignItems: 'center',
    textWrap: 'balance',
  },
});

/** Props of {@link Hero}. */
export interface HeroProps {
  readonly picture: ReactNode;
  readonly title: string;
  readonly text: ReactNode;
  /** Buttons, the most likely first. */
  readonly actions?: ReactNode;
  /** What comes under the buttons. */
  readonly children?: ReactNode;
}

/** A screen with one thing to say: a picture, a sentence and what can be done. */
export function Hero({ picture, title, text, actions, children }: HeroProps) {
  const styles = useStyles();
  return (
    <div className={styles.hero}>
      {picture}
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{text}</p>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      {children === undefined ? null : <div className={styles.below}>{children}</div>}
    </div>
  );
}
