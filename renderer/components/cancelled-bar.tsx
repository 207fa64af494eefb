import { Button, Link, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss';

import { useFocusHeir, type FocusHeir } from '../use-focus-heir.ts';
import type { Words } from '../words.ts';

/** Props of {@link CancelledBar}. */
export interface CancelledBarProps {
  readonly words: Words;
  /** The bar goes when it is dismissed. */
  readonly heir: FocusHeir;
  readonly onAsk: () => void;
  readonly onDismiss: () => void;
}

/** Says in one line that the sign-in was cancelled, for whoever did so because of an error on the page. */
export function CancelledBar({ words, heir, onAsk, onDismiss }: CancelledBarProps) {
  return (
    <MessageBar ref={useFocusHeir(heir)} intent="info">
      <MessageBarBody>
        {words.t('explain.cancelled.line')}{' '}
        <Link as="button" type="button" onClick={onAsk}>
          {words.t('explain.ask.question')}
        </Link>
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            icon={<Dismiss16Regular />}
            aria-label={words.t('window.common.dismiss')}
            onClick={onDismiss}
          />
        }
      />
    </MessageBar>
  );
}
