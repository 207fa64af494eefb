import type { ImapStandin } from '../standin/imap/imap-standin.ts';
import type { MailModel, ModelMail } from './mail-model.ts';
import { address, pickFrom } from './owners.ts';
import type { Happening } from './schedule.ts';

/** What happens to mail at the stand-in, each time in the model first: the app may be told in that very turn. */
export class StandinMail {
  readonly #imap: ImapStandin;
  readonly #model: MailModel;
  /** By address: whose newest mail is flagged once more as soon as the app asks for text. */
  readonly #flagInFetch = new Set<string>();
  readonly #stop: () => void;
  #mails = 0;

  constructor(imap: ImapStandin, model: MailModel) {
    this.#imap = imap;
    this.#model = model;
    this.#stop = imap.events.listen((event) => {
      const { address: owner } = event;
      if (event.kind !== 'command' || event.name !== 'UID FETCH' || owner === null) return;
      const newest = imap.messages(owner).at(-1);
      if (this.#flagInFetch.delete(owner) && newest !== undefined) this.#flag(owner, newest.uid);
    });
  }

  dispose(): void {
    this.#stop();
  }

  deliver(account: number, count: number): void {
    for (let index = 0; index < count; index += 1) {
      this.#mails += 1;
      const words = { subject: `Mail ${this.#mails}`, sender: `Sender ${this.#mails}` };
      const from = { name: words.sender, address: `s${this.#mails}@example.org` };
      // The app may be told in this very turn, so the model has to know first.
      this.#model.add(account, this.#imap.uidNext(address(account)), words);
      this.#imap.deliver(address(account), { from, subject: words.subject });
    }
  }

  elsewhere({
    kind,
    account,
    pick,
    count,
  }: Extract<Happening, { readonly count: number; readonly pick: number }>): void {
    for (let times = 0; times < count; times += 1) {
      if (kind === 'move-in') {
        this.#moveIn(account, pick);
        continue;
      }
      const among = this.#model.inbox(account).filter(({ isRead }) => kind !== 'read' || !isRead);
      // The newest more often: that is what a person does, and what is still on its way.
      const mail = pickFrom(among, Math.sqrt(pick));
      if (mail !== undefined) this.change(kind, mail);
    }
  }

  change(kind: 'read' | 'unread' | 'flag' | 'expunge' | 'move-away', mail: ModelMail): void {
    const imap = this.#imap;
    const owner = address(mail.account);
    if (kind === 'flag') {
      this.#flag(owner, mail.uid);
      this.#flagInFetch.add(owner);
      return;
    }
    if (kind === 'read' || kind === 'unread') {
      this.#model.setRead(mail, kind === 'read');
      imap.setFlags(owner, 'INBOX', mail.uid, ['\\Seen'], kind === 'read');
      return;
    }
    this.#model.remove(mail);
    const { raw } = imap.messages(owner).find(({ uid }) => uid === mail.uid) ?? { raw: Buffer.alloc(0) };
    const flags = mail.isRead ? ['\\Seen'] : [];
    if (kind === 'move-away') {
      imap.deliver(owner, { mailbox: 'Archive', from: { name: '', address: '' }, subject: '', raw, flags });
    }
    imap.expunge(owner, 'INBOX', mail.uid);
  }

  /** Sets or takes away a flag that has nothing to do with reading. */
  #flag(owner: string, uid: number): void {
    const isFlagged = this.#imap.messages(owner).some((mail) => mail.uid === uid && mail.flags.has('\\Flagged'));
    this.#imap.setFlags(owner, 'INBOX', uid, ['\\Flagged'], !isFlagged);
  }

  #moveIn(account: number, pick: number): void {
    const imap = this.#imap;
    const moved = pickFrom(imap.messages(address(account), 'Archive'), pick);
    if (moved === undefined) return;
    const text = moved.raw.toString('latin1');
    const subject = /^Subject: (.*)$/mu.exec(text)?.[1]?.trim() ?? '';
    const sender = `Sender ${subject.replace('Mail ', '')}`;
    const isRead = moved.flags.has('\\Seen');
    this.#model.add(account, imap.uidNext(address(account)), { subject, sender }, isRead);
    imap.expunge(address(account), 'Archive', moved.uid);
    const mail = { from: { name: '', address: '' }, subject: '', raw: moved.raw, flags: [...moved.flags] };
    imap.deliver(address(account), mail);
  }
}
