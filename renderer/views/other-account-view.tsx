import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { PersonWarning48Regular } from '@fluentui/react-icons/svg/person-warning';

import type { OtherAccountSignedIn } from '../../electron/shared/snapshot.ts';
import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { Hero } from '../components/hero.tsx';
import { PictureIcon } from '../components/picture-icon.tsx';
import { countdown } from '../countdown.ts';
import { useTimeText, useWords } from '../services.tsx';

const useStyles = makeStyles({
  // Addresses are long, and a cut one could be anybody's: each choice has a line of its own.
  actions: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    gap: '8px',
    width: '100%',
    '& button': { overflowWrap: 'anywhere' },
  },
  text: { overflowWrap: 'anywhere' },
  time: { ...typographyStyles.caption1, color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
});

/** What to do with a sign-in that became another account's than the one asked for. */
export function OtherAccountView({ signIn }: { readonly signIn: OtherAccountSignedIn }) {
  const styles = useStyles();
  const { t } = useWords();
  const { run } = useCommands();
  const { accountId, addableUntil, ...addresses } = signIn;
  const timeLeft = useTimeText((now) => {
    const time = addableUntil === null ? null : countdown(addableUntil, now);
    return time === null ? '' : t('window.signIn.timeLeft', { time });
  });
  return (
    <Hero
      picture={<PictureIcon icon={<PersonWarning48Regular />} />}
      title={t('otherAccount.title')}
      text={
        <span className={styles.text}>
          {t('otherAccount.text', addresses)}{' '}
          {t(addableUntil === null ? 'otherAccount.known' : 'otherAccount.undecided', addresses)}
        </span>
      }
      actions={
        <div className={styles.actions}>
          <ActionButton
            appearance="primary"
            label={t('otherAccount.again', addresses)}
            onAct={async () => run('account.signInAgain', { accountId })}
          />
          {addableUntil === null ? null : (
            <ActionButton label={t('otherAccount.add', addresses)} onAct={async () => run('signIn.addOther', {})} />
          )}
          <ActionButton
            appearance="subtle"
            label={t(addableUntil === null ? 'window.common.close' : 'otherAccount.leave')}
            onAct={async () => run('signIn.cancel', {})}
          />
        </div>
      }
    >
      {timeLeft === '' ? null : (
        <span role="timer" className={styles.time}>
          {timeLeft}
        </span>
      )}
    </Hero>
  );
}
