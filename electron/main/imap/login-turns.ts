import type { ImapSession, OpenImapSession, OpenSessionOptions } from './imap-session.ts';

/**
 * Opens one session after the other, in the order they were asked for: each waits until the one before it has logged
 * in or failed. An account that watches several mailboxes comes to the server as one program, not as a storm of logins.
 */
export function inTurns(open: OpenImapSession): OpenImapSession {
  let last: Promise<unknown> = Promise.resolve();
  return (options) => {
    const opening = openAfter(last, open, options);
    // Whoever gave up while waiting doesn't let the next one in before its time.
    last = Promise.allSettled([last, opening]);
    return opening;
  };
}

async function openAfter(
  before: Promise<unknown>,
  open: OpenImapSession,
  options: OpenSessionOptions,
): Promise<ImapSession> {
  const { signal } = options;
  await new Promise<void>((resolve, reject) => {
    const giveUp = (): void => {
      reject(new Error('No longer wanted'));
    };
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    void before.then(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
  });
  return open(options);
}
