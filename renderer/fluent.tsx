import { useState, type ReactNode } from 'react';
import { createDOMRenderer, FluentProvider, makeStyles, RendererProvider, tokens } from '@fluentui/react-components';

import { chooseTheme, themeQueries } from './theme.ts';
import { useMedia } from './use-media.ts';

const useStyles = makeStyles({
  root: { height: '100vh', backgroundColor: tokens.colorNeutralBackground3 },
});

/** Fluent UI under the window's CSP: its style elements carry `nonce`, its theme follows the system's. */
export function Fluent({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [renderer] = useState(() => createDOMRenderer(document, { styleElementAttributes: { nonce } }));
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <Themed>{children}</Themed>
    </RendererProvider>
  );
}

function Themed({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const dark = useMedia(themeQueries.dark);
  const highContrast = useMedia(themeQueries.highContrast);
  return (
    <FluentProvider theme={chooseTheme({ dark, highContrast })}>
      {/* The provider's own classes are given to menus and dialogs too: the window's background must not be among them. */}
      <div className={styles.root}>{children}</div>
    </FluentProvider>
  );
}
