import type { FetchMessageObject, ImapFlow, ImapFlowOptions } from 'imapflow';
import { cleanText, maxNameLength, maxSubjectLength } from '../clean-text.ts';
import type { Clock } from '../clock.ts';
import type { FoundMessage, ImapSession, OpenImapSession, OpenSessionOptions, UnseenCount } from './imap-session.ts';
import { floodGuard } from './push-rate.ts';

/** From this size on SEARCH would answer with a line of megabytes: STATUS counts on the server instead (fault 34). */
const searchableMessages = 50_000;
/** So many new messages at once are told one by one or named in a summary; of more only the number matters. */
const messagesWithText = 100;
const mebibyte = 1024 * 1024;

/** How long a server is waited for, ms. */
export interface ImapPatience {
  /** DNS, TCP and TLS together (fault 1). */
  readonly connectMs: number;
  /** From the connection to the greeting; fault 7 allows 16 s. */
  readonly greetingMs: number;
  /** Connect, greeting, login and EXAMINE together (fault 9: a server that drips bytes resets all other limits). */
  readonly openMs: number;
  /** Silence after which an IDLE is broken by a NOOP, and a command or that NOOP is given up. */
  readonly socketTimeoutMs: number;
  /** An IDLE with traffic is begun anew after this. */
  readonly reIdleMs: number;
}

/** Notices a frozen peer within 185 s (fault 6) and a lost command within 95 s (fault 5). */
export const defaultPatience: ImapPatience = {
  connectMs: 20_000,
  greetingMs: 15_000,
  openMs: 45_000,
  socketTimeoutMs: 60_000,
  reIdleMs: 2 * 60_000,
};

export interface ImapConnectorDeps {
  readonly clock: Clock;
  readonly clientVersion: string;
  /** What differs from {@link defaultPatience}. */
  readonly patience?: Partial<ImapPatience>;
}

/** Opens sessions with imapflow, which is loaded at the first one. Implicit TLS 1.2 or later. Signs in
 * by XOAUTH2, or by OAUTHBEARER where the server offers that: imapflow prefers it. */
export function createImapConnector(deps: ImapConnectorDeps): OpenImapSession {
  const { clock } = deps;
  const patience = { ...defaultPatience, ...deps.patience };
  return async (options) => {
    const imapflow = await import('imapflow');
    let giveUp: ((error: Error) => void) | null = null;
    const logger = throttleListener((error) => giveUp?.(error));
    const client = new imapflow.ImapFlow({ ...clientOptions(options, deps.clientVersion, patience), logger });
    const fate = followFate(client);
    const open = async (): Promise<void> => {
      await client.connect();
      options.onAuthenticated();
      await client.mailboxOpen(options.mailbox, { readOnly: true });
    };
    // Closing a connection whose handshake isn't over ends imapflow's connect() only at its own limit.
    const givenUp = new Promise<never>((_, reject) => {
      giveUp = (error) => {
        fate.fail(error);
        reject(error);
      };
    });
    const cancelDeadline = clock.setTimer(patience.openMs, () => {
      giveUp?.(Object.assign(new Error('The connection took too long'), { code: 'CONNECT_TIMEOUT' }));
    });
    const onAbort = (): void => giveUp?.(new Error('No longer wanted'));
    options.signal.addEventListener('abort', onAbort);
    try {
      if (options.signal.aborted) {
        onAbort();
      }
      await Promise.race([open(), givenUp]);
    } catch (error) {
      client.close();
      throw fate.reason() ?? error;
    } finally {
      cancelDeadline();
      options.signal.removeEventListener('abort', onAbort);
      giveUp = null;
    }
    const onPush = floodGuard(clock, options.onChange, () => {
      fate.fail(Object.assign(new Error('More than 1,000 changes a second were told'), { code: 'EFLOOD' }));
      client.close();
    });
    client.on('exists', onPush);
    client.on('expunge', onPush);
    client.on('flags', onPush);
    fate.onClose(options.onClose);
    return createSession(client, options.mailbox, clock);
  };
}

function clientOptions(options: OpenSessionOptions, version: string, patience: ImapPatience): ImapFlowOptions {
  return {
    host: options.endpoint.host,
    port: options.endpoint.port,
    secure: true,
    // Said aloud, or NODE_TLS_REJECT_UNAUTHORIZED in somebody's environment would take the check away.
    tls: {
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...(options.ca === undefined ? {} : { ca: [...options.ca] }),
    },
    auth: options.credentials,
    clientInfo: { name: 'Tidings', version },
    disableAutoIdle: true,
    // Compression would cost a zlib context an account for a few hundred bytes a day.
    disableCompression: true,
    maxIdleTime: patience.reIdleMs,
    missingIdleCommand: 'NOOP',
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.greetingMs,
    socketTimeout: patience.socketTimeoutMs,
    // imapflow's own limits are 1 GB; with these a hostile server is cut off at about 60 MiB (measured).
    maxLineLength: mebibyte,
    maxLiteralSize: 2 * mebibyte,
    maxResponseSize: 4 * mebibyte,
    maxResponseTokens: 50_000,
  };
}

/**
 * Hears of a throttled command at once: imapflow rejects it only after up to half the socket timeout, for each
 * command anew, so that a throttled login would end as one that took too long, its hint forgotten.
 */
