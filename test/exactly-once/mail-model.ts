/**
 * What a message is to the person: `new`: to be told once. `maybe`: it was read or gone before it was told, or came in
 * the moment in which the mailbox was first seen: told or not, but not twice. `not-new`: not to be told. `unseen`: the
 * mailbox hasn't been seen since its UIDs began to count.
 */
export type Fate = 'unseen' | 'new' | 'maybe' | 'not-new';

export interface ModelMail {
  readonly account: number;
  readonly uidValidity: string;
  readonly uid: number;
  readonly subject: string;
  readonly sender: string;
  fate: Fate;
  /** Where somebody looks for it now. */
  isThere: boolean;
  isRead: boolean;
}

/** Names a message like the ledger does, by the person's number. */
export function mailKey(account: number, uidValidity: string, uid: number): string {
  return `${account}/${uidValidity}/${uid}`;
}

interface Mailbox {
  uidValidity: string;
  /** The lowest UID that isn't part of a first look that perhaps counted. */
  perhapsSeenBelow: number | null;
  isSeen: boolean;
  mails: ModelMail[];
}

/** Everybody's INBOX by the rule of what is new, without knowing anything of the app but what a server sees of it. */
export class MailModel {
  /** All that there ever was. */
  readonly mails = new Map<string, ModelMail>();
  readonly #mailboxes: Mailbox[];

  constructor(uidValidities: readonly string[]) {
    this.#mailboxes = uidValidities.map((uidValidity) => ({
      uidValidity,
      perhapsSeenBelow: null,
      isSeen: false,
      mails: [],
    }));
  }

  /** What is in the INBOX now. */
  inbox(account: number): readonly ModelMail[] {
    return this.#mailbox(account).mails;
  }

  uidValidity(account: number): string {
    return this.#mailbox(account).uidValidity;
  }

  add(account: number, uid: number, words: Pick<ModelMail, 'subject' | 'sender'>, isRead = false): void {
    const mailbox = this.#mailbox(account);
    const { uidValidity } = mailbox;
    const fate = !mailbox.isSeen ? 'unseen' : isRead ? 'maybe' : 'new';
    const { subject, sender } = words;
    const mail: ModelMail = { account, uidValidity, uid, subject, sender, fate, isThere: true, isRead };
    mailbox.mails.push(mail);
    this.mails.set(mailKey(account, uidValidity, uid), mail);
  }

  setRead(mail: ModelMail, isRead: boolean): void {
    mail.isRead = isRead;
    if (isRead) spare(mail);
  }

  remove(mail: ModelMail): void {
    mail.isThere = false;
    spare(mail);
    const mailbox = this.#mailbox(mail.account);
    mailbox.mails = mailbox.mails.filter((other) => other !== mail);
  }

  /** The same messages by other UIDs, in the order that they had. */
  renumber(account: number, uidValidity: string): void {
    const before = this.#mailbox(account).mails;
    for (const mail of before) {
      mail.isThere = false;
      spare(mail);
    }
    this.#mailboxes[account] = { uidValidity, perhapsSeenBelow: null, isSeen: false, mails: [] };
    for (const [index, { subject, sender, isRead }] of before.entries()) {
      this.add(account, index + 1, { subject, sender }, isRead);
    }
  }

  /** The INBOX has this UIDVALIDITY now, with the UIDs that it had; what was told of it before is another matter. */
  rename(account: number, uidValidity: string): void {
    const before = this.#mailbox(account);
    if (before.uidValidity === uidValidity) return;
    this.#mailboxes[account] = { uidValidity, perhapsSeenBelow: null, isSeen: false, mails: [] };
    for (const mail of before.mails) {
      mail.isThere = false;
      spare(mail);
      this.add(account, mail.uid, mail, mail.isRead);
    }
  }

  /** A client has opened the mailbox: if it is still there to take notice, this was the first look. */
  perhapsSeen(account: number, uidNext: number): void {
    const mailbox = this.#mailbox(account);
    mailbox.perhapsSeenBelow ??= uidNext;
  }

  /** It took notice. */
  seen(account: number, uidNext: number): void {
    const mailbox = this.#mailbox(account);
    if (mailbox.isSeen) return;
    mailbox.isSeen = true;
    const perhaps = mailbox.perhapsSeenBelow ?? uidNext;
    for (const mail of this.mails.values()) {
      if (mail.account !== account || mail.uidValidity !== mailbox.uidValidity || mail.fate !== 'unseen') continue;
      const isSpared = mail.isRead || !mail.isThere;
      if (mail.uid >= uidNext) mail.fate = isSpared ? 'maybe' : 'new';
      else mail.fate = mail.uid >= perhaps ? 'maybe' : 'not-new';
    }
  }

  #mailbox(account: number): Mailbox {
    const mailbox = this.#mailboxes[account];
    if (mailbox === undefined) throw new Error(`No account ${account}`);
    return mailbox;
  }
}

/** Whoever reads it or takes it away may have been first; what was told before that stays told. */
function spare(mail: ModelMail): void {
  if (mail.fate === 'new') mail.fate = 'maybe';
}
