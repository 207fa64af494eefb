import { composeMail } from './mail/compose-mail.ts';
import type { MailPerson } from './mail/compose-mail.ts';
import { changeFlags, noFlags } from './store/flags.ts';
import type { Mailbox, StoredMessage } from './store/mailbox.ts';
import { MailboxTree } from './store/mailbox-tree.ts';

/** A mail to be delivered. */
export interface DeliveredMail {
  readonly from: MailPerson;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  /** Default: `INBOX`. */
  readonly mailbox?: string;
  /** Date header and INTERNALDATE, ms since the epoch; default: now. */
  readonly date?: number;
  /** Default: none, so it's unread. */
  readonly flags?: readonly string[];
  /** The whole message as it is, in place of one made of the other fields; text is taken as UTF-8. */
  readonly raw?: string | Buffer;
}

/** Everybody's mailboxes, and what happens in them without an IMAP client. */
export class PostOffice {
  readonly #trees = new Map<string, MailboxTree>();
  readonly #now: () => number;

  constructor(people: readonly { readonly address: string }[], now: () => number) {
    this.#now = now;
    for (const { address } of people) {
      this.addPerson(address);
    }
  }

  /** Gives somebody mailboxes; nothing happens where they have some. */
  addPerson(address: string): void {
    if (this.findTree(address) === null) {
      const uidValidity = Math.floor(this.#now() / 1000) % 0xffff_0000;
      this.#trees.set(address.toLowerCase(), new MailboxTree(address, Math.max(1, uidValidity)));
    }
  }

  findTree(address: string): MailboxTree | null {
    return this.#trees.get(address.toLowerCase()) ?? null;
  }

  /** The person's mailboxes; throws for somebody unknown. */
  tree(address: string): MailboxTree {
    const tree = this.findTree(address);
    if (tree === null) {
      throw new Error(`Nobody here has the address ${address}`);
    }
    return tree;
  }

  mailbox(address: string, name = 'INBOX'): Mailbox {
    return this.tree(address).get(name);
  }

  /** Delivers `count` mails that share one text, as one event; the UIDs. */
  deliver(address: string, mail: DeliveredMail, count: number): readonly number[] {
    const date = mail.date ?? this.#now();
    const raw =
      mail.raw === undefined ? composeMail({ ...mail, to: { address }, date }) : Buffer.from(toBytes(mail.raw));
    const flags = changeFlags(noFlags, 'replace', mail.flags ?? []);
    const draft = { raw, internalDate: date, flags };
    const drafts = Array.from({ length: count }, () => draft);
    return this.mailbox(address, mail.mailbox)
      .add(drafts)
      .map(({ uid }) => uid);
  }

  /** Sets or clears flags as another client would; throws where there is no such message. */
  setFlags(address: string, name: string, uid: number, flags: readonly string[], on: boolean): void {
    const message = this.#message(address, name, uid);
    this.mailbox(address, name).setFlags(uid, changeFlags(message.flags, on ? 'add' : 'remove', flags), null);
  }

  /** Removes a message for good; throws where there is no such message. */
  expunge(address: string, name: string, uid: number): void {
    this.mailbox(address, name).remove(new Set([this.#message(address, name, uid).uid]));
  }

  #message(address: string, name: string, uid: number): StoredMessage {
    const message = this.mailbox(address, name).find(uid);
    if (message === null) {
      throw new Error(`No message with UID ${uid} in ${name} of ${address}`);
    }
    return message;
  }
}

function toBytes(raw: string | Buffer): Buffer {
  return typeof raw === 'string' ? Buffer.from(raw, 'utf8') : raw;
}
