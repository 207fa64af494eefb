import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import { fullAccessCommand } from '../full-access-command.ts';
import type { FocusHeir } from '../use-focus-heir.ts';
import type { Words } from '../words.ts';
import { AccountProblem, type RetriedState } from './account-problem.tsx';
import { CommandBlock } from './command-block.tsx';

const useStyles = makeStyles({
  text: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  command: { marginBlock: '4px' },
});

/** Props of {@link SharedMailboxProblem}. */
export interface SharedMailboxProblemProps {
  readonly state: RetriedState;
  readonly address: string;
  /** Whose token opens it. */
  readonly delegate: string;
  readonly words: Words;
  readonly heir: FocusHeir;
  readonly onTryNow: () => Promise<boolean>;
  readonly onCopyDetails: () => Promise<boolean>;
  readonly onCopy: (text: string) => Promise<boolean>;
}

/** Why a shared mailbox isn't watched; where a permission is missing, with the command that gives it. */
export function SharedMailboxProblem({ address, delegate, onCopy, ...problem }: SharedMailboxProblemProps) {
  const styles = useStyles();
  const { state, words } = problem;
  const { t } = words;
  if (state.error.code !== 'shared-mailbox-no-access') return <AccountProblem {...problem} />;
  return (
    <AccountProblem
      {...problem}
      explanation={
        <>
          <p className={styles.text}>{t('window.sharedMailboxes.askAdministrator', { address })}</p>
          <div className={styles.command}>
            <CommandBlock
              command={fullAccessCommand(address, delegate)}
              label={t('window.sharedMailboxes.commandLabel')}
              copyLabel={t('window.sharedMailboxes.copyCommand')}
              words={words}
              onCopy={onCopy}
            />
          </div>
          <p className={styles.text}>{t('window.sharedMailboxes.takesEffect')}</p>
        </>
      }
    />
  );
}
