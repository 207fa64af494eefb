import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import { Card } from '../components/card.tsx';
import { VaultButtons, VaultReason } from '../components/vault-choice.tsx';
import { useWords } from '../services.tsx';
import { useFocusHeir, type FocusHeir } from '../use-focus-heir.ts';
import { useVaultActions } from './use-vault-actions.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '12px' },
  title: { ...typographyStyles.subtitle2, margin: 0 },
  text: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** Props of {@link VaultCard}. */
export interface VaultCardProps {
  readonly error: AppErrorInfo;
  /** What follows the card, which goes with the choice. */
  readonly heir: FocusHeir;
}

/** No keyring while there are accounts: the same choice, above the list. */
export function VaultCard({ error, heir }: VaultCardProps) {
  const styles = useStyles();
  const words = useWords();
  const actions = useVaultActions(error);
  return (
    <Card padded>
      <div ref={useFocusHeir(heir)} className={styles.content}>
        <h2 className={styles.title}>{words.t('window.vault.title')}</h2>
        <p className={styles.text}>{words.t('window.vault.text')}</p>
        <VaultReason error={error} words={words} onCopyDetails={actions.onCopyDetails} />
        <VaultButtons words={words} onLookAgain={actions.onLookAgain} onSessionOnly={actions.onSessionOnly} />
      </div>
    </Card>
  );
}
