import {
  type CursorStep,
  type MailboxCursor,
  type SelectedMailbox,
  freshCursor,
  maxOpen,
  maxRemembered,
  stepCursor,
} from './mailbox-cursor.ts';

/** A message as the ledger sees it. */
export interface LedgerEntry {
  readonly uid: number;
  /** IMAP `\Seen`: read already, on another device. */
  readonly seen: boolean;
}

/**
 * Who was told of what in one mailbox. A message is found once, then open until it is settled: told, read before it
 * could be told, or gone. What is open when the program ends, however it ends, is found again by the next run.
 * Outlives connections. UIDs only ever rise within a UIDVALIDITY (RFC 9051 §2.3.1.1).
 */
export class MailboxLedger {
  readonly #save: (cursor: MailboxCursor) => void;
  #kept: MailboxCursor | null;
  /** Everything up to this UID was looked at in this run, or settled by an earlier one. */
  #foundUpTo: number;
  /** The newest UIDs found, whatever became of them. */
  #found: Set<number>;
  #open = new Set<number>();
  /** Told in this run and unread when last seen. */
  #told = new Set<number>();

  /** `kept`: of the last run, null for a mailbox never seen. `save` has it on the disk when it returns. */
  constructor(kept: MailboxCursor | null, save: (cursor: MailboxCursor) => void) {
    this.#kept = kept;
    this.#save = save;
    this.#foundUpTo = kept?.lastUid ?? 0;
    this.#found = new Set(kept?.settled);
  }

  /** Null before the first {@link select} of a mailbox never seen. */
  get uidValidity(): string | null {
    return this.#kept?.uidValidity ?? null;
  }

  /** Messages with higher UIDs are to be handed to {@link take}. */
  get foundUpTo(): number {
    return this.#foundUpTo;
  }

  /** To be called with each SELECT, before anything else. */
  select(selected: SelectedMailbox): CursorStep {
    const kept = this.#kept;
    const highestUid = [...this.#found].reduce((highest, uid) => Math.max(highest, uid), this.#foundUpTo);
    const step = stepCursor(kept === null ? null : { uidValidity: kept.uidValidity, highestUid }, selected);
    if (step !== 'continue') {
      const fresh = freshCursor(selected);
      this.#foundUpTo = fresh.lastUid;
      this.#found = new Set();
      this.#open = new Set();
      this.#told = new Set();
      this.#keep(fresh);
    }
    return step;
  }

  /**
   * Takes what was found above {@link foundUpTo} and gives back what is news, each once, to be told and then settled.
   * Of a message that comes twice the first is taken, and one that is read settles it.
   */
  take<T extends LedgerEntry>(found: readonly T[]): readonly T[] {
    const news = new Map<number, T>();
    for (const entry of found) {
      if (!this.#found.has(entry.uid) && entry.uid > this.#foundUpTo && !news.has(entry.uid)) {
        news.set(entry.uid, entry);
      }
    }
    for (const { uid, seen } of found) if (seen) news.delete(uid);
    for (const uid of news.keys()) this.#open.add(uid);
    for (const { uid } of found) {
      this.#found.add(uid);
      this.#foundUpTo = Math.max(this.#foundUpTo, uid);
    }
    this.#update();
    return [...news.values()];
  }

  /** These are told: to be called before the words leave the program, so that no end of it tells them twice. */
  settle(uidValidity: string, uids: readonly number[]): void {
    if (uidValidity !== this.uidValidity) return;
    for (const uid of uids) {
      if (this.#open.delete(uid)) this.#told.add(uid);
    }
    for (const uid of this.#told) {
      if (this.#told.size <= maxRemembered) break;
      this.#told.delete(uid);
    }
    this.#update();
  }

  /** These were not told after all. What lies further back than the ledger remembers stays settled. */
  reopen(uidValidity: string, uids: readonly number[]): void {
    if (uidValidity !== this.uidValidity) return;
    for (const uid of uids) {
      if (!this.#found.has(uid)) continue;
      this.#told.delete(uid);
      this.#open.add(uid);
    }
    this.#update();
  }

  /** Open or told, the newest {@link maxRemembered}: whoever reads one of these elsewhere makes it no news. */
  inPlay(): readonly number[] {
    const all = [...this.#open, ...this.#told];
    return all.length <= maxRemembered ? all : all.toSorted((a, b) => a - b).slice(-maxRemembered);
  }

  /** These were read elsewhere or are gone. */
  leave(uids: readonly number[]): void {
    for (const uid of uids) {
      this.#open.delete(uid);
      this.#told.delete(uid);
    }
    this.#update();
  }

  /** Brings what is kept up to date. */
  #update(): void {
    if (this.#kept === null) return;
    if (this.#open.size > maxOpen) {
      this.#open = new Set([...this.#open].toSorted((a, b) => a - b).slice(-maxOpen));
    }
    let lastUid = [...this.#open].reduce((lowest, uid) => Math.min(lowest, uid - 1), this.#foundUpTo);
    let settled = [...this.#found].filter((uid) => uid > lastUid && !this.#open.has(uid)).toSorted((a, b) => a - b);
    const tooOld = settled.at(-maxRemembered - 1);
    if (tooOld !== undefined) {
      // Notifications have failed for a thousand mails: the oldest of what is still to be told is given up.
      lastUid = tooOld;
      settled = settled.slice(-maxRemembered);
      for (const uid of this.#open) if (uid <= lastUid) this.#open.delete(uid);
    }
    this.#forgetBelow(lastUid);
    this.#keep({ uidValidity: this.#kept.uidValidity, lastUid, settled });
  }

  /** What lies below the floor is remembered only for {@link reopen}. */
  #forgetBelow(lastUid: number): void {
    const excess = this.#found.size - maxRemembered;
    if (excess <= 0) return;
    const oldest = [...this.#found].toSorted((a, b) => a - b).slice(0, excess);
    for (const uid of oldest) if (uid <= lastUid) this.#found.delete(uid);
  }

  #keep(cursor: MailboxCursor): void {
    const kept = this.#kept;
    const isSame =
      kept !== null &&
      kept.uidValidity === cursor.uidValidity &&
      kept.lastUid === cursor.lastUid &&
      kept.settled.length === cursor.settled.length &&
      kept.settled.every((uid, index) => uid === cursor.settled[index]);
    this.#kept = cursor;
    if (!isSame) this.#save(cursor);
  }
}
