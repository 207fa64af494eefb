import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { cleanText, maxSubjectLength } from '../clean-text.ts';
import { shownAddress, shownName } from '../sender.ts';
import type { FoundMessage, ImapSession, UnseenCount } from './imap-session.ts';
import type { SelectedMailbox } from './mailbox-cursor.ts';
import type { NamedTimers } from './named-timers.ts';
import type { Asking } from './response-guard.ts';
import { isUid } from './server-values.ts';

/** From this size on SEARCH would answer with a line of megabytes: STATUS counts on the server instead (fault 34). */
const searchableMessages = 50_000;
/** So many new messages at once are told one by one or named in a summary; of more only the number matters. */
const messagesWithText = 100;

/** A connection whose mailbox is open. */
export interface OpenedMailbox {
  readonly client: ImapFlow;
  readonly mailbox: string;
  readonly selected: SelectedMailbox;
  readonly timers: NamedTimers;
  readonly asking: Asking;
}

/** What can be asked of it. `asking` ends the connection when the answer takes too long or has no end. */
export function createMailboxSession(opened: OpenedMailbox): ImapSession {
  const { client, mailbox, selected, timers, asking } = opened;
  const existing = (): number => (client.mailbox === false ? 0 : client.mailbox.exists);
  let knownExists = existing();
  return {
    selected,
    async fetchAbove(uid) {
      const exists = existing();
      const many = Math.max(exists - knownExists, selected.uidNext - uid) > messagesWithText;
      knownExists = exists;
      return asking('fetch', () => (many ? fetchMany(opened, uid) : fetchUpTo(opened, uid, '*', withText)));
    },
    countUnseen: (among) => asking('count', () => countUnseen(client, mailbox, among)),
    async idle() {
      return (await client.idle({ whenFree: true })) !== false;
    },
    async logout(timeoutMs) {
      timers.set('logout', timeoutMs, () => {
        client.close();
      });
      try {
        await client.logout();
      } catch {
        // The connection was lost before the server answered: it is closed, which is all that was asked.
      } finally {
        timers.clear('logout');
        client.close();
      }
    },
    close: () => {
      client.close();
    },
  };
}

const withText: FetchQueryObject = { uid: true, flags: true, envelope: true, internalDate: true };

/**
 * Messages above `uid` up to `last`, oldest first, each once, with what is asked for. imapflow also hands over what comes
 * unasked meanwhile, such as `FETCH (UID 4 FLAGS (\Flagged))` for a change elsewhere: of that only the flags are taken,
 * and a message of which nothing else came is left for the next look. One with an empty envelope is asked for again.
 */
async function fetchUpTo(
  opened: OpenedMailbox,
  uid: number,
  last: number | '*',
  query: FetchQueryObject,
): Promise<readonly FoundMessage[]> {
  const { client, mailbox, selected } = opened;
  const asked = new Map<number, Omit<FoundMessage, 'seen'>>();
  const seen = new Map<number, boolean>();
  const blank = new Set<number>();
  const ask = async (range: string): Promise<void> => {
    for await (const message of client.fetch(range, query, { uid: true })) {
      // `n:*` names the last message even where its UID is below n (RFC 3501 §6.4.8).
      if (!isUid(message.uid) || message.uid <= uid) continue;
      if (message.flags !== undefined) seen.set(message.uid, message.flags.has('\\Seen'));
      if (!isAnswer(message, query)) continue;
      asked.set(message.uid, readMessage(message, mailbox, selected.uidValidity));
      if (isBlank(message)) blank.add(message.uid);
    }
  };
  await ask(`${uid + 1}:${last}`);
  if (blank.size > 0) {
    for (const gone of blank) asked.delete(gone);
    await ask([...blank].join(','));
  }
  return [...asked.values()]
    .map((message) => ({ ...message, seen: seen.get(message.uid) ?? false }))
    .toSorted((a, b) => a.uid - b.uid);
}

/** Whether it brings more than flags, where more was asked for. A broken message may have no envelope. */
function isAnswer(message: FetchMessageObject, query: FetchQueryObject): boolean {
  return query.envelope !== true || message.envelope !== undefined || message.internalDate !== undefined;
}

/**
 * A message without a single line of its own, or what a server may say (every field NIL, RFC 2180 §4.1.3) of one that is
 * expunged during the FETCH, before it says that it is gone. In a random life on Dovecot it was told of by such words.
 */
function isBlank({ envelope }: FetchMessageObject): boolean {
  if (envelope === undefined) return false;
  const { date, subject, messageId, from = [], sender = [], to = [] } = envelope;
  return [date, subject, messageId, ...from, ...sender, ...to].every((field) => field === undefined);
}

/** The same where there may be thousands, such as an archive moved into the mailbox: text only of the newest. */
async function fetchMany(opened: OpenedMailbox, uid: number): Promise<readonly FoundMessage[]> {
  const found = await fetchUpTo(opened, uid, '*', { uid: true, flags: true });
  const newest = found.slice(-messagesWithText);
  const [first] = newest;
  const last = newest.at(-1);
  if (first === undefined || last === undefined) {
    return [];
  }
  return [...found.slice(0, -messagesWithText), ...(await fetchUpTo(opened, first.uid - 1, last.uid, withText))];
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

function readMessage(message: FetchMessageObject, mailbox: string, uidValidity: string): Omit<FoundMessage, 'seen'> {
  const sender = message.envelope?.from?.[0] ?? message.envelope?.sender?.[0];
  const date = message.internalDate === undefined ? Number.NaN : new Date(message.internalDate).getTime();
  return {
    mailbox,
    uidValidity,
    uid: message.uid,
    fromName: shownName(sender?.name ?? ''),
    fromAddress: shownAddress(sender?.address ?? ''),
    subject: cleanText(message.envelope?.subject ?? '', maxSubjectLength),
    receivedAt: Number.isNaN(date) ? 0 : date,
  };
}
