import { makeStyles } from '@fluentui/react-components';

import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { Hint } from '../components/hint.tsx';
import { useSnapshot, useWords } from '../services.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px' },
  centered: { display: 'flex', flexDirection: 'column', alignItems: 'center', gap: '8px' },
});

/** Props of {@link SessionOnlyHint}. */
export interface SessionOnlyHintProps {
  /** For a screen whose words are in the middle. */
  readonly centered?: boolean;
  /** Called once the keyring is in use, and this hint gone: the keyboard focus needs another place. */
  readonly onGone: () => void;
}

/** That sign-ins are kept until the person quits, and the way back to the keyring; nothing while the keyring is used. */
export function SessionOnlyHint({ centered = false, onGone }: SessionOnlyHintProps) {
  const styles = useStyles();
  const { t } = useWords();
  const { vault } = useSnapshot();
  const { run } = useCommands();
  if (vault.kind !== 'session-only') {
    return null;
  }
  return (
    <div className={centered ? styles.centered : styles.row}>
      <Hint>{t('window.vault.sessionOnly')}</Hint>
      <ActionButton
        size="small"
        label={t('window.vault.useKeyring')}
        onAct={async () => {
          if (await run('vault.retry', {})) {
            onGone();
          }
        }}
      />
    </div>
  );
}
