import type { Clock } from '../clock.ts';
import { nameIssuer } from '../network/certificate-issuer.ts';
import { type Dial, dialDirectly } from '../network/dial.ts';
import { clientOptions, followFate, withSocket } from './imap-client.ts';
import type { OpenImapSession } from './imap-session.ts';
import type { SelectedMailbox } from './mailbox-cursor.ts';
import { createMailboxSession } from './mailbox-session.ts';
import { type Asking, guardResponses } from './response-guard.ts';
import { readSelected } from './server-values.ts';
import { listenToLog } from './log-listener.ts';
import { NamedTimers } from './named-timers.ts';
import { keepYoungSpaceSmall } from '../young-space.ts';

/** How long a server is waited for, ms. */
export interface ImapPatience {
  /** DNS, TCP and TLS together; fault 1 allows 20 s until it is told. */
  readonly connectMs: number;
  /** From the connection to the greeting; fault 7 allows 16 s. */
  readonly greetingMs: number;
  /**
   * Connect, greeting, login and EXAMINE together (fault 9: a server that drips bytes resets all other limits). Some 12
   * round trips, which took 45 s at a latency of 4 s (fault 10, measured).
   */
  readonly openMs: number;
  /** Silence after which an IDLE is broken by a NOOP, and a command or that NOOP is given up. */
  readonly socketTimeoutMs: number;
  /** An IDLE with traffic is begun anew after this. */
  readonly reIdleMs: number;
  /** One look at the mailbox with all its answers: a server that says something now and then resets the other limits. */
  readonly lookMs: number;
}

/** Notices a frozen peer within 185 s (fault 6) and a lost command within 95 s (fault 5). */
export const defaultPatience: ImapPatience = {
  connectMs: 18_000,
  greetingMs: 15_000,
  openMs: 90_000,
  socketTimeoutMs: 60_000,
  reIdleMs: 2 * 60_000,
  lookMs: 10 * 60_000,
};

export interface ImapConnectorDeps {
  readonly clock: Clock;
  readonly clientVersion: string;
  /** How a server is reached; without a proxy unless given. */
  readonly dial?: Dial;
  /** What differs from {@link defaultPatience}. */
  readonly patience?: Partial<ImapPatience>;
}

/** Opens sessions with imapflow, which is loaded at the first one. Implicit TLS 1.2 or later. Signs in
 * by XOAUTH2, or by OAUTHBEARER where the server offers that: imapflow prefers it. */
export function createImapConnector(deps: ImapConnectorDeps): OpenImapSession {
  const { clock, dial = dialDirectly } = deps;
  const patience = { ...defaultPatience, ...deps.patience };
  return async (options) => {
    const imapflow = await import('imapflow');
    keepYoungSpaceSmall();
    let giveUp: ((error: Error) => void) | null = null;
    const logger = listenToLog({ onThrottled: (error) => giveUp?.(error), onAuthenticated: options.onAuthenticated });
    const beganAt = clock.monotonic();
    const socket = await dial(options.endpoint, { clock, limitMs: patience.connectMs, signal: options.signal });
    const spentMs = clock.monotonic() - beganAt;
    // 0 would be imapflow's own.
    const left = { ...patience, connectMs: Math.max(1, patience.connectMs - spentMs) };
    const client = withSocket(
      socket,
      () => new imapflow.ImapFlow({ ...clientOptions(options, deps.clientVersion, left, socket), logger }),
    );
    const fate = followFate(client);
    const end = (code: string, message: string): void => {
      fate.fail(Object.assign(new Error(message), { code }));
      client.close();
    };
    const guard = guardResponses(client, clock, (what) => {
      end('EHOSTILE', what);
    });
    // Before the mailbox is open: the first change may come in the same packet as the answer.
    client.on('exists', options.onChange);
    client.on('expunge', options.onChange);
    client.on('flags', options.onChange);
    const open = async (): Promise<SelectedMailbox> => {
      await client.connect();
      options.onAuthenticated();
      return readSelected(await client.mailboxOpen(options.mailbox, { readOnly: true }));
    };
    // Closing a connection whose handshake isn't over ends imapflow's connect() only at its own limit.
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = (error) => {
        fate.fail(error);
        reject(error);
      };
    });
    const timers = new NamedTimers(clock, options.log);
    timers.set('open', patience.openMs - spentMs, () => {
      giveUp?.(Object.assign(new Error('The connection took too long'), { code: 'CONNECT_TIMEOUT' }));
    });
    const onAbort = (): void => giveUp?.(new Error('No longer wanted'));
    options.signal.addEventListener('abort', onAbort);
    let selected: SelectedMailbox;
    try {
      if (options.signal.aborted) {
        onAbort();
      }
      selected = await Promise.race([open(), givenUp]);
    } catch (error) {
      client.close();
      throw await nameIssuer(fate.reason() ?? error, options.endpoint, dial, { clock, signal: options.signal });
    } finally {
      timers.clear('open');
      options.signal.removeEventListener('abort', onAbort);
    }
    // A throttling server gets no further command of this session before its time.
    giveUp = (error) => {
      fate.fail(error);
      client.close();
    };
    fate.onClose(options.onClose);
    const asking: Asking = async (what, ask) => {
      timers.set('look', patience.lookMs, () => {
        end('ETIMEDOUT', 'The server took too long to answer');
      });
      return guard(what, ask).finally(() => {
        timers.clear('look');
      });
    };
    return createMailboxSession({ client, mailbox: options.mailbox, selected, timers, asking });
  };
}
