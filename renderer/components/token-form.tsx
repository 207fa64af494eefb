import { Button, Field, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components';

import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import { maxTokenTextLength } from '../../electron/shared/token-report.ts';
import type { Words } from '../words.ts';
import { PlainForm } from './plain-form.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  // A token has no words to break at.
  field: { '& textarea': { fontFamily: tokens.fontFamilyMonospace, wordBreak: 'break-all', minHeight: '96px' } },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

/** Props of {@link TokenForm}. */
export interface TokenFormProps {
  readonly words: Words;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly accounts: readonly AccountSnapshot[];
  /** The account by which the token is measured; null for none. */
  readonly accountId: string | null;
  readonly onAccount: (accountId: string | null) => void;
  readonly isBusy: boolean;
  readonly onInspect: () => void;
}

/** Takes a token, and whose mailbox it should open. */
export function TokenForm(props: TokenFormProps) {
  const { words, text, onText, accounts, accountId, onAccount, isBusy, onInspect } = props;
  const styles = useStyles();
  const { t } = words;
  const isTooLong = text.length > maxTokenTextLength;
  return (
    <PlainForm
      className={styles.form}
      onSubmit={() => {
        if (!isTooLong && !isBusy) {
          onInspect();
        }
      }}
    >
      <Field
        label={t('inspector.field')}
        {...(isTooLong ? { validationMessage: t('inspector.tooLong'), validationState: 'error' as const } : {})}
      >
        <Textarea
          className={styles.field}
          value={text}
          placeholder={t('inspector.placeholder')}
          resize="vertical"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(_, data) => {
            onText(data.value);
          }}
        />
      </Field>
      {accounts.length === 0 ? null : (
        <Field label={t('inspector.mailbox')}>
          <Select
            value={accountId ?? ''}
            onChange={(_, data) => {
              onAccount(data.value === '' ? null : data.value);
            }}
          >
            <option value="">{t('inspector.anyMailbox')}</option>
            {accounts.map(({ id, address }) => (
              <option key={id} value={id}>
                {address}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy || isTooLong}>
          {t('inspector.inspect')}
        </Button>
        {text === '' ? null : (
          <Button
            appearance="subtle"
            onClick={() => {
              onText('');
            }}
          >
            {t('inspector.clear')}
          </Button>
        )}
      </div>
    </PlainForm>
  );
}
