import type { ImapServerUnderTest } from '../support/imap-server.ts';
import type { DovecotMail } from './dovecot-mail.ts';
import type { Happening } from './schedule.ts';

type Delivery = Extract<Happening, { readonly kind: 'deliver' }>;

/**
 * Dovecot's outages: by turns it is ended by SIGKILL and started again, and only out of reach. Mail for one that was
 * killed waits with its senders.
 */
export class DovecotOutages {
  readonly #server: ImapServerUnderTest;
  readonly #mail: DovecotMail;
  readonly #unsent: Delivery[] = [];
  #state: 'serving' | 'out-of-reach' | 'killed' = 'serving';
  #kills = 0;
  #stops = 0;

  constructor(server: ImapServerUnderTest, mail: DovecotMail) {
    this.#server = server;
    this.#mail = mail;
  }

  /** How often it was killed. */
  get kills(): number {
    return this.#kills;
  }

  get isServing(): boolean {
    return this.#state === 'serving';
  }

  async deliver(delivery: Delivery): Promise<void> {
    if (this.#state === 'killed') this.#unsent.push(delivery);
    else await Promise.all(delivery.accounts.map((account) => this.#mail.deliver(account, delivery.count)));
  }

  /** Ends every session with a BYE, or breaks it. */
  async cut(how: 'bye' | 'fin' | 'rst'): Promise<void> {
    if (how !== 'bye') this.#server.cut();
    else if (this.#state !== 'killed') await this.#server.sayBye();
  }

  async stop(): Promise<void> {
    if (!this.isServing) return;
    this.#stops += 1;
    if (this.#stops % 2 === 1) {
      this.#state = 'killed';
      this.#kills += 1;
      await this.#server.crash();
      return;
    }
    this.#state = 'out-of-reach';
    this.#server.stopListening();
    this.#server.cut();
  }

  async start(): Promise<void> {
    if (this.#state === 'killed') await this.#server.startAgain();
    else if (this.#state === 'out-of-reach') await this.#server.listenAgain();
    this.#state = 'serving';
    for (const delivery of this.#unsent.splice(0)) await this.deliver(delivery);
  }
}
