import type { ImapFlowOptions } from 'imapflow';

/**
 * Hears of a throttled command at once: imapflow rejects it only after up to half the socket timeout, for each
 * command anew, so that a throttled login would end as one that took too long, its hint forgotten.
 */
export function throttleListener(
  onThrottled: (error: Error) => void,
): Exclude<ImapFlowOptions['logger'], false | undefined> {
  const ignore = (): void => {};
  const listener = {
    debug: ignore,
    info: ignore,
    error: ignore,
    fatal: ignore,
    warn: ({ err }: { readonly err?: unknown }) => {
      if (err instanceof Error && 'code' in err && err.code === 'ETHROTTLE') {
        onThrottled(err);
      }
    },
    // Else imapflow puts every response into words for nobody.
    isLevelEnabled: (level: string) => level === 'warn',
  };
  return listener;
}
