import { useState } from 'react';
import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { PlugConnected24Regular } from '@fluentui/react-icons/svg/plug-connected';

import { useCommands } from '../commands.tsx';
import { Card } from '../components/card.tsx';
import { NetworkCheckList } from '../components/network-check-list.tsx';
import { OptionCard } from '../components/option-card.tsx';
import { ProxyForm } from '../components/proxy-form.tsx';
import { SubView } from '../components/sub-view.tsx';
import { useSnapshot, useWords } from '../services.tsx';

/** How connections leave this network, and whether that works. */
export function NetworkView({ onBack }: { readonly onBack: () => void }) {
  const words = useWords();
  const { network } = useSnapshot();
  const { run, send } = useCommands();
  const { t } = words;
  const { mode, address, isFixed } = network;
  const [isUsed, setIsUsed] = useState(false);
  return (
    <SubView title={t('network.title')} intro={[t('network.intro')]} onBack={onBack}>
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
    </SubView>
  );
}
