import { useState } from 'react';
import { Button, makeStyles, MessageBar, MessageBarBody, tokens, typographyStyles } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { PlugConnected24Regular } from '@fluentui/react-icons/svg/plug-connected';

import { useCommands } from '../commands.tsx';
import { Card } from '../components/card.tsx';
import { NetworkCheckList } from '../components/network-check-list.tsx';
import { OptionCard } from '../components/option-card.tsx';
import { ProxyForm } from '../components/proxy-form.tsx';
import { useSnapshot, useWords } from '../services.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '640px', margin: '0 auto', width: '100%' },
  head: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px', paddingBlock: '8px' },
  // Its words, not its invisible edge, stand in line with the title.
  back: { marginInlineStart: '-12px' },
  title: {
    ...typographyStyles.title2,
    margin: 0,
    '@media (max-width: 480px)': { ...typographyStyles.title3 },
  },
  intro: { ...typographyStyles.body1, margin: 0, color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** How connections leave this network, and whether that works. */
export function NetworkView({ onBack }: { readonly onBack: () => void }) {
  const styles = useStyles();
  const words = useWords();
  const { network } = useSnapshot();
  const { run, send } = useCommands();
  const { t } = words;
  const { mode, address, isFixed } = network;
  const [isUsed, setIsUsed] = useState(false);
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <Button className={styles.back} appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
          {t('window.common.back')}
        </Button>
        <h1 className={styles.title}>{t('network.title')}</h1>
        <p className={styles.intro}>{t('network.intro')}</p>
      </div>
      {isFixed ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {t('network.fixed', { way: mode === 'manual' ? address : t(`network.mode.${mode}`) })}
          </MessageBarBody>
        </MessageBar>
      ) : (
        <Card padded>
          <ProxyForm
            key={`${mode} ${address} ${network.user}`}
            network={network}
            words={words}
            isUsed={isUsed}
            onUse={async (choice) => {
              setIsUsed(false);
              setIsUsed(await run('network.useProxy', choice));
            }}
            onEdit={() => {
              setIsUsed(false);
            }}
          />
        </Card>
      )}
      <OptionCard icon={<PlugConnected24Regular />} title={t('network.testTitle')} text={t('network.testText')}>
        <NetworkCheckList
          key={`${mode} ${address}`}
          words={words}
          onCheck={async () => {
            const answer = await send('network.check', {});
            return answer.ok ? answer.value : null;
          }}
        />
      </OptionCard>
    </div>
  );
}
