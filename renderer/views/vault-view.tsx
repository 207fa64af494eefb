import { LockShield48Regular } from '@fluentui/react-icons/svg/lock-shield';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import { Hero } from '../components/hero.tsx';
import { PictureIcon } from '../components/picture-icon.tsx';
import { VaultButtons, VaultReason } from '../components/vault-choice.tsx';
import { useWords } from '../services.tsx';
import { useVaultActions } from './use-vault-actions.ts';

/** No keyring before the first account: explains, and lets the person choose. */
export function VaultView({ error }: { error: AppErrorInfo }) {
  const words = useWords();
  const actions = useVaultActions(error);
  return (
    <Hero
      picture={<PictureIcon icon={<LockShield48Regular />} />}
      title={words.t('window.vault.title')}
      text={words.t('window.vault.text')}
    >
      <VaultReason error={error} words={words} onCopyDetails={actions.onCopyDetails} />
      <VaultButtons words={words} onLookAgain={actions.onLookAgain} onSessionOnly={actions.onSessionOnly} />
    </Hero>
  );
}
