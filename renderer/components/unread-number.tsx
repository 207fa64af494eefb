import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';

import type { Inbox } from '../inboxes.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  number: {
    ...typographyStyles.subtitle2,
    minWidth: '32px',
    height: '28px',
    lineHeight: '28px',
    paddingInline: '10px',
    borderRadius: tokens.borderRadiusCircular,
    textAlign: 'center',
    fontVariantNumeric: 'tabular-nums',
    color: tokens.colorNeutralForeground3,
    flexShrink: 0,
  },
  some: { color: tokens.colorNeutralForegroundOnBrand, backgroundColor: tokens.colorBrandBackground },
  stale: { color: tokens.colorNeutralForeground3, backgroundColor: tokens.colorNeutralBackground6 },
});

/** An account's unread count; grey when it isn't the server's own any more. */
export function UnreadNumber({ account, words }: { account: Inbox; words: Words }) {
  const styles = useStyles();
  const count = account.unreadCount;
  const fresh = account.state.kind === 'watching';
  const label =
    count === null
      ? words.t('window.accounts.unreadUnknown')
      : words.plural(fresh ? 'window.accounts.unreadOf' : 'window.accounts.unreadOfStale', count);
  const look = count === null || count === 0 ? undefined : fresh ? styles.some : styles.stale;
  return (
    <span role="img" aria-label={label} title={label} className={mergeClasses(styles.number, look)}>
      {count === null ? '–' : words.number(count)}
    </span>
  );
}
