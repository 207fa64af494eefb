import { useState } from 'react';
import { makeStyles, Textarea, typographyStyles } from '@fluentui/react-components';
import { Mail24Regular } from '@fluentui/react-icons/svg/mail';
import { ShieldCheckmark24Regular } from '@fluentui/react-icons/svg/shield-checkmark';
import { WindowDevTools24Regular } from '@fluentui/react-icons/svg/window-dev-tools';

import { approvalCommands, approvalLetter, portalOf } from '../../electron/shared/approval-letter.ts';
import type { ApprovalSnapshot } from '../../electron/shared/snapshot.ts';
import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { CommandBlock } from '../components/command-block.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Fold } from '../components/fold.tsx';
import { OptionCard } from '../components/option-card.tsx';
import { Intro, SubView } from '../components/sub-view.tsx';
import { WorkAddressForm } from '../components/work-address-form.tsx';
import { useSnapshot, useWords } from '../services.tsx';

const useStyles = makeStyles({
  parts: { display: 'flex', flexDirection: 'column', gap: '12px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  list: { ...typographyStyles.body1, margin: 0, paddingInlineStart: '20px', textWrap: 'pretty' },
  said: { ...typographyStyles.body1, margin: 0, textWrap: 'pretty', ':empty': { display: 'none' } },
  next: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '8px 16px',
    padding: '4px 4px 0',
  },
});

/** Props of {@link ApprovalView}. */
export interface ApprovalViewProps {
  /** Null while the person is asked for their address. */
  readonly approvalId: string | null;
  /** Lists the account and shows its letter. Must not reject. */
  readonly onAsk: (address: string | null, accountId: null) => Promise<unknown>;
  /** Tries the sign-in once more. Must not reject. */
  readonly onCheckAgain: (approvalId: string) => Promise<void>;
  readonly onBack: () => void;
}

/** All that an administrator needs to approve, for the person to send or to do themselves. */
export function ApprovalView({ approvalId, onAsk, onCheckAgain, onBack }: ApprovalViewProps) {
  const words = useWords();
  const { t } = words;
  const approval = useSnapshot().approvals.find(({ id }) => id === approvalId);
  const forWhom =
    approval?.address === null || approval === undefined
      ? t('approval.kit.text')
      : t('approval.kit.textFor', { address: approval.address });
  return (
    <SubView
      title={t('approval.title')}
      intro={[approval === undefined ? t('approval.form.text') : forWhom]}
      onBack={onBack}
    >
      {approval === undefined ? (
        <WorkAddressForm words={words} onGo={async (address) => onAsk(address, null)} />
      ) : (
        <Kit approval={approval} onCheckAgain={onCheckAgain} />
      )}
    </SubView>
  );
}

interface KitProps extends Pick<ApprovalViewProps, 'onCheckAgain'> {
  readonly approval: ApprovalSnapshot;
}

function Kit({ approval, onCheckAgain }: KitProps) {
  const styles = useStyles();
  const words = useWords();
  const { t } = words;
  const { run, send } = useCommands();
  const [isMailedShort, setIsMailedShort] = useState(false);
  const { id: approvalId, link } = approval;
  const { subject, body } = approvalLetter(t, approval);
  const portal = portalOf(t, approval);
  const whole = `${subject}\n\n${body}`;
  const mail = async (): Promise<void> => {
    const answer = await send('approval.mail', { approvalId });
    setIsMailedShort(answer.ok && !answer.value);
  };
  const copy = async (text: string): Promise<boolean> => run('clipboard.write', { text });
  return (
    <>
      <OptionCard icon={<Mail24Regular />} title={t('approval.kit.letterTitle')} text={t('approval.kit.letterText')}>
        <div className={styles.parts}>
          <Textarea readOnly rows={10} aria-label={t('approval.kit.letterTitle')} value={whole} />
          <div className={styles.actions}>
            <ActionButton appearance="primary" label={t('approval.kit.mail')} onAct={mail} />
            <CopyButton
              label={t('approval.kit.copyLetter')}
              doneLabel={t('window.registration.copied')}
              onCopy={async () => copy(whole)}
            />
            <CopyButton
              label={t('approval.kit.copyLink')}
              doneLabel={t('window.registration.copied')}
              onCopy={async () => copy(link)}
            />
          </div>
          <p role="status" className={styles.said}>
            {isMailedShort ? t('approval.kit.mailedShort') : null}
          </p>
        </div>
      </OptionCard>
      <OptionCard
        icon={<ShieldCheckmark24Regular />}
        title={t('approval.kit.selfTitle')}
        text={t('approval.kit.selfText')}
      >
        <ActionButton label={t('approval.kit.openPage')} onAct={async () => run('approval.openPage', { approvalId })} />
      </OptionCard>
      <Fold
        icon={<WindowDevTools24Regular />}
        title={t('approval.kit.waysTitle')}
        text={t('approval.kit.waysText', { portal })}
      >
        <div className={styles.parts}>
          <ul className={styles.list}>
            <li>{t('approval.kit.portalRequests', { portal })}</li>
            <li>{t('approval.kit.portalOwn')}</li>
            <li>{t('approval.kit.shell')}</li>
          </ul>
          <CommandBlock
            command={approvalCommands(approval)}
            label={t('approval.kit.shell')}
            copyLabel={t('approval.kit.copyCommands')}
            words={words}
            onCopy={copy}
          />
        </div>
      </Fold>
      <div className={styles.next}>
        <Intro text={t('approval.kit.next')} />
        <ActionButton label={t('approval.checkAgain')} onAct={async () => onCheckAgain(approvalId)} />
      </div>
    </>
  );
}
