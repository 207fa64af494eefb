import { useState } from 'react';
import { Button, Field, Input, Link, makeStyles } from '@fluentui/react-components';

import { readWorkAddress } from '../../electron/shared/work-address.ts';
import { useOneAtATime } from '../use-one-at-a-time.ts';
import type { Words } from '../words.ts';
import { PlainForm } from './plain-form.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '16px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px' },
});

/** Props of {@link WorkAddressForm}. */
export interface WorkAddressFormProps {
  readonly words: Words;
  /** Null for somebody who doesn't want to say. Must not reject. */
  readonly onGo: (address: string | null) => Promise<unknown>;
}

/** Takes the address whose organization has to approve; tells what is wrong once the person tried to go on. */
export function WorkAddressForm({ words, onGo }: WorkAddressFormProps) {
  const styles = useStyles();
  const { t } = words;
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, once] = useOneAtATime();
  const read = readWorkAddress(text);

  const go = async (address: string | null): Promise<void> => once(async () => onGo(address));
  return (
    <PlainForm
      className={styles.form}
      onSubmit={() => {
        setTried(true);
        if (read.kind === 'ok') {
          void go(read.address);
        }
      }}
    >
      <Field
        label={t('approval.form.label')}
        hint={t('approval.form.hint')}
        {...(tried && read.kind === 'problem'
          ? { validationMessage: t(`approval.form.problem.${read.problem}`), validationState: 'error' as const }
          : {})}
      >
        <Input
          type="email"
          value={text}
          autoComplete="off"
          spellCheck={false}
          maxLength={320}
          onChange={(_, data) => {
            setText(data.value);
          }}
        />
      </Field>
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {t('approval.form.go')}
        </Button>
        <Link as="button" type="button" onClick={() => void go(null)}>
          {t('approval.form.without')}
        </Link>
      </div>
    </PlainForm>
  );
}
