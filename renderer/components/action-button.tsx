import type { ReactElement } from 'react';
import { Button } from '@fluentui/react-components';

import { useFocusHeir, type FocusHeir } from '../use-focus-heir.ts';
import { useOneAtATime } from '../use-one-at-a-time.ts';

/** Props of {@link ActionButton}. */
export interface ActionButtonProps {
  readonly label: string;
  readonly appearance?: 'primary' | 'secondary' | 'subtle';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: ReactElement;
  /** For a button that may go once it was pressed. */
  readonly heir?: FocusHeir;
  /** Must not reject. The button can't be pressed again before it is done. */
  readonly onAct: () => Promise<unknown>;
}

/** A button for something that takes a moment: pressed twice, it acts once; the keyboard focus stays on it. */
export function ActionButton(props: ActionButtonProps) {
  const { label, appearance = 'secondary', size = 'medium', icon, heir, onAct } = props;
  const [busy, once] = useOneAtATime();
  return (
    <Button
      ref={useFocusHeir(heir)}
      appearance={appearance}
      size={size}
      {...(icon === undefined ? {} : { icon })}
      disabledFocusable={busy}
      onClick={() => {
        void once(onAct);
      }}
    >
      {label}
    </Button>
  );
}
