import { useState } from 'react';
import { Button, Field, Input, Link, makeStyles } from '@fluentui/react-components';

import { checkRegistration, type RegistrationInput } from '../client-id.ts';
import { useOneAtATime } from '../use-one-at-a-time.ts';
import type { Words } from '../words.ts';
import { PlainForm } from './plain-form.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px' },
});

/** Props of {@link ClientIdForm}. */
export interface ClientIdFormProps {
  readonly words: Words;
  /** Whether a client id and a tenant are in use already. */
  readonly replaces: boolean;
  readonly onUse: (input: { clientId: string; tenant: string | null }) => Promise<unknown>;
  readonly onOpenGuide: () => void;
}

/** Takes a client id and, if need be, a tenant; tells what is wrong once the person tried to use them. */
export function ClientIdForm({ words, replaces, onUse, onOpenGuide }: ClientIdFormProps) {
  const styles = useStyles();
  const { t } = words;
  const [clientId, setClientId] = useState('');
  const [tenant, setTenant] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, once] = useOneAtATime();
  const input = checkRegistration(clientId, tenant);

  const submit = async (): Promise<void> => {
    setTried(true);
    if (input.ok) {
      await once(async () => onUse({ clientId: input.clientId, tenant: input.tenant }));
    }
  };

  return (
    <PlainForm
      className={styles.form}
      onSubmit={() => {
        void submit();
      }}
    >
      <Field label={t('window.registration.clientIdLabel')} {...clientIdMessage(tried, input, words)}>
        <Input
          value={clientId}
          placeholder={t('window.registration.clientIdPlaceholder')}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, data) => {
            setClientId(data.value);
          }}
        />
      </Field>
      <Field
        label={t('window.registration.tenantLabel')}
        hint={t(replaces ? 'window.registration.tenantHintAnother' : 'window.registration.tenantHint')}
        {...tenantMessage(tried, input, words)}
      >
        <Input
          value={tenant}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, data) => {
            setTenant(data.value);
          }}
        />
      </Field>
      <div className={styles.actions}>
        <Button type="submit" disabledFocusable={busy}>
          {t('window.registration.useId')}
        </Button>
        <Link as="button" type="button" onClick={onOpenGuide}>
          {t('window.registration.guideLink')}
        </Link>
      </div>
    </PlainForm>
  );
}

type FieldMessage = { validationMessage: string; validationState: 'error' } | Record<string, never>;

function clientIdMessage(tried: boolean, input: RegistrationInput, { t }: Words): FieldMessage {
  return tried && !input.ok && input.clientId !== null
    ? { validationMessage: t(`window.clientIdProblem.${input.clientId}`), validationState: 'error' }
    : {};
}

function tenantMessage(tried: boolean, input: RegistrationInput, { t }: Words): FieldMessage {
  return tried && !input.ok && input.tenant !== null
    ? { validationMessage: t(`window.tenantProblem.${input.tenant}`), validationState: 'error' }
    : {};
}