function throttleListener(onThrottled: (error: Error) => void): Exclude<ImapFlowOptions['logger'], false | undefined> {
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

interface Fate {
  fail(error: Error): void;
  reason(): unknown;
  onClose(listener: (reason: unknown) => void): void;
}

/** `close` always fires but says nothing; `error` fires only sometimes and ends the process unless listened to. */
function followFate(client: ImapFlow): Fate {
  let reason: unknown;
  let closed = false;
  let listener: ((reason: unknown) => void) | null = null;
  const explain = (): unknown =>
    reason ??
    (client.byeReason === undefined ? undefined : { code: 'EConnectionClosed', responseText: client.byeReason });
  client.on('error', (error) => {
    reason ??= error;
  });
  client.on('close', () => {
    closed = true;
    listener?.(explain());
  });
  return {
    fail: (error) => {
      reason ??= error;
    },
    reason: explain,
    onClose: (run) => {
      listener = run;
      if (closed) {
        run(explain());
      }
    },
  };
}

function createSession(client: ImapFlow, mailbox: string, clock: Clock): ImapSession {
  const opened = client.mailbox;
  if (opened === false) {
    throw Object.assign(new Error('No mailbox is open'), { code: 'NoConnection' });
  }
  const uidValidity = opened.uidValidity.toString();
  let knownExists = opened.exists;
  return {
    selected: { uidValidity, uidNext: opened.uidNext },
    async fetchAbove(uid) {
      const exists = client.mailbox === false ? 0 : client.mailbox.exists;
      const many = Math.max(exists - knownExists, opened.uidNext - uid) > messagesWithText;
      knownExists = exists;
      return many ? fetchMany(client, mailbox, uidValidity, uid) : fetchText(client, mailbox, uidValidity, uid, '*');
    },
    countUnseen: (among) => countUnseen(client, mailbox, among),
    async idle() {
      return (await client.idle({ whenFree: true })) !== false;
    },
    async logout(timeoutMs) {
      const cancel = clock.setTimer(timeoutMs, () => {
        client.close();
      });
      try {
        await client.logout();
      } catch {
        // The connection was lost before the server answered: it is closed, which is all that was asked.
      } finally {
        cancel();
        client.close();
      }
    },
    close: () => {
      client.close();
    },
  };
}

/** Messages above `uid` up to `last` with sender and subject. */
async function fetchText(
  client: ImapFlow,
  mailbox: string,
  uidValidity: string,
  uid: number,
  last: number | '*',
): Promise<readonly FoundMessage[]> {
  const query = { uid: true, flags: true, envelope: true, internalDate: true };
  const found: FoundMessage[] = [];
  for await (const message of client.fetch(`${uid + 1}:${last}`, query, { uid: true })) {
    // `n:*` names the last message even where its UID is below n (RFC 3501 §6.4.8).
    if (message.uid > uid) {
      found.push(readMessage(message, mailbox, uidValidity));
    }
  }
  return found.toSorted((a, b) => a.uid - b.uid);
}

/** The same where there may be thousands, such as an archive moved into the mailbox: text only of the newest. */
async function fetchMany(
  client: ImapFlow,
  mailbox: string,
  uidValidity: string,
  uid: number,
): Promise<readonly FoundMessage[]> {
  const found: FoundMessage[] = [];
  for await (const message of client.fetch(`${uid + 1}:*`, { uid: true, flags: true }, { uid: true })) {
    if (message.uid > uid) {
      found.push(readMessage(message, mailbox, uidValidity));
    }
  }
  const ascending = found.toSorted((a, b) => a.uid - b.uid);
  const older = ascending.slice(0, -messagesWithText);
  const newest = ascending.slice(-messagesWithText);
  const [first] = newest;
  const last = newest.at(-1);
  if (first === undefined || last === undefined) {
    return [];
  }
  return [...older, ...(await fetchText(client, mailbox, uidValidity, first.uid - 1, last.uid))];
}

/** SEARCH right after another client's change was stale in measurements; NOOP first, it was right. */
async function countUnseen(client: ImapFlow, mailbox: string, among: readonly number[]): Promise<UnseenCount> {
  await client.noop();
  const exists = client.mailbox === false ? 0 : client.mailbox.exists;
  if (exists > searchableMessages) {
    const status = await client.status(mailbox, { unseen: true });
    const unseen = status !== false && typeof status.unseen === 'number' ? status.unseen : refuse('STATUS');
    return { unseen, unread: new Set(among.length === 0 ? [] : await search(client, among.join(','))) };
  }
  const unread = await search(client, null);
  return { unseen: unread.length, unread: new Set(unread) };
}

/** The UIDs of unread messages: of all, for null, or of those in the set (RFC 3501 §9, sequence-set). */
async function search(client: ImapFlow, uids: string | null): Promise<readonly number[]> {
  const found = await client.search({ seen: false, ...(uids !== null && { uid: uids }) }, { uid: true });
  return Array.isArray(found) ? found : refuse('SEARCH');
}

function refuse(command: string): never {
  throw Object.assign(new Error(`The server refused ${command}`), { responseStatus: 'NO' });
}

function readMessage(message: FetchMessageObject, mailbox: string, uidValidity: string): FoundMessage {
  const sender = message.envelope?.from?.[0] ?? message.envelope?.sender?.[0];
  const date = message.internalDate === undefined ? Number.NaN : new Date(message.internalDate).getTime();
  return {
    mailbox,
    uidValidity,
    uid: message.uid,
    fromName: cleanText(sender?.name ?? '', maxNameLength),
    fromAddress: cleanText(sender?.address ?? '', maxNameLength * 2),
    subject: cleanText(message.envelope?.subject ?? '', maxSubjectLength),
    receivedAt: Number.isNaN(date) ? 0 : date,
    seen: message.flags?.has('\\Seen') ?? false,
  };
}
