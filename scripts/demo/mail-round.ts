import type { DeliveredMail } from '../../test/standin/imap/post-office.ts';
import type { StandinPerson } from '../../test/standin/people.ts';
import type { World } from '../../test/standin/world.ts';
import { mailSource } from './mail-corpus.ts';

/** From somebody's sign-in to the first mail, and from one mail to the next, ms. */
export const firstMailAfterMs = 5_000;
export const mailEveryMs = 20_000;
/** Every third mail is read on another device this long after it came, ms. */
export const readAfterMs = 8_000;
const readEvery = 3;
/** How often it's looked whether somebody has signed in, ms. */
const lookEveryMs = 500;

export interface MailRoundOptions {
  readonly world: Pick<World, 'imap' | 'people'>;
  readonly tell: (line: string) => void;
}

/** Life in the mailboxes of those who are signed in, until disposed. */
export class MailRound {
  readonly #imap: World['imap'];
  readonly #people: readonly StandinPerson[];
  readonly #tell: (line: string) => void;
  readonly #nextMail = mailSource();
  readonly #known = new Set<string>();
  readonly #look: NodeJS.Timeout;
  readonly #reading = new Set<NodeJS.Timeout>();
  #nextMailAt = Number.POSITIVE_INFINITY;
  #sent = 0;

  constructor({ world, tell }: MailRoundOptions) {
    this.#imap = world.imap;
    this.#people = world.people;
    this.#tell = tell;
    for (const [index, person] of this.#people.entries()) {
      for (let count = this.#people.length - index; count > 0; count -= 1) this.#deliver(person, this.#nextMail());
    }
    this.#look = setInterval(() => {
      this.#tick(performance.now());
    }, lookEveryMs);
  }

  dispose(): void {
    clearInterval(this.#look);
    for (const timer of this.#reading) clearTimeout(timer);
  }

  #tick(now: number): void {
    const present = this.#present();
    for (const { address } of present) {
      if (this.#known.has(address)) continue;
      this.#known.add(address);
      this.#tell(`signed in: ${address}`);
      this.#nextMailAt = Math.min(this.#nextMailAt, now + firstMailAfterMs);
    }
    if (now < this.#nextMailAt) return;
    this.#nextMailAt = now + mailEveryMs;
    const person = present[this.#sent % Math.max(1, present.length)];
    // Nobody may be connected at the moment, and mail to nobody can't be seen.
    if (person === undefined) return;
    this.#sent += 1;
    const mail = this.#nextMail();
    const uid = this.#deliver(person, mail);
    this.#tell(`mail for ${person.address}: “${mail.subject}” from ${mail.from.name ?? mail.from.address}`);
    if (this.#sent % readEvery === 0) this.#readLater(person, uid, mail);
  }

  #present(): readonly StandinPerson[] {
    const signedIn = new Set(this.#imap.sessions().map(({ address }) => address));
    return this.#people.filter(({ address }) => signedIn.has(address));
  }

  #deliver(person: StandinPerson, mail: DeliveredMail): number {
    return this.#imap.deliver(person.address, mail);
  }

  #readLater(person: StandinPerson, uid: number, mail: DeliveredMail): void {
    const timer = setTimeout(() => {
      this.#reading.delete(timer);
      this.#imap.setFlags(person.address, 'INBOX', uid, [String.raw`\Seen`], true);
      this.#tell(`read on another device by ${person.address}: “${mail.subject}”`);
    }, readAfterMs);
    this.#reading.add(timer);
  }
}
