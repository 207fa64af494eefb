import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { BrowserFailure, classifyAuthError } from './auth-error.ts';
import { AuthFailure, type OpenBrowser, signInLimitMs } from './auth-types.ts';
import { type CallContext, runWithContext } from './call-context.ts';
import { closeListener } from './loopback-close.ts';
import { guardLoopback } from './loopback-guard.ts';
import { signInScopes } from './msal-client.ts';
import type { ResultPages } from './result-page.ts';

export interface InteractiveSignInOptions {
  /** A client with a cache of its own, so that a sign-in that fails late leaves nothing behind. */
  readonly client: PublicClientApplication;
  readonly resource: string;
  readonly loginHint: string | null;
  /** Aborting ends the sign-in with `sign-in-cancelled`. */
  readonly signal: AbortSignal;
  readonly openBrowser: OpenBrowser;
  /** Told when the time for the pages begins, with its end (ms since the epoch). */
  readonly onDeadline: (deadline: number) => void;
  readonly resultPages: ResultPages;
  readonly clock: Clock;
  readonly log: Logger;
}

type EndedBy = 'sign-in-cancelled' | 'sign-in-timed-out';

/**
 * The authorization code flow with PKCE in the system's browser and on a loopback listener of MSAL's. When it settles,
 * the listener is closed. Rejects with an {@link AuthFailure}.
 */
export async function signInInteractively(options: InteractiveSignInOptions): Promise<AuthenticationResult> {
  const { client, resource, loginHint, signal, clock, log } = options;
  const network = new AbortController();
  const attempt: { endedBy: EndedBy | null; authorizeUrl: URL | null; hasCode: boolean } = {
    endedBy: null,
    authorizeUrl: null,
    hasCode: false,
  };
  const onPost = (): void => {
    attempt.hasCode = true;
  };
  const context: CallContext = { signal: network.signal, transport: null, discovery: null, onPost };
  let stopClosing = (): void => {};

  function end(reason: EndedBy): void {
    if (attempt.endedBy !== null) return;
    attempt.endedBy = reason;
    network.abort();
    if (attempt.authorizeUrl !== null) stopClosing = closeListener(attempt.authorizeUrl, clock, log);
  }
  const onAbort = (): void => {
    end('sign-in-cancelled');
  };
  const cancelLimit = clock.setTimer(signInLimitMs, () => {
    // The person has done their part; what is left is one request, which has a limit of its own.
    if (!attempt.hasCode) end('sign-in-timed-out');
  });
  options.onDeadline(clock.now() + signInLimitMs);
  const unguard = guardLoopback();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();

  try {
    const result = await runWithContext(context, () =>
      client.acquireTokenInteractive({
        scopes: signInScopes(resource),
        ...promptFor(loginHint),
        successTemplate: options.resultPages.success,
        errorTemplate: options.resultPages.failure,
        openBrowser: async (address) => {
          if (attempt.endedBy !== null) throw new BrowserFailure('given up');
          attempt.authorizeUrl = checkedAddress(address);
          await untilAborted(network.signal, openOrFail(options.openBrowser, address));
        },
      }),
    );
    if (attempt.endedBy !== null) throw new Error('the answer came too late');
    return result;
  } catch (error) {
    if (attempt.endedBy !== null) throw new AuthFailure({ code: attempt.endedBy, at: clock.now() }, { kind: 'final' });
    throw classifyAuthError(error, context, clock.now(), true);
  } finally {
    cancelLimit();
    unguard();
    stopClosing();
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * A new account: the picker, since `select_account` is the one prompt that offers other accounts than the browser's.
 * Again: no prompt at all. `select_account` would show the picker whatever the hint says, and `login` would ask for
 * the password even where the browser's session is good; with the hint alone Microsoft takes that account's session,
 * or asks for its password (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow).
 */
function promptFor(loginHint: string | null): { prompt: string } | { loginHint: string } {
  return loginHint === null ? { prompt: 'select_account' } : { loginHint };
}

async function openOrFail(openBrowser: OpenBrowser, address: string): Promise<void> {
  try {
    await openBrowser(address);
  } catch (error) {
    throw new BrowserFailure(error);
  }
}

/** The discovery document names this address: nothing but a web page may reach the system's opener. */
function checkedAddress(address: string): URL {
  const url = new URL(address);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) return url;
  throw new BrowserFailure('not a web address');
}

function untilAborted<T>(signal: AbortSignal, running: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(new BrowserFailure('given up'));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    void running.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}
