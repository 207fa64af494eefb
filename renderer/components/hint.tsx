import type { ReactNode } from 'react';
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  hint: { ...typographyStyles.caption1, margin: 0, color: tokens.colorNeutralForeground3 },
});

/** A small remark. */
export function Hint({ children }: { children: ReactNode }) {
  return <p className={useStyles().hint}>{children}</p>;
}
