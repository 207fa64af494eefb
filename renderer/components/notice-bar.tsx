import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  type MessageBarProps,
} from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss';

import type { AppErrorCode } from '../../electron/shared/app-error.ts';
import { assertNever } from '../../electron/shared/app-error.ts';
import type { Notice } from '../../electron/shared/snapshot.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  bars: { display: 'flex', flexDirection: 'column', gap: '8px' },
});

/** Props of {@link NoticeBar}. */
export interface NoticeBarProps {
  readonly notices: readonly Notice[];
  /** Why the last command failed; null when none did. */
  readonly failure: AppErrorCode | null;
  readonly words: Words;
  readonly onDismiss: (noticeId: string) => void;
  readonly onDismissFailure: () => void;
}

/** What must be said once, above everything else. Nothing is shown when there is nothing to say. */
export function NoticeBar({ notices, failure, words, onDismiss, onDismissFailure }: NoticeBarProps) {
  const styles = useStyles();
  if (notices.length === 0 && failure === null) {
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
          onDismiss={onDismissFailure}
        />
      )}
      {notices.map((notice) => (
        <Bar
          key={notice.id}
          {...noticeWords(notice, words)}
          dismissLabel={words.t('window.common.dismiss')}
          onDismiss={() => {
            onDismiss(notice.id);
          }}
        />
      ))}
    </section>
  );
}

type Intent = NonNullable<MessageBarProps['intent']>;

function noticeWords(notice: Notice, words: Words): { intent: Intent; title: string; text: string } {
  switch (notice.kind) {
    case 'file-set-aside':
      return {
        intent: 'warning',
        title: words.t('window.notices.fileSetAsideTitle'),
        text: words.t('window.notices.fileSetAsideText', { file: notice.file, keptAs: notice.keptAs }),
      };
    case 'save-failed':
      return {
        intent: 'error',
        title: words.t(`errors.${notice.error.code}.title`),
        text: words.t(`errors.${notice.error.code}.action`),
      };
    default:
      return assertNever(notice);
  }
}

interface BarProps {
  readonly intent: Intent;
  readonly title: string;
  readonly text: string;
  readonly dismissLabel: string;
  readonly onDismiss: () => void;
}

function Bar({ intent, title, text, dismissLabel, onDismiss }: BarProps) {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {text}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button appearance="transparent" icon={<Dismiss16Regular />} aria-label={dismissLabel} onClick={onDismiss} />
        }
      />
    </MessageBar>
  );
}
