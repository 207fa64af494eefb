import type { ImapFlowOptions } from 'imapflow';

/**
 * Hears of what imapflow tells its log alone. An accepted login, which `connect()` doesn't tell when the server goes
 * right after it. The answer to an IDLE, which `idle()` tells only by its end. A throttled command: it is rejected only after up to half the socket timeout, each command anew, so
 * that a throttled login would end as one that took too long, its hint forgotten.
 */
export function listenToLog(heard: {
  readonly onThrottled: (error: Error) => void;
  readonly onAuthenticated: () => void;
  /** The server has answered an IDLE by its continuation. */
  readonly onIdling?: () => void;
}): Exclude<ImapFlowOptions['logger'], false | undefined> {
  const ignore = (): void => {};
  const listener = {
    debug: ({ msg }: { readonly msg?: unknown }) => {
      if (typeof msg === 'string' && msg.startsWith('Initiated IDLE')) {
        heard.onIdling?.();
      }
    },
    info: ({ src }: { readonly src?: unknown }) => {
      if (src === 'auth') {
        heard.onAuthenticated();
      }
    },
    error: ignore,
    fatal: ignore,
    warn: ({ err }: { readonly err?: unknown }) => {
      if (err instanceof Error && 'code' in err && err.code === 'ETHROTTLE') {
        heard.onThrottled(err);
      }
    },
    // Else imapflow puts every response into words for nobody.
    isLevelEnabled: (level: string) => level === 'warn' || level === 'info',
  };
  return listener;
}
