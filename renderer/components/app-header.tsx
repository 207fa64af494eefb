import type { RefCallback } from 'react';
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import type { CommandArgs } from '../../electron/shared/commands.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import type { Words } from '../words.ts';
import { SettingsMenu } from './settings-menu.tsx';
import { TidingsMark } from './tidings-mark.tsx';

const useStyles = makeStyles({
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    flexShrink: 0,
    height: '48px',
    paddingInline: '20px 12px',
    '@media (max-width: 480px)': { paddingInline: '16px 8px' },
  },
  name: { ...typographyStyles.body1Strong, color: tokens.colorNeutralForeground1, flexGrow: 1 },
});

/** Props of {@link AppHeader}. */
export interface AppHeaderProps {
  readonly words: Words;
  readonly appVersion: string;
  /** What the person chose, which a menu marks. */
  readonly languageSetting: AppSnapshot['languageSetting'];
  readonly onLanguage: (language: CommandArgs<'settings.setLanguage'>['language']) => void;
  readonly notificationDetail: AppSnapshot['notificationDetail'];
  readonly onNotificationDetail: (detail: CommandArgs<'settings.setNotificationDetail'>['detail']) => void;
  readonly onOpenOutlook: () => void;
  /** Opens the set-up of a client id; null where it is open already, or the only thing to do. */
  readonly onRegister: (() => void) | null;
  readonly onInspectToken: () => void;
  readonly onNetwork: () => void;
  /** Null where it isn't known, and so not offered. */
  readonly startsAtLogin: boolean | null;
  readonly onStartAtLogin: (enabled: boolean) => void;
  readonly onRemoveEverything: () => void;
  /** What opens the settings: whatever came of them hands the keyboard focus back to it. */
  readonly settingsButton: RefCallback<HTMLElement>;
}

/** The app's name, and the settings that are seldom needed. */
export function AppHeader(props: AppHeaderProps) {
  const styles = useStyles();
  return (
    <header className={styles.header}>
      <TidingsMark size={24} />
      <span className={styles.name}>{props.words.t('app.name')}</span>
      <SettingsMenu {...props} />
    </header>
  );
}
