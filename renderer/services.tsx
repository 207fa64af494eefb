import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import type { i18n } from 'i18next';

import type { AppSnapshot } from '../electron/shared/snapshot.ts';
import type { WindowApi } from '../electron/shared/window-api.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import type { Ticker } from './ticker.ts';
import { createWords, type Words } from './words.ts';

/** Everything the window is given at its start. */
export interface Services {
  readonly bridge: WindowApi;
  readonly store: SnapshotStore;
  readonly ticker: Ticker;
  readonly i18n: i18n;
}

const ServicesContext = createContext<Services | null>(null);
const WordsContext = createContext<Words | null>(null);

/** Hands the services, and the words of the snapshot's language, to everything below. */
export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  const language = useSyncExternalStore(services.store.subscribe, () => services.store.getSnapshot().language);
  const words = useMemo(() => createWords(services.i18n, language), [services.i18n, language]);
  return (
    <ServicesContext value={services}>
      <WordsContext value={words}>{children}</WordsContext>
    </ServicesContext>
  );
}

/** The services; throws outside {@link ServicesProvider}. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) {
    throw new Error('useServices needs a ServicesProvider above it');
  }
  return services;
}

/** The newest snapshot; renders again whenever there is a newer one. */
export function useSnapshot(): AppSnapshot {
  const { store } = useServices();
  return useSyncExternalStore(store.subscribe, store.getSnapshot);
}

/** Texts, numbers and times in the language on screen. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) {
    throw new Error('useWords needs a ServicesProvider above it');
  }
  return words;
}

/** A text that depends on the time; renders again only when the text changes. */
export function useTimeText(format: (now: number) => string): string {
  const { ticker } = useServices();
  return useSyncExternalStore(ticker.subscribe, () => format(ticker.now()));
}
