import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
  typographyStyles,
  type MessageBarProps,
} from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss';

import type { AppErrorCode } from '../../electron/shared/app-error.ts';
import { assertNever } from '../../electron/shared/app-error.ts';
import type { Notice } from '../../electron/shared/snapshot.ts';
import { useFocusHeir, type FocusHeir } from '../use-focus-heir.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  bars: { display: 'flex', flexDirection: 'column', gap: '8px' },
  detail: {
    ...typographyStyles.caption1,
    marginTop: '2px',
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
});

/** Props of {@link NoticeBar}. */
export interface NoticeBarProps {
  readonly notices: readonly Notice[];
  /** Why the last command failed; null when none did. */
  readonly failure: AppErrorCode | null;
  /** Whether to say that a new set-up is in use. */
  readonly isSetUpTaken: boolean;
  readonly words: Words;
  /** A bar goes when it is dismissed. */
  readonly heir: FocusHeir;
  readonly onDismiss: (noticeId: string) => void;
  readonly onDismissFailure: () => void;
  readonly onDismissSetUp: () => void;
}

/** What must be said once, above everything else. Nothing is shown when there is nothing to say. */
export function NoticeBar(props: NoticeBarProps) {
  const styles = useStyles();
  const { notices, failure, isSetUpTaken, words, heir, onDismiss, onDismissFailure, onDismissSetUp } = props;
  if (notices.length === 0 && failure === null && !isSetUpTaken) {
    return null;
  }
  return (
    <section aria-label={words.t('window.notices.label')} className={styles.bars}>
      {failure === null ? null : (
        <Bar
          intent="error"
          title={words.t(`errors.${failure}.title`)}
          text={words.t(`errors.${failure}.action`)}
          dismissLabel={words.t('window.common.dismiss')}
          heir={heir}
          onDismiss={onDismissFailure}
        />
      )}
      {isSetUpTaken ? (
        <Bar
          intent="success"
          title={words.t('window.registration.takenTitle')}
          text={words.t('window.registration.takenText')}
          dismissLabel={words.t('window.common.dismiss')}
          heir={heir}
          onDismiss={onDismissSetUp}
        />
      ) : null}
      {notices.map((notice) => (
        <Bar
          key={notice.id}
          {...noticeWords(notice, words)}
          dismissLabel={words.t('window.common.dismiss')}
          heir={heir}
          onDismiss={() => {
            onDismiss(notice.id);
          }}
        />
      ))}
    </section>
  );
}

type Intent = NonNullable<MessageBarProps['intent']>;

interface BarWords {
  readonly intent: Intent;
  readonly title: string;
  readonly text: string;
  /** One line from the system or about the file, as it came. */
  readonly detail?: string | undefined;
}

function noticeWords(notice: Notice, words: Words): BarWords {
  switch (notice.kind) {
    case 'file-set-aside':
      return {
        intent: 'warning',
        title: words.t('window.notices.fileSetAsideTitle'),
        text: words.t('window.notices.fileSetAsideText', { file: notice.file, keptAs: notice.keptAs }),
        detail: notice.detail,
      };
    case 'save-failed':
    case 'notifications-unavailable':
      return {
        intent: notice.kind === 'save-failed' ? 'error' : 'warning',
        title: words.t(`errors.${notice.error.code}.title`),
        text: words.t(`errors.${notice.error.code}.action`),
        detail: notice.error.detail,
      };
    default:
      return assertNever(notice);
  }
}

interface BarProps extends BarWords {
  readonly dismissLabel: string;
  readonly heir: FocusHeir;
  readonly onDismiss: () => void;
}

function Bar({ intent, title, text, detail, dismissLabel, heir, onDismiss }: BarProps) {
  const styles = useStyles();
  return (
    <MessageBar ref={useFocusHeir(heir)} intent={intent} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {text}
        {detail === undefined ? null : <div className={styles.detail}>{detail}</div>}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button appearance="transparent" icon={<Dismiss16Regular />} aria-label={dismissLabel} onClick={onDismiss} />
        }
      />
    </MessageBar>
  );
}
