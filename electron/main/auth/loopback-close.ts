import { request as httpRequest } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** Pause before the one more try, ms. */
export const secondTryMs = 1_000;
/** Longest that an answer takes, ms. */
const answerLimitMs = 2_000;

/**
 * Ends MSAL's wait, which takes no signal: the same error by the same door as from the provider, with the state that
 * proves it ours. (Measured: MSAL then rejects with `user_cancelled` and closes its listener.) What goes wrong on the
 * way there, as where the system has no more files to open or others stand in line at the port, is tried once more. The
 * returned function gives that up.
 */
export function closeListener(authorizeUrl: URL, clock: Clock, log: Logger): () => void {
  const redirectUri = authorizeUrl.searchParams.get('redirect_uri');
  const state = authorizeUrl.searchParams.get('state');
  let cancelTimer = (): void => {};
  let isGivenUp = false;
  if (redirectUri === null || state === null) return cancelTimer;
  const { port } = new URL(redirectUri);
  const body = new URLSearchParams({ error: 'user_cancelled', state }).toString();

  function knock(isLast: boolean): void {
    const request = httpRequest({
      // The listener is on this address only, whatever `localhost` resolves to.
      host: '127.0.0.1',
      port,
      path: '/',
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) },
    });
    cancelTimer = clock.setTimer(answerLimitMs, () => {
      request.destroy(new Error('no answer'));
    });
    request.on('response', (response) => {
      cancelTimer();
      response.resume();
    });
    request.on('error', (error) => {
      cancelTimer();
      // Refused or reset may also mean that an answer came first: the next try then finds nobody.
      log.debug('sign-in listener not closed', { reason: error.message });
      // By then the port may be somebody else's.
      if (isLast || isGivenUp) return;
      cancelTimer = clock.setTimer(secondTryMs, () => {
        knock(true);
      });
    });
    request.end(body);
  }

  knock(false);
  return () => {
    isGivenUp = true;
    cancelTimer();
  };
}
