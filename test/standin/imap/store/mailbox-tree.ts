import { hierarchyDelimiter } from '../syntax/mailbox-name.ts';
import { CommandError } from '../syntax/command-error.ts';
import { Mailbox } from './mailbox.ts';

/** The mailboxes everybody has, under Exchange's names, with their special use (RFC 6154). */
export const defaultMailboxes: readonly (readonly [name: string, specialUse: string | null])[] = [
  ['INBOX', null],
  ['Sent Items', '\\Sent'],
  ['Drafts', '\\Drafts'],
  ['Deleted Items', '\\Trash'],
  ['Junk Email', '\\Junk'],
  ['Archive', '\\Archive'],
];

/** One person's mailboxes. Refuses with NO what Exchange refuses. */
export class MailboxTree {
  readonly address: string;
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #subscribed = new Set<string>();
  #nextUidValidity: number;

  /** `uidValidity`: that of the first mailbox; each further one has a higher one. */
  constructor(address: string, uidValidity: number) {
    this.address = address;
    this.#nextUidValidity = uidValidity;
    for (const [name] of defaultMailboxes) {
      this.#mailboxes.set(name, new Mailbox(this.newUidValidity(), true));
      this.#subscribed.add(name);
    }
  }

  /** All names, sorted, INBOX first. */
  get names(): string[] {
    const rank = (name: string): number => (name === 'INBOX' ? 0 : 1);
    return [...this.#mailboxes.keys()].toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  }

  get subscribed(): ReadonlySet<string> {
    return this.#subscribed;
  }

  /** A value that was never used here before. */
  newUidValidity(): number {
    const value = this.#nextUidValidity;
    this.#nextUidValidity += 1;
    return value;
  }

  find(name: string): Mailbox | null {
    return this.#mailboxes.get(name) ?? null;
  }

  /** The mailbox, or NO. `code` goes before the words, e.g. `[TRYCREATE] `. */
  get(name: string, code = ''): Mailbox {
    const mailbox = this.find(name);
    if (mailbox === null) {
      throw new CommandError('NO', `${code}The specified mailbox does not exist.`);
    }
    return mailbox;
  }

  hasChildren(name: string): boolean {
    return [...this.#mailboxes.keys()].some((other) => other.startsWith(name + hierarchyDelimiter));
  }

  create(given: string): void {
    const name = given.endsWith(hierarchyDelimiter) ? given.slice(0, -1) : given;
    if (name === '' || name.split(hierarchyDelimiter).includes('')) {
      throw new CommandError('NO', '[CANNOT] Invalid mailbox name.');
    }
    if (this.#mailboxes.has(name)) {
      throw new CommandError('NO', '[ALREADYEXISTS] The mailbox already exists.');
    }
    this.#mailboxes.set(name, new Mailbox(this.newUidValidity(), false));
  }

  delete(name: string): void {
    const mailbox = this.get(name);
    if (mailbox.isDefault || this.hasChildren(name)) {
      throw new CommandError('NO', '[CANNOT] The mailbox cannot be deleted.');
    }
    this.#mailboxes.delete(name);
    mailbox.close();
  }

  /** Moves a mailbox and all below it. */
  rename(from: string, to: string): void {
    if (this.get(from).isDefault) {
      throw new CommandError('NO', '[CANNOT] The mailbox cannot be renamed.');
    }
    if (this.#mailboxes.has(to) || to.startsWith(from + hierarchyDelimiter)) {
      throw new CommandError('NO', '[ALREADYEXISTS] The mailbox already exists.');
    }
    for (const [name, mailbox] of [...this.#mailboxes]) {
      if (name === from || name.startsWith(from + hierarchyDelimiter)) {
        this.#mailboxes.delete(name);
        this.#mailboxes.set(to + name.slice(from.length), mailbox);
      }
    }
  }

  subscribe(name: string): void {
    this.get(name);
    this.#subscribed.add(name);
  }

  unsubscribe(name: string): void {
    this.#subscribed.delete(name);
  }
}
