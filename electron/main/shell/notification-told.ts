import type { NewMessage } from '../imap/new-message.ts';

/**
 * Which messages were told, in bounded memory: the newest UIDs of each mailbox one by one, and below them a floor.
 * UIDs only ever rise within a UIDVALIDITY (RFC 9051, 2.3.1.1), so what lies under the floor was told long ago.
 */
export type ToldMessages = ReadonlyMap<string, ToldMailbox>;

interface ToldMailbox {
  readonly accountId: string;
  readonly uidValidity: string;
  /** Every UID up to this one counts as told. */
  readonly floor: number;
  /** Told UIDs above the floor. */
  readonly recent: ReadonlySet<number>;
}

/** UIDs remembered one by one for a mailbox. */
export const maxRecentUids = 1_000;

export const nothingTold: ToldMessages = new Map();

/** Sorts out what was told already, also within `messages` itself, and remembers the rest as told. */
export function takeUntold(
  told: ToldMessages,
  accountId: string,
  messages: readonly NewMessage[],
): { readonly told: ToldMessages; readonly untold: readonly NewMessage[] } {
  const next = new Map(told);
  const untold: NewMessage[] = [];
  const fresh = new Map<string, Set<number>>();
  for (const message of messages) {
    const key = JSON.stringify([accountId, message.mailbox]);
    const known = next.get(key);
    const mailbox = known?.uidValidity === message.uidValidity ? known : newMailbox(accountId, message.uidValidity);
    const recent = mailbox === known ? (fresh.get(key) ?? new Set(mailbox.recent)) : new Set<number>();
    if (message.uid <= mailbox.floor || recent.has(message.uid)) continue;
    recent.add(message.uid);
    fresh.set(key, recent);
    next.set(key, { ...mailbox, recent });
    untold.push(message);
  }
  for (const [key, mailbox] of next) if (fresh.has(key)) next.set(key, bounded(mailbox));
  return { told: next, untold };
}

/** Forgets an account that was removed. */
export function forgetTold(told: ToldMessages, accountId: string): ToldMessages {
  return new Map([...told].filter(([, mailbox]) => mailbox.accountId !== accountId));
}

function newMailbox(accountId: string, uidValidity: string): ToldMailbox {
  return { accountId, uidValidity, floor: 0, recent: new Set() };
}

function bounded(mailbox: ToldMailbox): ToldMailbox {
  if (mailbox.recent.size <= maxRecentUids) return mailbox;
  const uids = [...mailbox.recent].toSorted((a, b) => a - b);
  const kept = uids.slice(-maxRecentUids);
  return { ...mailbox, floor: uids[uids.length - maxRecentUids - 1] ?? mailbox.floor, recent: new Set(kept) };
}
