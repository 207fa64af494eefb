import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { Delete20Regular } from '@fluentui/react-icons/svg/delete';
import { Hourglass20Regular } from '@fluentui/react-icons/svg/hourglass';

import type { ApprovalSnapshot } from '../../electron/shared/snapshot.ts';
import type { Words } from '../words.ts';
import { ActionButton } from './action-button.tsx';
import { useApprovalTimes } from './approval-times.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '40px minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: '14px',
    rowGap: '10px',
    padding: '16px 12px 16px 20px',
    '@media (max-width: 480px)': { padding: '14px 8px 14px 16px', columnGap: '12px' },
    '& + &': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
    'li + &': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  },
  icon: {
    display: 'grid',
    placeItems: 'center',
    width: '40px',
    height: '40px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground4,
    color: tokens.colorNeutralForeground3,
  },
  who: { minWidth: 0 },
  name: {
    ...typographyStyles.body1Strong,
    margin: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  state: { ...typographyStyles.caption1, margin: 0, color: tokens.colorNeutralForeground3, textWrap: 'pretty' },
  actions: { gridColumn: '2 / -1', display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

/** Props of {@link ApprovalRow}. */
export interface ApprovalRowProps {
  readonly approval: ApprovalSnapshot;
  readonly words: Words;
  readonly onCheckAgain: () => Promise<unknown>;
  readonly onShow: () => void;
  readonly onRemove: () => void;
}

/** An account still to be added that waits for an administrator: since when, and what can be done. */
export function ApprovalRow({ approval, words, onCheckAgain, onShow, onRemove }: ApprovalRowProps) {
  const styles = useStyles();
  const { t } = words;
  const name = approval.address ?? t('approval.tray.nobody');
  const times = useApprovalTimes(approval, words);
  return (
    <li className={styles.row}>
      <span className={styles.icon}>
        <Hourglass20Regular />
      </span>
      <div className={styles.who}>
        <h2 className={styles.name} title={name}>
          {name}
        </h2>
        <p className={styles.state}>{t('approval.row.waiting')}</p>
        <p className={styles.state}>{times}</p>
      </div>
      <Button
        appearance="subtle"
        icon={<Delete20Regular />}
        aria-label={t('approval.row.remove', { name })}
        title={t('approval.row.remove', { name })}
        onClick={onRemove}
      />
      <div className={styles.actions}>
        <ActionButton size="small" label={t('approval.checkAgain')} onAct={onCheckAgain} />
        <Button size="small" onClick={onShow}>
          {t('approval.row.show')}
        </Button>
      </div>
    </li>
  );
}
