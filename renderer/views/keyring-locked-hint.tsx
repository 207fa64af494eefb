import { Hint } from '../components/hint.tsx';
import { useSnapshot, useWords } from '../services.tsx';

/** That a keyring in use was locked, which needs nothing of anybody; nothing while it is open. */
export function KeyringLockedHint() {
  const { t } = useWords();
  const { vault } = useSnapshot();
  return vault.kind === 'locked' ? <Hint>{t('vault.lockedMeanwhile')}</Hint> : null;
}
