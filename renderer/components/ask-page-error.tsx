import { useState } from 'react';
import { Button, Field, makeStyles, Textarea, tokens, typographyStyles } from '@fluentui/react-components';

import { useOneAtATime } from '../use-one-at-a-time.ts';
import type { Words } from '../words.ts';
import { PlainForm } from './plain-form.tsx';

const useStyles = makeStyles({
  fold: { width: '100%', textAlign: 'start' },
  summary: {
    ...typographyStyles.caption1,
    width: 'fit-content',
    margin: '0 auto',
    padding: '4px 6px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorBrandForegroundLink,
    cursor: 'pointer',
    ':hover': { color: tokens.colorBrandForegroundLinkHover, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  form: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '12px',
    marginTop: '8px',
    padding: '16px',
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
    textAlign: 'start',
    textWrap: 'pretty',
  },
  field: { width: '100%' },
});

/** More than any page with its address; what is beyond it is never looked at. */
const maxLength = 20_000;

/** Props of {@link AskPageError}. */
export interface AskPageErrorProps {
  readonly words: Words;
  /** Whether the field is there at once, without the line that opens it. */
  readonly isOpen?: boolean;
  /** Explains the text; resolves to whether it said what happened. Must not reject. */
  readonly onExplain: (text: string) => Promise<boolean>;
}

/** "Microsoft shows an error?": takes its number, its text or its address, which the page told nobody but the person. */
export function AskPageError({ words, isOpen = false, onExplain }: AskPageErrorProps) {
  const styles = useStyles();
  if (isOpen) {
    return (
      <div className={styles.fold}>
        <PageErrorForm words={words} onExplain={onExplain} />
      </div>
    );
  }
  return (
    <details
      className={styles.fold}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) {
          currentTarget.querySelector('textarea')?.focus({ preventScroll: true });
          currentTarget.scrollIntoView({ block: 'nearest' });
        }
      }}
    >
      <summary className={styles.summary}>{words.t('explain.ask.question')}</summary>
      <PageErrorForm words={words} onExplain={onExplain} />
    </details>
  );
}

function PageErrorForm({ words, onExplain }: Pick<AskPageErrorProps, 'words' | 'onExplain'>) {
  const styles = useStyles();
  const { t } = words;
  const [text, setText] = useState('');
  const [saysNothing, setSaysNothing] = useState(false);
  const [busy, once] = useOneAtATime();
  const submit = async (): Promise<void> =>
    once(async () => {
      setSaysNothing(!(await onExplain(text)));
    });
  return (
    <PlainForm
      className={styles.form}
      onSubmit={() => {
        void submit();
      }}
    >
      <Field
        className={styles.field}
        label={t('explain.ask.label')}
        hint={t('explain.ask.hint')}
        {...(saysNothing ? { validationMessage: t('explain.ask.nothing'), validationState: 'error' as const } : {})}
      >
        <Textarea
          value={text}
          rows={3}
          maxLength={maxLength}
          placeholder={t('explain.ask.placeholder')}
          spellCheck={false}
          onChange={(_, data) => {
            setText(data.value);
            setSaysNothing(false);
          }}
          onKeyDown={(event) => {
            // A number is one line: Enter explains it, as in any field of one line.
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault();
              void submit();
            }
          }}
        />
      </Field>
      <Button type="submit" disabledFocusable={busy}>
        {t('explain.ask.explain')}
      </Button>
    </PlainForm>
  );
}
