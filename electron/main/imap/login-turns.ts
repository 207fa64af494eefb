import type { Clock } from '../clock.ts';
import type { OpenImapSession, OpenSessionOptions } from './imap-session.ts';
import { NamedTimers } from './named-timers.ts';

/** A login that takes longer (ms) hands its turn on: a mailbox that hangs mustn't hold up the others. */
export const turnLimitMs = 10_000;

export interface LoginTurnsDeps {
  readonly open: OpenImapSession;
  readonly clock: Clock;
  /** The account's token as it is now: the one that a login came with may have ended while it waited. */
  readonly getToken: () => Promise<{ readonly token: string }>;
}

/** The ways in for the mailboxes of one account. */
export interface LoginTurns {
  /** For its own inbox: goes before all that wait. */
  readonly own: OpenImapSession;
  readonly shared: OpenImapSession;
}

interface Waiting {
  readonly isOwn: boolean;
  readonly begin: () => void;
}

/**
 * Opens one session after the other: each waits until the one before it has logged in or failed, or has taken longer
 * than {@link turnLimitMs}. An account that watches several mailboxes comes to the server as one program, not as a
 * storm of logins.
 */
export function createLoginTurns({ open, clock, getToken }: LoginTurnsDeps): LoginTurns {
  const waiting: Waiting[] = [];
  let isTaken = false;

  const passOn = (): void => {
    const own = waiting.findIndex(({ isOwn }) => isOwn);
    const [next] = waiting.splice(Math.max(own, 0), 1);
    isTaken = next !== undefined;
    next?.begin();
  };

  const waitForTurn = (isOwn: boolean, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(new Error('No longer wanted'));
      };
      const entry: Waiting = {
        isOwn,
        begin: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      waiting.push(entry);
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
    });

  const withFreshToken = async (options: OpenSessionOptions): Promise<OpenSessionOptions> => {
    try {
      const { token } = await getToken();
      return { ...options, credentials: { ...options.credentials, accessToken: token } };
    } catch {
      // The server has the last word on the one that there is.
      return options;
    }
  };

  const openInTurn =
    (isOwn: boolean): OpenImapSession =>
    async (options) => {
      const hasToWait = isTaken;
      if (hasToWait) await waitForTurn(isOwn, options.signal);
      isTaken = true;
      let isMine = true;
      const end = (): void => {
        if (isMine) passOn();
        isMine = false;
      };
      const timers = new NamedTimers(clock, options.log);
      timers.set('login-turn', turnLimitMs, end);
      try {
        return await open(hasToWait ? await withFreshToken(options) : options);
      } finally {
        timers.dispose();
        end();
      }
    };

  return { own: openInTurn(true), shared: openInTurn(false) };
}
