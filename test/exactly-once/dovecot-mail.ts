import type { ImapFlow } from 'imapflow';

import { asOtherClient } from '../support/imap-bench.ts';
import type { MailWorld } from '../support/mail-world.ts';
import type { MailModel, ModelMail } from './mail-model.ts';
import { address, owner, owners, pickFrom } from './owners.ts';
import type { Happening } from './schedule.ts';

const mostAtOnce = 12;

/** What happens to mail at Dovecot, by LMTP and other clients; each time in the model first: the app may be quicker. */
export class DovecotMail {
  readonly #world: MailWorld;
  readonly #model: MailModel;
  /** Of each INBOX: Dovecot counts as every server does, and the end compares. */
  readonly #uidNext = owners.map(() => 1);
  readonly #archives = owners.map((): ModelMail[] => []);
  #mails = 0;

  constructor(world: MailWorld, model: MailModel) {
    this.#world = world;
    this.#model = model;
  }

  uidNext(account: number): number {
    return this.#uidNext[account] ?? 1;
  }

  async deliver(account: number, count: number): Promise<void> {
    for (let index = 0; index < Math.min(count, mostAtOnce); index += 1) {
      this.#mails += 1;
      const number = this.#mails;
      const words = { subject: `Mail ${number}`, sender: `Sender ${number}` };
      this.#model.add(account, this.#takeUid(account), words);
      const from = { name: words.sender, address: `s${number}@example.org` };
      await this.#world.server.deliver(address(account), { from, subject: words.subject });
    }
  }

  async elsewhere({
    kind,
    account,
    pick,
    count,
  }: Extract<Happening, { readonly pick: number; readonly count: number }>): Promise<void> {
    await asOtherClient(this.#world, owner(account), async (client) => {
      for (let times = 0; times < count; times += 1) {
        if (kind === 'move-in') {
          await this.#moveIn(client, account);
          continue;
        }
        const among = this.#model.inbox(account).filter(({ isRead }) => kind !== 'read' || !isRead);
        const mail = pickFrom(among, Math.sqrt(pick));
        if (mail !== undefined) await this.#change(client, kind, mail);
      }
    });
  }

  /** Learns Dovecot's own UIDVALIDITY, which a test can't choose. */
  async learnUidValidity(account: number): Promise<void> {
    await asOtherClient(this.#world, owner(account), async ({ mailbox }) => {
      if (mailbox === false) throw new Error('No INBOX');
      this.#model.rename(account, String(mailbox.uidValidity));
      this.#uidNext[account] = mailbox.uidNext;
    });
  }

  /** What differs: the app's counts from Dovecot's own, or, a defect of the test, the model's. */
  async compare(countOf: (account: number) => number | null): Promise<readonly string[]> {
    const differences: string[] = [];
    for (const account of owners.keys()) {
      await asOtherClient(this.#world, owner(account), async (client) => {
        const unseen = (await client.search({ seen: false }, { uid: true })) || [];
        const said = countOf(account);
        if (said !== unseen.length) differences.push(`${address(account)}: ${String(said)}, not ${unseen.length}`);
        const expected = this.#model.inbox(account).filter(({ isRead }) => !isRead);
        const uids = expected.map(({ uid }) => uid).join(',');
        if (uids !== unseen.join(',')) differences.push(`the model of ${address(account)} is wrong`);
      });
    }
    return differences;
  }

  #takeUid(account: number): number {
    const uid = this.uidNext(account);
    this.#uidNext[account] = uid + 1;
    return uid;
  }

  async #change(
    client: ImapFlow,
    kind: 'read' | 'unread' | 'flag' | 'expunge' | 'move-away',
    mail: ModelMail,
  ): Promise<void> {
    const uid = String(mail.uid);
    if (kind === 'read' || kind === 'unread') this.#model.setRead(mail, kind === 'read');
    else if (kind !== 'flag') this.#model.remove(mail);
    switch (kind) {
      case 'flag':
        // STORE answers with the flags only where something changes.
        if (!(await client.messageFlagsAdd(uid, ['\\Flagged'], { uid: true }))) throw new Error('Not flagged');
        await client.messageFlagsRemove(uid, ['\\Flagged'], { uid: true });
        return;
      case 'read':
        await client.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
        return;
      case 'unread':
        await client.messageFlagsRemove(uid, ['\\Seen'], { uid: true });
        return;
      case 'expunge':
        await client.messageDelete(uid, { uid: true });
        return;
      case 'move-away':
        await client.messageMove(uid, 'Archive', { uid: true });
        this.#archives[mail.account]?.push(mail);
    }
  }

  /** The one that was moved away last is the last in the archive. */
  async #moveIn(client: ImapFlow, account: number): Promise<void> {
    const mail = this.#archives[account]?.pop();
    if (mail === undefined) return;
    this.#model.add(account, this.#takeUid(account), mail, mail.isRead);
    await client.mailboxOpen('Archive');
    await client.messageMove('*', 'INBOX');
    await client.mailboxOpen('INBOX');
  }
}
