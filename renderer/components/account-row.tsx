import { useEffect, useRef, type ReactNode } from 'react';
import { Avatar, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import { nameOf } from '../announcements.ts';
import { initialsOf } from '../initials.ts';
import { canTryNow } from '../try-now.ts';
import type { FocusHeir } from '../use-focus-heir.ts';
import { AccountMenu } from './account-menu.tsx';
import { AccountProblem, type AccountProblemProps } from './account-problem.tsx';
import { AccountStateLine } from './account-state-line.tsx';
import { ErrorDetails } from './error-details.tsx';
import { UnreadNumber } from './unread-number.tsx';

const useStyles = makeStyles({
  row: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    padding: '16px 12px 16px 20px',
    '@media (max-width: 480px)': { padding: '14px 8px 14px 16px' },
    outlineStyle: 'none',
    '& + &': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  focused: {
    position: 'absolute',
    insetBlock: '10px',
    insetInlineStart: 0,
    width: '3px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorCompoundBrandBackground,
    forcedColorAdjust: 'none',
    animationName: { from: { transform: 'scaleY(0)' }, to: { transform: 'none' } },
    animationDuration: tokens.durationSlow,
    animationTimingFunction: tokens.curveDecelerateMid,
    '@media (prefers-reduced-motion: reduce)': { animationDuration: '0ms' },
  },
  main: { display: 'flex', alignItems: 'center', gap: '14px', '@media (max-width: 480px)': { gap: '12px' } },
  who: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column', gap: '1px' },
  name: {
    ...typographyStyles.body1Strong,
    margin: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  address: {
    ...typographyStyles.caption1,
    color: tokens.colorNeutralForeground2,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    userSelect: 'text',
  },
  right: { display: 'flex', alignItems: 'center', gap: '4px', flexShrink: 0 },
  problem: { paddingInlineEnd: '8px' },
});

/** Props of {@link AccountRow}. */
export interface AccountRowProps extends Omit<AccountProblemProps, 'state' | 'heir' | 'explanation'> {
  readonly account: AccountSnapshot;
  /** Rises each time a notification or a menu asks for this account; null while another one or none is asked for. */
  readonly focusRequest: number | null;
  readonly onCheckNow: () => void;
  readonly onAddShared: () => void;
  readonly onCheckConnection: () => void;
  readonly onRemove: () => void;
  /** That it waits for an administrator, where it does; `why` it can't be watched meanwhile. */
  readonly awaited: ((heir: FocusHeir, why: ReactNode) => ReactNode) | null;
  /** What is below the account. */
  readonly children?: ReactNode;
}

/** One account: who, what it is doing, how many unread, and what to do where something is wrong. */
export function AccountRow(props: AccountRowProps) {
  const { account, focusRequest, words, onCheckNow, onAddShared, onCheckConnection, onRemove, ...rest } = props;
  const { awaited, children, ...problem } = rest;
  const styles = useStyles();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (focusRequest !== null) {
      row.current?.scrollIntoView({ block: 'nearest' });
      row.current?.focus({ preventScroll: true });
    }
  }, [focusRequest]);

  const name = nameOf(account);
  const { state } = account;
  // What waits for somebody else isn't asked of this person in red.
  const isPatient = awaited !== null && state.kind === 'needs-sign-in';
  return (
    <li ref={row} tabIndex={-1} aria-current={focusRequest === null ? undefined : 'true'} className={styles.row}>
      {/* The key makes it grow anew with each request. */}
      {focusRequest === null ? null : <span key={focusRequest} aria-hidden="true" className={styles.focused} />}
      <div className={styles.main}>
        <Avatar name={name} {...initialsOf(name)} color="colorful" size={40} aria-hidden="true" />
        <div className={styles.who}>
          <h2 className={styles.name} title={name}>
            {name}
          </h2>
          {name === account.address ? null : (
            <span className={styles.address} title={account.address}>
              {account.address}
            </span>
          )}
          <AccountStateLine account={account} words={words} isPatient={isPatient} />
        </div>
        <div className={styles.right}>
          <UnreadNumber account={account} words={words} />
          <AccountMenu
            address={account.address}
            words={words}
            canCheckNow={canTryNow(account.state)}
            onCheckNow={onCheckNow}
            onSignInAgain={() => {
              void problem.onSignInAgain?.();
            }}
            // Personal accounts have no shared mailboxes at Microsoft.
            onAddShared={account.kind === 'personal' ? null : onAddShared}
            onCheckConnection={onCheckConnection}
            onRemove={onRemove}
          />
        </div>
      </div>
      {awaited === null ? null : (
        <div className={styles.problem}>
          {awaited(
            row,
            isPatient ? <ErrorDetails error={state.error} words={words} onCopy={problem.onCopyDetails} /> : null,
          )}
        </div>
      )}
      {'error' in state && !isPatient ? (
        <div className={styles.problem}>
          <AccountProblem {...problem} state={state} words={words} heir={row} />
        </div>
      ) : null}
      {children}
    </li>
  );
}
