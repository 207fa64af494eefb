import { useLayoutEffect, type ReactNode } from 'react';

import { CommandProvider } from './commands.tsx';
import { Fluent } from './fluent.tsx';
import { ServicesProvider, useWords, type Services } from './services.tsx';
import { Shell } from './views/shell.tsx';

/** The whole window. */
export function App({ services, nonce }: { services: Services; nonce: string }) {
  return (
    <ServicesProvider services={services}>
      <Fluent nonce={nonce}>
        <DocumentLanguage>
          <CommandProvider>
            <Shell />
          </CommandProvider>
        </DocumentLanguage>
      </Fluent>
    </ServicesProvider>
  );
}

/** Keeps `<html lang>` in step: screen readers and the choice of Chinese glyphs go by it. */
function DocumentLanguage({ children }: { children: ReactNode }) {
  const { language } = useWords();
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return children;
}
