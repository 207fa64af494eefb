import { useEffect, useState } from 'react';

import { announcements } from '../announcements.ts';
import { useServices, useWords } from '../services.tsx';

/** What a screen reader should say about the newest change; empty until something changes. */
export function useAnnouncements(): string {
  const { store } = useServices();
  const words = useWords();
  const [text, setText] = useState('');
  useEffect(() => {
    let previous = store.getSnapshot();
    return store.subscribe(() => {
      const next = store.getSnapshot();
      const said = announcements(previous, next, words);
      previous = next;
      if (said.length > 0) {
        setText(said.join(' '));
      }
    });
  }, [store, words]);
  return text;
}
