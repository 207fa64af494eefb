/** What a ticker needs from the page. */
export interface TickerPage {
  readonly hidden: boolean;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

/** The one timer behind every relative time on screen. */
export interface Ticker {
  /** ms since the epoch, standing still between ticks so that one frame shows one time. */
  readonly now: () => number;
  /** Calls back at every tick until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispose: () => void;
}

/** Effects handed to {@link createTicker}. */
export interface TickerDeps {
  readonly now: () => number;
  /** Runs every `ms`; the returned function ends it. */
  readonly every: (ms: number, run: () => void) => () => void;
  readonly page: TickerPage;
}

const tickMs = 1_000;

/** A ticker of one second that runs only while somebody listens and the page can be seen. */
export function createTicker({ now, every, page }: TickerDeps): Ticker {
  const listeners = new Set<() => void>();
  let current = now();
  let stop: (() => void) | null = null;

  const tick = (): void => {
    current = now();
    for (const listener of listeners) {
      listener();
    }
  };

  const update = (): void => {
    const wanted = listeners.size > 0 && !page.hidden;
    if (wanted && stop === null) {
      stop = every(tickMs, tick);
      tick();
    } else if (!wanted && stop !== null) {
      stop();
      stop = null;
    }
  };

  page.addEventListener('visibilitychange', update);
  return {
    now: () => (stop === null ? now() : current),
    subscribe: (listener) => {
      listeners.add(listener);
      update();
      return () => {
        listeners.delete(listener);
        update();
      };
    },
    dispose: () => {
      page.removeEventListener('visibilitychange', update);
      listeners.clear();
      update();
    },
  };
}
