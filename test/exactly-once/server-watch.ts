import type { ImapEvent } from '../standin/imap/event-log.ts';
import type { ImapStandin } from '../standin/imap/imap-standin.ts';
import type { MailModel } from './mail-model.ts';

/** What the IMAP server sees of the app: first looks for the model, and whether everything was told and answered. */
export class ServerWatch {
  readonly #imap: ImapStandin;
  readonly #addresses: readonly string[];
  readonly #model: MailModel;
  /** By session: what it was told last, and the first look that it has yet to take notice of. */
  readonly #sessions = new Map<
    number,
    { last: ImapEvent['kind']; look: { account: number; uidNext: number } | null }
  >();
  readonly #stop: () => void;
  #isDeaf = false;
  readonly failures: unknown[] = [];

  constructor(imap: ImapStandin, addresses: readonly string[], model: MailModel) {
    this.#imap = imap;
    this.#addresses = addresses;
    this.#model = model;
    this.#stop = imap.events.listen((event) => {
      this.#hear(event);
    });
  }

  /** What comes from now on comes from a dead app. */
  turnDeaf(): void {
    this.#isDeaf = true;
    this.#sessions.clear();
  }

  listen(): void {
    this.#isDeaf = false;
  }

  /** Whether the person's only session idles and has acted on all that it was told. */
  isIdle(address: string): boolean {
    const sessions = this.#imap.sessions().filter((session) => session.address === address);
    const [only] = sessions;
    return sessions.length === 1 && only !== undefined && this.#sessions.get(only.id)?.last === 'idle-began';
  }

  isGone(address: string): boolean {
    return this.#imap.sessions().every((session) => session.address !== address);
  }

  dispose(): void {
    this.#stop();
  }

  #hear(event: ImapEvent): void {
    if (event.kind === 'failed') this.failures.push(event.error);
    if (event.kind === 'closed') this.#sessions.delete(event.session);
    if (this.#isDeaf || event.kind === 'closed') return;
    const session = this.#sessions.get(event.session) ?? { last: event.kind, look: null };
    this.#sessions.set(event.session, session);
    session.last = event.kind;
    const account = event.address === null ? -1 : this.#addresses.indexOf(event.address);
    if (event.kind === 'selected' && account >= 0) {
      session.look = { account, uidNext: this.#imap.uidNext(event.address ?? '') };
      this.#model.perhapsSeen(account, session.look.uidNext);
    } else if (event.kind === 'command' && session.look !== null) {
      // The app notes what it has seen before it says anything more.
      this.#model.seen(session.look.account, session.look.uidNext);
      session.look = null;
    }
  }
}
