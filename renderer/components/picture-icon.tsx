import type { ReactElement } from 'react';
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  circle: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: '88px',
    height: '88px',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  calm: { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2 },
  problem: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorStatusDangerForeground1 },
});

/** A big icon on a tinted disc, for a screen with one thing to say. Decoration. */
export function PictureIcon({ icon, tone = 'calm' }: { icon: ReactElement; tone?: 'calm' | 'problem' }) {
  const styles = useStyles();
  return (
    <div aria-hidden="true" className={mergeClasses(styles.circle, styles[tone])}>
      {icon}
    </div>
  );
}
