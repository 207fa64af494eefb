import { createRoot } from 'react-dom/client';

import { App } from './app.tsx';
import { openBridge } from './bridge.ts';
import { createI18n } from './i18n.ts';
import { openSnapshotStore } from './snapshot-store.ts';
import { createTicker } from './ticker.ts';
import { StartFailedView } from './views/start-failed-view.tsx';
import { createWords } from './words.ts';

const container = document.getElementById('root');
if (container === null) {
  throw new Error('index.html has no #root');
}
const root = createRoot(container);
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
const i18n = createI18n();

/** Waits for the first snapshot, so that the first frame has the right content. */
async function start(): Promise<void> {
  const bridge = openBridge();
  const store = await openSnapshotStore(bridge);
  const ticker = createTicker({
    now: () => Date.now(),
    every: (ms, run) => {
      const timer = setInterval(run, ms);
      return () => {
        clearInterval(timer);
      };
    },
    page: document,
  });
  window.addEventListener('pagehide', () => {
    ticker.dispose();
    store.dispose();
  });
  root.render(<App services={{ bridge, store, ticker, i18n }} nonce={nonce} />);
}

start().catch(() => {
  const language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
  document.documentElement.lang = language;
  root.render(<StartFailedView words={createWords(i18n, language)} nonce={nonce} />);
});
