import { useState } from 'react';
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { ErrorCircle20Filled } from '@fluentui/react-icons/svg/error-circle';

import type { NetworkCheck } from '../../electron/shared/network.ts';
import type { Words } from '../words.ts';
import { ActionButton } from './action-button.tsx';

const useStyles = makeStyles({
  block: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start' },
  outcome: { ':not(:empty)': { paddingTop: '12px' } },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '12px' },
  item: { display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr)', columnGap: '10px' },
  good: { color: tokens.colorPaletteGreenForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  host: { ...typographyStyles.body1Strong, overflowWrap: 'anywhere' },
  title: { ...typographyStyles.body1Strong, margin: '6px 0 0' },
  text: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  detail: { ...typographyStyles.caption1, color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
});

/** Props of {@link NetworkCheckList}. */
export interface NetworkCheckListProps {
  readonly words: Words;
  /** Null where the check itself failed, which is told elsewhere. */
  readonly onCheck: () => Promise<readonly NetworkCheck[] | null>;
}

/** A button that tries the connection, and what came of it, host by host. */
export function NetworkCheckList({ words, onCheck }: NetworkCheckListProps) {
  const styles = useStyles();
  const { t } = words;
  const [checks, setChecks] = useState<readonly NetworkCheck[] | 'under-way' | null>(null);
  const check = async (): Promise<void> => {
    setChecks('under-way');
    setChecks(await onCheck());
  };
  return (
    <div className={styles.block}>
      <ActionButton label={t('network.test')} onAct={check} />
      <div role="status" className={styles.outcome}>
        {checks === 'under-way' ? t('network.testing') : null}
        {checks === null || checks === 'under-way' ? null : (
          <ul className={styles.list}>
            {checks.map(({ host, port, way, error }) => (
              <li key={`${host}:${port}`} className={styles.item}>
                {error === null ? (
                  <CheckmarkCircle20Filled className={styles.good} />
                ) : (
                  <ErrorCircle20Filled className={styles.bad} />
                )}
                <div>
                  <div className={styles.host}>
                    {host}:{port}
                  </div>
                  <p className={styles.text}>
                    {t(error === null ? 'network.reached' : 'network.failed', {
                      way: way === null ? t('network.way.direct') : t('network.way.proxy', { proxy: way }),
                    })}
                  </p>
                  {error === null ? null : (
                    <>
                      <h3 className={styles.title}>{t(`errors.${error.code}.title`)}</h3>
                      <p className={styles.text}>{t(`errors.${error.code}.action`)}</p>
                      <div className={styles.detail}>{error.detail}</div>
                    </>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
