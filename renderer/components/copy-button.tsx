import { useEffect, useState } from 'react';
import { Button } from '@fluentui/react-components';
import { Checkmark16Regular } from '@fluentui/react-icons/svg/checkmark';
import { Copy16Regular } from '@fluentui/react-icons/svg/copy';

const saidForMs = 2_000;

/** Props of {@link CopyButton}. */
export interface CopyButtonProps {
  readonly label: string;
  /** What it says for two seconds after it copied. */
  readonly doneLabel: string;
  /** What a screen reader calls it, where the label alone is ambiguous. */
  readonly description?: string;
  /** Copies; resolves to whether it worked. Must not reject. */
  readonly onCopy: () => Promise<boolean>;
}

/** A small button that copies and says so. */
export function CopyButton({ label, doneLabel, description, onCopy }: CopyButtonProps) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setDone(false);
    }, saidForMs);
    return () => {
      clearTimeout(timer);
    };
  }, [done]);

  const copy = async (): Promise<void> => {
    setDone(await onCopy());
  };
  return (
    <Button
      size="small"
      appearance="subtle"
      icon={done ? <Checkmark16Regular /> : <Copy16Regular />}
      {...(description === undefined || done ? {} : { 'aria-label': description })}
      onClick={() => {
        void copy();
      }}
    >
      <span aria-live="polite">{done ? doneLabel : label}</span>
    </Button>
  );
}
