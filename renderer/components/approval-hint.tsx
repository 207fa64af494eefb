import { Link, makeStyles, tokens } from '@fluentui/react-components';

import type { Words } from '../words.ts';

const useStyles = makeStyles({ link: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 } });

/** The way on for somebody to whom only Microsoft's page said that an administrator has to approve. */
export function ApprovalHint({ words, onAsk }: { words: Words; onAsk: () => Promise<void> }) {
  return (
    <Link as="button" type="button" className={useStyles().link} onClick={() => void onAsk()}>
      {words.t('approval.pageSaysSo')}
    </Link>
  );
}
