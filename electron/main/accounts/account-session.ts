import type { AccountRecord, SharedMailboxRecord } from '../../shared/settings.ts';
import type { AccountSnapshot } from '../../shared/snapshot.ts';
import type { AuthService } from '../auth/auth-types.ts';
import { createLoginTurns, type LoginTurns } from '../imap/login-turns.ts';
import type { WatcherToken } from '../imap/watcher-types.ts';
import { accountSnapshot } from './account-snapshot.ts';
import { type AccountStatus, initialStatus } from './account-state.ts';
import { MailboxWatch, type MailboxWatchDeps } from './mailbox-watch.ts';

export interface AccountSessionDeps extends MailboxWatchDeps {
  readonly auth: AuthService;
}

/** One account at work: its token, its own inbox and the shared mailboxes that its token opens. */
export class AccountSession {
  readonly #deps: AccountSessionDeps;
  readonly #turns: LoginTurns;
  readonly #own: MailboxWatch;
  readonly #shared = new Map<string, MailboxWatch>();
  #record: AccountRecord;
  #isStarted = false;
  #isAsleep = false;

  constructor(record: AccountRecord, deps: AccountSessionDeps) {
    this.#record = record;
    this.#deps = deps;
    this.#turns = createLoginTurns({
      open: deps.openSession,
      clock: deps.clock,
      getToken: () => this.#getToken(false),
    });
    const { id, address, profile } = record;
    this.#own = new MailboxWatch(
      { id, address, profile, getToken: ({ renew }) => this.#getToken(renew), isMuted: () => false },
      { ...deps, openSession: this.#turns.own },
    );
    for (const mailbox of record.sharedMailboxes) {
      this.#shared.set(mailbox.id, this.#watch(mailbox));
    }
  }

  get record(): AccountRecord {
    return this.#record;
  }

  /** Of the account's own inbox. */
  get status(): AccountStatus {
    return this.#own.status;
  }

  snapshot(): AccountSnapshot {
    return accountSnapshot(this.#record, this.#own.status, (id) => this.#shared.get(id)?.status ?? initialStatus);
  }

  start(): void {
    this.#isStarted = true;
    for (const watch of this.#all()) watch.start();
  }

  /** Asks for all of the account unless `id` is a shared mailbox's, then for that one; of others' ids it knows nothing. */
  checkNow(id: string = this.#record.id): void {
    const watches = id === this.#record.id ? this.#all() : [this.#shared.get(id)];
    for (const watch of watches) watch?.checkNow();
  }

  networkChanged(): void {
    for (const watch of this.#all()) watch.networkChanged();
  }

  reconnect(): void {
    for (const watch of this.#all()) watch.reconnect();
  }

  async suspend(): Promise<void> {
    this.#isAsleep = true;
    await Promise.all(this.#all().map((watch) => watch.suspend()));
  }

  resume(): void {
    this.#isAsleep = false;
    for (const watch of this.#all()) watch.resume();
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#all().map((watch) => watch.dispose()));
  }

  hasMailbox(mailboxId: string): boolean {
    return this.#shared.has(mailboxId);
  }

  addMailbox(mailbox: SharedMailboxRecord): void {
    this.#setMailboxes([...this.#record.sharedMailboxes, mailbox]);
    const watch = this.#watch(mailbox);
    this.#shared.set(mailbox.id, watch);
    if (this.#isAsleep) void watch.suspend();
    if (this.#isStarted) watch.start();
  }

  /** Resolves when its connection is closed. */
  async removeMailbox(mailboxId: string): Promise<void> {
    await this.#shared.get(mailboxId)?.dispose();
    this.#shared.delete(mailboxId);
    this.#setMailboxes(this.#record.sharedMailboxes.filter(({ id }) => id !== mailboxId));
  }

  setMuted(mailboxId: string, muted: boolean): void {
    this.#setMailboxes(
      this.#record.sharedMailboxes.map((mailbox) => (mailbox.id === mailboxId ? { ...mailbox, muted } : mailbox)),
    );
  }

  #setMailboxes(sharedMailboxes: readonly SharedMailboxRecord[]): void {
    this.#record = { ...this.#record, sharedMailboxes };
  }

  #all(): readonly MailboxWatch[] {
    return [this.#own, ...this.#shared.values()];
  }

  #watch({ id, address }: SharedMailboxRecord): MailboxWatch {
    return new MailboxWatch(
      {
        id,
        address,
        profile: this.#record.profile,
        // A token that the account's own inbox is watched with is in order: what is missing is a permission.
        getToken: ({ renew }) => this.#getToken(renew && this.status.state.kind !== 'watching'),
        isMuted: () => this.#record.sharedMailboxes.some((mailbox) => mailbox.id === id && mailbox.muted),
      },
      { ...this.#deps, openSession: this.#turns.shared },
    );
  }

  #getToken(renew: boolean): Promise<WatcherToken> {
    const { profile, homeAccountId } = this.#record;
    return this.#deps.auth.acquireToken({ profile, homeAccountId }, { forceRefresh: renew });
  }
}
