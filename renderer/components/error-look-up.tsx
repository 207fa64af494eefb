import { Link, makeStyles, tokens } from '@fluentui/react-components';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  link: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** Props of {@link ErrorLookUp}. */
export interface ErrorLookUpProps {
  readonly error: Pick<AppErrorInfo, 'aadsts' | 'explanation'>;
  readonly words: Words;
  /** Opens Microsoft's page about the number. */
  readonly onLookUp: (aadsts: string) => void;
}

/** The way to Microsoft's own page about a number that Tidings has no words for; nothing where it has. */
export function ErrorLookUp({ error: { aadsts, explanation }, words, onLookUp }: ErrorLookUpProps) {
  const styles = useStyles();
  if (aadsts === undefined || (explanation !== undefined && explanation !== 'unknown-number')) {
    return null;
  }
  return (
    <Link
      as="button"
      type="button"
      className={styles.link}
      onClick={() => {
        onLookUp(aadsts);
      }}
    >
      {words.t('explain.ask.lookUp')} (AADSTS{aadsts})
    </Link>
  );
}
