import type { ReactNode } from 'react';
import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { Hourglass20Regular } from '@fluentui/react-icons/svg/hourglass';

import { useFocusHeir, type FocusHeir } from '../use-focus-heir.ts';
import { ActionButton } from './action-button.tsx';
import type { ApprovalRowProps } from './approval-row.tsx';
import { useApprovalTimes } from './approval-times.ts';
import { StatePanel } from './state-panel.tsx';

const useStyles = makeStyles({
  times: { ...typographyStyles.caption1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', marginTop: '6px' },
});

/** Props of {@link AccountApproval}. */
export interface AccountApprovalProps extends ApprovalRowProps {
  /** The account's row: the panel goes when nothing is awaited any more. */
  readonly heir: FocusHeir;
  /** Why the account can't be watched meanwhile. */
  readonly children?: ReactNode;
}

/** That an account of the list waits for an administrator, and what can be done. */
export function AccountApproval(props: AccountApprovalProps) {
  const { approval, words, onCheckAgain, onShow, onRemove, heir, children } = props;
  const styles = useStyles();
  const { t } = words;
  const times = useApprovalTimes(approval, words);
  const name = approval.address ?? t('approval.tray.nobody');
  return (
    <StatePanel
      ref={useFocusHeir(heir)}
      tone="calm"
      icon={Hourglass20Regular}
      title={t('approval.row.waiting')}
      size="small"
    >
      <p className={styles.times}>{times}</p>
      <div className={styles.actions}>
        <ActionButton size="small" label={t('approval.checkAgain')} heir={heir} onAct={onCheckAgain} />
        <Button size="small" onClick={onShow}>
          {t('approval.row.show')}
        </Button>
        <Button size="small" appearance="subtle" aria-label={t('approval.row.remove', { name })} onClick={onRemove}>
          {t('approval.row.stop')}
        </Button>
      </div>
      {children}
    </StatePanel>
  );
}
