import { Link, makeStyles, tokens } from '@fluentui/react-components';

import type { Words } from '../words.ts';
import { Hint } from './hint.tsx';

const useStyles = makeStyles({
  hint: { display: 'flex', flexDirection: 'column', alignItems: 'center', gap: '2px' },
  link: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** Props of {@link RegistrationHint}. */
export interface RegistrationHintProps {
  readonly words: Words;
  readonly onUseAnother: () => void;
}

/** The way on for somebody whom only Microsoft's page told that the client id is wrong. */
export function RegistrationHint({ words, onUseAnother }: RegistrationHintProps) {
  const styles = useStyles();
  return (
    <div className={styles.hint}>
      <Hint>{words.t('window.signIn.pageError')}</Hint>
      <Link as="button" type="button" className={styles.link} onClick={onUseAnother}>
        {words.t('window.common.useAnotherId')}
      </Link>
    </div>
  );
}
