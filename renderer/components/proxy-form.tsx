import { useState } from 'react';
import { Button, Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';

import type { NetworkSnapshot, ProxyChoice } from '../../electron/shared/network.ts';
import { useOneAtATime } from '../use-one-at-a-time.ts';
import type { Words } from '../words.ts';
import { PlainForm } from './plain-form.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  option: { display: 'flex', flexDirection: 'column' },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  fields: { display: 'flex', flexDirection: 'column', gap: '12px', paddingInlineStart: '32px' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px', paddingTop: '8px' },
});

const modes = ['system', 'none', 'manual'] as const;

/** Props of {@link ProxyForm}. */
export interface ProxyFormProps {
  readonly network: NetworkSnapshot;
  readonly words: Words;
  /** Whether the choice that stands there was taken just now. Its owner's, as what was taken begins the form anew. */
  readonly isUsed: boolean;
  readonly onUse: (choice: ProxyChoice) => Promise<void>;
  readonly onEdit: () => void;
}

/** The three ways out of a network; by a proxy of one's own with its address and, if need be, user and password. */
export function ProxyForm({ network, words, isUsed, onUse, onEdit }: ProxyFormProps) {
  const styles = useStyles();
  const { t } = words;
  const [mode, setMode] = useState<NetworkSnapshot['mode']>(network.mode);
  const [address, setAddress] = useState(network.address);
  const [user, setUser] = useState(network.user);
  const [password, setPassword] = useState('');
  const [busy, once] = useOneAtATime();

  const submit = async (): Promise<void> =>
    once(async () => {
      await onUse(mode === 'manual' ? { mode, address, user, password } : { mode });
      // A password has no business in a window longer than need be.
      setPassword('');
    });

  return (
    <PlainForm
      className={styles.form}
      onSubmit={() => {
        void submit();
      }}
    >
      <Field label={t('network.mode.label')}>
        <RadioGroup
          value={mode}
          onChange={(_, data) => {
            setMode(modes.find((known) => known === data.value) ?? 'system');
            onEdit();
          }}
        >
          {modes.map((choice) => (
            <Radio
              key={choice}
              value={choice}
              label={
                <span className={styles.option}>
                  {t(`network.mode.${choice}`)}
                  <span className={styles.hint}>{t(`network.mode.${choice}Hint`)}</span>
                </span>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      {mode === 'manual' ? (
        <div className={styles.fields}>
          <Field label={t('network.address')}>
            <Input
              value={address}
              placeholder="http://proxy.example:8080"
              autoComplete="off"
              spellCheck={false}
              onChange={(_, data) => {
                setAddress(data.value);
                onEdit();
              }}
            />
          </Field>
          <Field label={t('network.user')}>
            <Input
              value={user}
              autoComplete="off"
              spellCheck={false}
              onChange={(_, data) => {
                setUser(data.value);
                onEdit();
              }}
            />
          </Field>
          {user.trim() === '' ? null : (
            <Field label={t('network.password')} hint={t('network.passwordHint')}>
              <Input
                type="password"
                value={password}
                autoComplete="off"
                onChange={(_, data) => {
                  setPassword(data.value);
                  onEdit();
                }}
              />
            </Field>
          )}
        </div>
      ) : null}
      <div className={styles.actions}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {t('network.use')}
        </Button>
        <span role="status">{isUsed ? t('network.used') : ''}</span>
      </div>
    </PlainForm>
  );
}
