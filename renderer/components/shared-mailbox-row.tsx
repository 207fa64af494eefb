import { useEffect, useRef, type RefObject } from 'react';
import { Avatar, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { AlertOff16Regular } from '@fluentui/react-icons/svg/alert-off';
import { People16Regular } from '@fluentui/react-icons/svg/people';

import type { SharedMailboxSnapshot } from '../../electron/shared/snapshot.ts';
import { canTryNow } from '../try-now.ts';
import { useFocusHeir } from '../use-focus-heir.ts';
import type { Words } from '../words.ts';
import { AccountStateLine } from './account-state-line.tsx';
import { SharedMailboxMenu } from './shared-mailbox-menu.tsx';
import { SharedMailboxProblem } from './shared-mailbox-problem.tsx';
import { UnreadNumber } from './unread-number.tsx';

const useStyles = makeStyles({
  row: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    gap: '10px',
    outlineStyle: 'none',
  },
  asked: {
    position: 'absolute',
    insetBlock: '2px',
    insetInlineStart: '-12px',
    width: '3px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorCompoundBrandBackground,
    forcedColorAdjust: 'none',
  },
  main: { display: 'flex', alignItems: 'center', gap: '12px' },
  who: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column' },
  title: { display: 'flex', alignItems: 'center', gap: '6px', minWidth: 0 },
  address: {
    ...typographyStyles.body1,
    margin: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    userSelect: 'text',
  },
  muted: { display: 'flex', color: tokens.colorNeutralForeground3, flexShrink: 0 },
  right: { display: 'flex', alignItems: 'center', gap: '4px', flexShrink: 0 },
  problem: { paddingInlineEnd: '8px' },
});

/** Props of {@link SharedMailboxRow}. */
export interface SharedMailboxRowProps {
  readonly mailbox: SharedMailboxSnapshot;
  /** Whose token opens it. */
  readonly delegate: string;
  /** Whether its account's row says the same trouble already. */
  readonly isTroubleKnown: boolean;
  /** Rises each time a notification or a menu asks for this mailbox; null while another or none is asked for. */
  readonly focusRequest: number | null;
  readonly words: Words;
  /** What stays when this row goes. */
  readonly heir: RefObject<HTMLElement | null>;
  /** Resolves to whether the mailbox is being tried now. */
  readonly onTryNow: () => Promise<boolean>;
  readonly onSetMuted: (muted: boolean) => void;
  readonly onRemove: () => void;
  readonly onCopyDetails: () => Promise<boolean>;
  readonly onCopy: (text: string) => Promise<boolean>;
}

/** A shared mailbox under its account. */
export function SharedMailboxRow(props: SharedMailboxRowProps) {
  const { mailbox, delegate, isTroubleKnown, focusRequest, words, heir, onTryNow, onSetMuted, onRemove } = props;
  const styles = useStyles();
  const row = useRef<HTMLLIElement>(null);
  const hold = useFocusHeir(heir);
  useEffect(() => {
    if (focusRequest !== null) {
      row.current?.scrollIntoView({ block: 'nearest' });
      row.current?.focus({ preventScroll: true });
    }
  }, [focusRequest]);

  return (
    <li
      ref={(element) => {
        row.current = element;
        hold(element);
      }}
      tabIndex={-1}
      aria-current={focusRequest === null ? undefined : 'true'}
      className={styles.row}
    >
      {focusRequest === null ? null : <span aria-hidden="true" className={styles.asked} />}
      <div className={styles.main}>
        <Avatar shape="square" size={28} color="neutral" icon={<People16Regular />} aria-hidden="true" />
        <div className={styles.who}>
          <div className={styles.title}>
            <h3 className={styles.address} title={mailbox.address}>
              {mailbox.address}
            </h3>
            {mailbox.muted ? (
              <span
                role="img"
                aria-label={words.t('window.sharedMailboxes.muted')}
                title={words.t('window.sharedMailboxes.muted')}
                className={styles.muted}
              >
                <AlertOff16Regular />
              </span>
            ) : null}
          </div>
          <AccountStateLine account={mailbox} words={words} />
        </div>
        <div className={styles.right}>
          <UnreadNumber account={mailbox} words={words} />
          <SharedMailboxMenu
            mailbox={mailbox}
            words={words}
            canCheckNow={canTryNow(mailbox.state)}
            onCheckNow={() => {
              void onTryNow();
            }}
            onSetMuted={onSetMuted}
            onRemove={onRemove}
          />
        </div>
      </div>
      {'error' in mailbox.state && !isTroubleKnown ? (
        <div className={styles.problem}>
          <SharedMailboxProblem
            state={mailbox.state}
            address={mailbox.address}
            delegate={delegate}
            words={words}
            heir={row}
            onTryNow={onTryNow}
            onCopyDetails={props.onCopyDetails}
            onCopy={props.onCopy}
          />
        </div>
      ) : null}
    </li>
  );
}
