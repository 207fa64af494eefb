import type { ReactNode, SubmitEvent } from 'react';

/** Props of {@link PlainForm}. */
export interface PlainFormProps {
  readonly className?: string | undefined;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A form whose words on what is wrong are our own, and that leads nowhere. */
export function PlainForm({ className, onSubmit, children }: PlainFormProps) {
  return (
    <form
      noValidate
      className={className}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
