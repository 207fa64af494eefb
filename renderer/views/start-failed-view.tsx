import { ErrorCircle48Regular } from '@fluentui/react-icons/svg/error-circle';

import { Hero } from '../components/hero.tsx';
import { PictureIcon } from '../components/picture-icon.tsx';
import { Fluent } from '../fluent.tsx';
import type { Words } from '../words.ts';

/** Shown in place of everything when the main process gave no snapshot. */
export function StartFailedView({ words, nonce }: { words: Words; nonce: string }) {
  return (
    <Fluent nonce={nonce}>
      <main>
        <Hero
          picture={<PictureIcon icon={<ErrorCircle48Regular />} tone="problem" />}
          title={words.t('window.startFailed.title')}
          text={words.t('window.startFailed.text')}
        />
      </main>
    </Fluent>
  );
}
