import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';

import { useSnapshot, useWords } from '../services.tsx';
import { DoctorSection } from './doctor-section.tsx';
import { InspectorSection } from './inspector-section.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '640px', margin: '0 auto', width: '100%' },
  head: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px', paddingBlock: '8px' },
  // Its words, not its invisible edge, stand in line with the title.
  back: { marginInlineStart: '-12px' },
  title: {
    ...typographyStyles.title2,
    margin: 0,
    '@media (max-width: 480px)': { ...typographyStyles.title3 },
  },
  address: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

/** Props of {@link DoctorView}. */
export interface DoctorViewProps {
  /** Whose connection to look at; null for tokens only. */
  readonly accountId: string | null;
  readonly onBack: () => void;
}

/** The connection of an account, and what its token or any other says. */
export function DoctorView({ accountId, onBack }: DoctorViewProps) {
  const styles = useStyles();
  const { t } = useWords();
  const { accounts } = useSnapshot();
  const account = accounts.find(({ id }) => id === accountId);
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <Button className={styles.back} appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
          {t('window.common.back')}
        </Button>
        <h1 className={styles.title}>{t(account === undefined ? 'inspector.title' : 'inspector.checkTitle')}</h1>
        {account === undefined ? null : <p className={styles.address}>{account.address}</p>}
      </div>
      {account === undefined ? null : <DoctorSection key={account.id} accountId={account.id} />}
      <InspectorSection key={accountId} accountId={account?.id ?? null} />
    </div>
  );
}
