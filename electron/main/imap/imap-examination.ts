import type { ImapFlow } from 'imapflow';
import type { Clock } from '../clock.ts';
import { Signal } from '../signal.ts';
import { clientOptions, followFate, withSocket } from './imap-client.ts';
import { type Dial, dialDirectly } from '../network/dial.ts';
import { defaultPatience } from './imap-connection.ts';
import type { OpenSessionOptions } from './imap-session.ts';
import { listenToLog } from './log-listener.ts';
import { guardResponses } from './response-guard.ts';

export interface ExaminationOptions extends Pick<OpenSessionOptions, 'endpoint' | 'credentials' | 'ca' | 'signal'> {
  readonly clock: Clock;
  readonly clientVersion: string;
  /** How the server is reached; without a proxy unless given. */
  readonly dial?: Dial;
}

/**
 * One connection to a mail server, step by step, to see which one fails. Each step rejects with what classifyImapError
 * understands. The mailbox is only looked at (EXAMINE). Whoever opens it has to {@link end} it.
 */
export interface ImapExamination {
  /** Connects, and signs in. */
  signIn(): Promise<void>;
  /** What the server says that it can do, once signed in. */
  capabilities(): Promise<readonly string[]>;
  /** Opens the mailbox to look only; the number of its messages. */
  examine(mailbox: string): Promise<number>;
  /** Resolves when the server has taken the wish for push; `polling`: it has none, and answers when asked. */
  push(): Promise<'idle' | 'polling'>;
  /** Says LOGOUT where it can, and closes: within `timeoutMs` (ms) at the latest. Never rejects. */
  end(timeoutMs: number): Promise<void>;
}

/** Loads imapflow at the first need. Nothing is opened before the first step. */
export function createExamination(options: ExaminationOptions): ImapExamination {
  const { clock, dial = dialDirectly, endpoint, signal } = options;
  const authenticated = new Signal();
  const idling = new Signal();
  let fail: (reason: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // It may come when no step waits for it.
  failed.catch(() => undefined);
  let client: ImapFlow | null = null;
  let ready: Promise<unknown> = Promise.resolve();
  let isEnded = false;

  const orFailed = <T>(work: Promise<T>): Promise<T> => Promise.race([work, failed]);
  const connected = (): ImapFlow => {
    if (client === null) throw new Error('Not connected');
    return client;
  };

  const open = async (): Promise<void> => {
    const imapflow = await import('imapflow');
    const socket = await dial(endpoint, { clock, limitMs: defaultPatience.connectMs, signal });
    if (isEnded) {
      socket.destroy();
      throw new Error('No longer wanted');
    }
    const logger = listenToLog({
      onThrottled: fail,
      onAuthenticated: () => {
        authenticated.set();
      },
      onIdling: () => {
        idling.set();
      },
    });
    const made = withSocket(
      socket,
      () =>
        new imapflow.ImapFlow({ ...clientOptions(options, options.clientVersion, defaultPatience, socket), logger }),
    );
    client = made;
    const fate = followFate(made);
    guardResponses(made, clock, (what) => {
      fate.fail(Object.assign(new Error(what), { code: 'EHOSTILE' }));
      made.close();
    });
    fate.onClose((reason) => {
      fail(reason ?? Object.assign(new Error('The server closed the connection'), { code: 'NoConnection' }));
    });
    ready = made.connect();
    // The steps say what became of it.
    ready.catch(() => undefined);
  };

  return {
    async signIn() {
      await open();
      await orFailed(Promise.race([authenticated.wait(), ready]));
    },
    async capabilities() {
      await orFailed(ready);
      return [...connected().capabilities.keys()];
    },
    async examine(mailbox) {
      const opened = await orFailed(connected().mailboxOpen(mailbox, { readOnly: true }));
      return opened.exists;
    },
    async push() {
      const opened = connected();
      if (!opened.capabilities.has('IDLE')) {
        await orFailed(opened.noop());
        return 'polling';
      }
      // Ends when something else is asked, or false where the server refused.
      const refused = opened.idle().then((accepted) => {
        if (accepted === false) throw Object.assign(new Error('IDLE refused'), { responseStatus: 'NO' });
      });
      await orFailed(Promise.race([idling.wait(), refused]));
      refused.catch(() => undefined);
      return 'idle';
    },
    async end(timeoutMs) {
      isEnded = true;
      if (client === null) return;
      const ending = client;
      const cancel = clock.setTimer(timeoutMs, () => {
        ending.close();
      });
      try {
        if (ending.authenticated !== false) await ending.logout();
      } catch {
        // The connection was lost before the server answered: it is closed, which is all that was asked.
      } finally {
        cancel();
        ending.close();
      }
    },
  };
}
