import type { ReactNode } from 'react';
import { Button, makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';

import { useWords } from '../services.tsx';

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
  intro: {
    ...typographyStyles.body1,
    margin: 0,
    color: tokens.colorNeutralForeground2,
    textWrap: 'pretty',
    // Some name an address, which may be wider than a small window.
    overflowWrap: 'anywhere',
  },
});

/** Props of {@link SubView}. */
export interface SubViewProps {
  readonly title: string;
  /** What it is for, a paragraph each. */
  readonly intro: readonly string[];
  /** Null where there is nothing to go back to. */
  readonly onBack: (() => void) | null;
  readonly children: ReactNode;
}

/** A screen to come back from: the way back, its title, what it is for. */
export function SubView({ title, intro, onBack, children }: SubViewProps) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        {onBack === null ? null : (
          <Button className={styles.back} appearance="subtle" icon={<ArrowLeft20Regular />} onClick={onBack}>
            {t('window.common.back')}
          </Button>
        )}
        <h1 className={styles.title}>{title}</h1>
        {intro.map((text) => (
          <Intro key={text} text={text} />
        ))}
      </div>
      {children}
    </div>
  );
}

/** A paragraph on the screen itself, outside its cards. */
export function Intro({ text }: { text: string }) {
  return <p className={useStyles().intro}>{text}</p>;
}
