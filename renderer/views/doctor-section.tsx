import { useEffect, useRef, useState } from 'react';
import { Button, Checkbox, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import { useCommands } from '../commands.tsx';
import { Card } from '../components/card.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { DoctorFindingPanel } from '../components/doctor-finding.tsx';
import { DoctorStepLine } from '../components/doctor-step.tsx';
import { doctorLines } from '../doctor-list.ts';
import { useSnapshot, useWords } from '../services.tsx';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px 16px' },
  status: { flexGrow: 1 },
  state: { ...typographyStyles.subtitle2, margin: 0 },
  intro: { ...typographyStyles.caption1, margin: '4px 0 8px', color: tokens.colorNeutralForeground3 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  copying: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px', marginTop: '8px' },
});

/** Props of {@link DoctorSection}. */
export interface DoctorSectionProps {
  readonly accountId: string;
}

/** The connection doctor of one account: examines it when opened, and shows each step as it comes. */
export function DoctorSection({ accountId }: DoctorSectionProps) {
  const styles = useStyles();
  const words = useWords();
  const { run } = useCommands();
  const { doctorRuns } = useSnapshot();
  const [showAddresses, setShowAddresses] = useState(false);
  const { t } = words;
  const found = doctorRuns.find((each) => each.accountId === accountId) ?? null;
  const isRunning = found?.state === 'running';

  const examine = (): void => {
    void run('doctor.examine', { accountId });
  };
  // Opening it is the one click that was asked for; one under way is joined.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void run('doctor.examine', { accountId });
  }, [run, accountId]);

  const copy = (format: 'text' | 'json'): Promise<boolean> => run('doctor.copy', { accountId, format, showAddresses });
  return (
    <Card padded>
      <div className={styles.head}>
        <div role="status" className={styles.status}>
          <h2 className={styles.state}>{t(`doctor.state.${found?.state ?? 'running'}`)}</h2>
        </div>
        {isRunning ? (
          <Button onClick={() => void run('doctor.cancel', { accountId })}>{t('doctor.cancel')}</Button>
        ) : (
          <Button onClick={examine}>{t('doctor.again')}</Button>
        )}
      </div>
      <p className={styles.intro}>{t('doctor.intro')}</p>
      <ol className={styles.list}>
        {doctorLines(found).map((line) => (
          <DoctorStepLine key={line.name} line={line} words={words}>
            {found !== null && line.step?.kind === 'failed' ? (
              <DoctorFindingPanel
                finding={line.step.finding}
                address={found.address}
                words={words}
                onCopy={(text) => run('clipboard.write', { text })}
                onSignInAgain={() => {
                  void run('account.signInAgain', { accountId });
                }}
              />
            ) : null}
          </DoctorStepLine>
        ))}
      </ol>
      {found === null || isRunning ? null : (
        <div className={styles.copying}>
          <CopyButton label={t('doctor.copy')} doneLabel={t('window.details.copied')} onCopy={() => copy('text')} />
          <CopyButton label={t('doctor.copyJson')} doneLabel={t('window.details.copied')} onCopy={() => copy('json')} />
          <Checkbox
            size="medium"
            label={t('doctor.withAddresses')}
            checked={showAddresses}
            onChange={(_event, { checked }) => {
              setShowAddresses(checked === true);
            }}
          />
        </div>
      )}
    </Card>
  );
}
