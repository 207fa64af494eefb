import { Link, makeStyles, tokens } from '@fluentui/react-components';

import type { Words } from '../words.ts';

const useStyles = makeStyles({
  link: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** Props of {@link RegistrationHint}. */
export interface RegistrationHintProps {
  readonly words: Words;
  readonly onUseAnother: () => void;
}

/** The way on for somebody who knows that the client id is wrong. */
export function RegistrationHint({ words, onUseAnother }: RegistrationHintProps) {
  const styles = useStyles();
  return (
    <Link as="button" type="button" className={styles.link} onClick={onUseAnother}>
      {words.t('window.common.useAnotherId')}
    </Link>
  );
}
