import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';

import type { Inbox } from '../inboxes.ts';
import { useTimeText } from '../services.tsx';
import type { Words } from '../words.ts';

/** Below this age a check counts as just now, in ms. */
const justNowMs = 5_000;

const useStyles = makeStyles({
  line: {
    ...typographyStyles.caption1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '6px',
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
  },
  dot: {
    width: '8px',
    height: '8px',
    borderRadius: tokens.borderRadiusCircular,
    flexShrink: 0,
    // Forced colours repaint backgrounds; the dot is decoration beside the word.
    forcedColorAdjust: 'none',
  },
  state: { color: tokens.colorNeutralForeground2 },
  // Where the line breaks, a dot at its end would be left over.
  between: { '@media (max-width: 480px)': { display: 'none' } },
  connecting: { backgroundColor: tokens.colorNeutralForeground4 },
  'waits-for-approval': { backgroundColor: tokens.colorNeutralForeground4 },
  'waits-for-account': { backgroundColor: tokens.colorNeutralForeground4 },
  watching: { backgroundColor: tokens.colorPaletteGreenForeground3 },
  offline: { backgroundColor: tokens.colorPaletteMarigoldBackground3 },
  'needs-sign-in': { backgroundColor: tokens.colorPaletteRedBackground3 },
  refused: { backgroundColor: tokens.colorPaletteRedBackground3 },
});

/** Props of {@link AccountStateLine}. */
export interface AccountStateLineProps {
  readonly account: Inbox;
  readonly words: Words;
  /** Whether the sign-in that it needs waits for an administrator: nothing to be done in red. */
  readonly isPatient?: boolean;
}

/** An account's state and when it was last checked, in words. */
export function AccountStateLine({ account, words, isPatient = false }: AccountStateLineProps) {
  const styles = useStyles();
  const { kind } = account.state;
  const shown = isPatient ? 'waits-for-approval' : kind;
  const checked = useTimeText((now) => whenChecked(account.lastCheckedAt, kind, now, words));
  return (
    <div className={styles.line}>
      <span className={mergeClasses(styles.dot, styles[shown])} />
      <span className={styles.state}>{words.t(`window.accounts.state.${shown}`)}</span>
      {checked === '' ? null : (
        <>
          <span aria-hidden="true" className={styles.between}>
            ·
          </span>
          <span>{checked}</span>
        </>
      )}
    </div>
  );
}

function whenChecked(at: number | null, kind: Inbox['state']['kind'], now: number, words: Words): string {
  if (at === null) {
    return kind === 'connecting' ? '' : words.t('window.accounts.neverChecked');
  }
  return now - at < justNowMs
    ? words.t('window.accounts.justChecked')
    : words.t('window.accounts.lastChecked', { when: words.distance(at, now) });
}
