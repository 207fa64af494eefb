import type { ReactNode } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow2,
    // A transparent border becomes visible in forced colours, where shadows are not.
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  padded: { padding: '20px', '@media (max-width: 480px)': { padding: '16px' } },
});

/** A raised surface. */
export function Card({ padded = false, children }: { padded?: boolean; children: ReactNode }) {
  const styles = useStyles();
  return <div className={mergeClasses(styles.card, padded && styles.padded)}>{children}</div>;
}
