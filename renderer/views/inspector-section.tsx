import { useEffect, useRef, useState } from 'react';
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';

import type { TokenReport } from '../../electron/shared/token-report.ts';
import { useCommands } from '../commands.tsx';
import { ActionButton } from '../components/action-button.tsx';
import { Card } from '../components/card.tsx';
import { FactList } from '../components/fact-list.tsx';
import { ServerWay } from '../components/server-way.tsx';
import { TokenForm } from '../components/token-form.tsx';
import { TokenVerdict } from '../components/token-verdict.tsx';
import { serverCommands } from '../server-way.ts';
import { useSnapshot, useWords } from '../services.tsx';
import { tokenFactList } from '../token-fact-list.ts';
import type { Words } from '../words.ts';

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: '16px' },
  title: { ...typographyStyles.subtitle2, margin: 0 },
  text: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
  source: {
    ...typographyStyles.body1,
    margin: '0 0 8px',
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  own: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '8px' },
  rule: { border: 'none', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, margin: 0 },
  // Always there, or screen readers don't hear of its first text.
  report: { scrollMarginBlock: '12px', ':empty': { marginTop: '-16px' } },
});

/** What was looked at: a report, of which account, and whether of that account's own token or of a pasted text. */
interface Told {
  readonly report: TokenReport;
  readonly address: string | null;
  readonly isOwn: boolean;
}

/** Explains a pasted token, or the account's own. What was pasted is gone when this goes. */
export function InspectorSection({ accountId }: { accountId: string | null }) {
  const styles = useStyles();
  const words = useWords();
  const { t } = words;
  const { accounts } = useSnapshot();
  const { run, send } = useCommands();
  const [text, setText] = useState('');
  const [measure, setMeasure] = useState(accountId);
  const [isBusy, setIsBusy] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  /** Counts what was asked: an answer to anything but the last says nothing of what is on screen. */
  const asked = useRef(0);
  const reportPlace = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a small window it is far below.
    if (told !== null) {
      reportPlace.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [told]);

  const addressOf = (id: string | null): string | null => accounts.find((one) => one.id === id)?.address ?? null;
  const inspect = async (): Promise<void> => {
    const turn = (asked.current += 1);
    setIsBusy(true);
    const answer = await send('token.inspect', { text, accountId: measure });
    setIsBusy(false);
    if (turn !== asked.current) return;
    setTold(answer.ok ? { report: answer.value, address: addressOf(measure), isOwn: false } : null);
  };
  const inspectOwn = async (id: string): Promise<void> => {
    const turn = (asked.current += 1);
    const answer = await send('account.inspectToken', { accountId: id });
    if (turn !== asked.current) return;
    setTold(answer.ok ? { report: answer.value, address: addressOf(id), isOwn: true } : null);
  };
  return (
    <Card padded>
      <section className={styles.section}>
        {accountId === null ? null : (
          <>
            <h2 className={styles.title}>{t('inspector.title')}</h2>
            <div className={styles.own}>
              <p className={styles.text}>{t('inspector.ownText')}</p>
              <ActionButton label={t('inspector.own')} onAct={async () => inspectOwn(accountId)} />
            </div>
            <hr className={styles.rule} />
          </>
        )}
        <p className={styles.text}>{t('inspector.intro')}</p>
        <TokenForm
          words={words}
          text={text}
          onText={(next) => {
            asked.current += 1;
            setText(next);
            setTold(null);
          }}
          accounts={accounts}
          accountId={measure}
          onAccount={(id) => {
            asked.current += 1;
            setMeasure(id);
            setTold(null);
          }}
          isBusy={isBusy}
          onInspect={() => {
            void inspect();
          }}
        />
        <div ref={reportPlace} role="status" aria-label={t('inspector.result')} className={styles.report}>
          {told === null ? null : (
            <>
              <p className={styles.source}>{sourceOf(told, words)}</p>
              <TokenVerdict verdict={told.report.verdict} words={words} />
            </>
          )}
        </div>
        {told === null ? null : (
          <Claims
            report={told.report}
            address={told.address}
            words={words}
            onCopy={async (commands) => run('clipboard.write', { text: commands })}
          />
        )}
      </section>
    </Card>
  );
}

/** Whose token it is and where it came from: the account's own and a pasted one look the same otherwise. */
function sourceOf({ report, address, isOwn }: Told, { t }: Words): string {
  if (isOwn) return t('inspector.source.own', { address: address ?? '' });
  const what = report.mailbox === null ? 'pasted' : 'answer';
  return address === null ? t(`inspector.source.${what}`) : t(`inspector.source.${what}For`, { address });
}

interface ClaimsProps {
  readonly report: TokenReport;
  readonly address: string | null;
  readonly words: Words;
  readonly onCopy: (text: string) => Promise<boolean>;
}

/** What a token says, and for an app's the way that it is for. */
function Claims({ report, address, words, onCopy }: ClaimsProps) {
  const styles = useStyles();
  const { facts, mailbox } = report;
  const list = tokenFactList(report, words);
  return (
    <>
      {facts?.subject === 'app' ? (
        <ServerWay commands={serverCommands(facts, mailbox ?? address)} words={words} onCopy={onCopy} />
      ) : null}
      {list.length === 0 ? null : (
        <>
          <h3 className={styles.title}>{words.t('inspector.claims')}</h3>
          <FactList size="large" list={list} />
        </>
      )}
    </>
  );
}
