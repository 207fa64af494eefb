import { Link, makeStyles, tokens } from '@fluentui/react-components';

import type { Words } from '../words.ts';

const useStyles = makeStyles({ link: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 } });

/** Props of {@link ApprovalHint}. */
export interface ApprovalHintProps {
  readonly words: Words;
  /** Null where no administrator can approve anything: then there is no hint. */
  readonly onAsk: (() => Promise<void>) | null;
}

/** The way on for somebody to whom only Microsoft's page said that an administrator has to approve. */
export function ApprovalHint({ words, onAsk }: ApprovalHintProps) {
  const styles = useStyles();
  if (onAsk === null) {
    return null;
  }
  return (
    <Link as="button" type="button" className={styles.link} onClick={() => void onAsk()}>
      {words.t('approval.pageSaysSo')}
    </Link>
  );
}
