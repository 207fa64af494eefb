import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';

import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { inboxesOf } from '../inboxes.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  title: { margin: 0, display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: '10px' },
  number: {
    fontSize: tokens.fontSizeHero900,
    lineHeight: tokens.lineHeightHero900,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  label: { ...typographyStyles.subtitle1, fontWeight: tokens.fontWeightRegular },
  alone: { ...typographyStyles.title2, lineHeight: tokens.lineHeightHero900 },
  stale: { color: tokens.colorNeutralForeground3 },
  below: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground3 },
});

/** The sum of all accounts and shared mailboxes, and whether it can be relied on. */
export function TotalUnread({ snapshot, words }: { snapshot: AppSnapshot; words: Words }) {
  const styles = useStyles();
  const { accounts, totalUnread } = snapshot;
  const inboxes = inboxesOf(snapshot);
  const known = inboxes.some((account) => account.unreadCount !== null);
  const stale = accounts.filter((account) => account.state.kind !== 'watching' && account.state.kind !== 'connecting');
  const remarks = [words.plural('window.accounts.inAccounts', accounts.length)];
  if (inboxes.length > accounts.length) {
    remarks.push(words.plural('window.sharedMailboxes.count', inboxes.length - accounts.length));
  }
  if (stale.length > 0) {
    remarks.push(words.plural('window.accounts.stale', stale.length));
  }

  return (
    <div>
      <h1 className={styles.title}>
        {known && totalUnread > 0 ? (
          <>
            <span className={mergeClasses(styles.number, stale.length === accounts.length && styles.stale)}>
              {words.number(totalUnread)}
            </span>{' '}
            <span className={styles.label}>{words.plural('window.accounts.unread', totalUnread)}</span>
          </>
        ) : (
          <span className={mergeClasses(styles.alone, !known && styles.stale)}>
            {quietTitle(known, snapshot, words)}
          </span>
        )}
      </h1>
      {snapshot.accounts.length === 0 ? null : <p className={styles.below}>{remarks.join(' · ')}</p>}
    </div>
  );
}

function quietTitle(known: boolean, snapshot: AppSnapshot, words: Words): string {
  if (snapshot.accounts.length === 0) {
    return words.t('approval.row.waiting');
  }
  if (known) {
    return words.t('window.accounts.noneUnread');
  }
  const connecting = snapshot.accounts.some((account) => account.state.kind === 'connecting');
  return words.t(connecting ? 'window.accounts.counting' : 'window.accounts.unknownTotal');
}
