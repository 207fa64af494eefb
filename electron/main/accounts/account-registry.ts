import { isDeepStrictEqual } from 'node:util';
import type { AccountRecord } from '../../shared/settings.ts';
import type { AccountSnapshot } from '../../shared/snapshot.ts';
import type { SignedInPerson } from '../auth/auth-types.ts';
import type { DeploymentProfile } from '../../shared/profile.ts';
import { checkSharedAddress } from '../../shared/shared-mailbox.ts';
import { isSameProvider } from '../profile/cloud.ts';
import { tokenRef } from '../auth/token-ref.ts';
import { accountKindOf } from './account-kind.ts';
import { AccountSession, type AccountSessionDeps } from './account-session.ts';
import { SharedMailboxFailure } from './shared-mailbox-failure.ts';

export interface AccountRegistryDeps extends Omit<AccountSessionDeps, 'onStatus'> {
  /** A new random id for an account. */
  readonly createId: () => string;
  /** Keeps the list of accounts between runs. Never rejects: a failed save is told to the person by its owner. */
  readonly saveRecords: (records: readonly AccountRecord[]) => void;
  /** The account is gone, its tokens too; or the shared mailbox of this id is. */
  readonly onRemoved: (id: string) => void;
  /** Nothing of this shared mailbox is to be told any more. */
  readonly onMuted?: (mailboxId: string) => void;
  /** Something a window shows has changed. */
  readonly onChange: () => void;
}

/** All accounts, in the order they were added; the owner of their sessions. */
export class AccountRegistry {
  readonly #deps: AccountRegistryDeps;
  readonly #sessionDeps: AccountSessionDeps;
  readonly #sessions = new Map<string, AccountSession>();
  /** Ends when all changes so far have: adding and removing take turns. */
  #changes: Promise<unknown> = Promise.resolve();
  #isAsleep = false;

  constructor(records: readonly AccountRecord[], deps: AccountRegistryDeps) {
    this.#deps = deps;
    this.#sessionDeps = { ...deps, onStatus: deps.onChange };
    for (const record of records) {
      this.#sessions.set(record.id, new AccountSession(record, this.#sessionDeps));
    }
  }

  /** Starts watching every account. */
  start(): void {
    for (const session of this.#sessions.values()) {
      session.start();
    }
  }

  find(accountId: string): AccountRecord | null {
    return this.#sessions.get(accountId)?.record ?? null;
  }

  records(): readonly AccountRecord[] {
    return [...this.#sessions.values()].map((session) => session.record);
  }

  snapshots(): readonly AccountSnapshot[] {
    return [...this.#sessions.values()].map((session) => session.snapshot());
  }

  /** Every inbox that is watched, accounts' own and shared ones. */
  inboxes(): readonly { readonly id: string; readonly address: string }[] {
    return this.records().flatMap((record) => [record, ...record.sharedMailboxes]);
  }

  /**
   * The account of the person who just signed in, by the profile used: a new one, or the one that is there
   * already, which is then watched anew with that profile. Returns its id. Rejects with AuthFailure when tokens of
   * a registration no longer used could not be deleted; the account is watched all the same.
   */
  welcome(person: SignedInPerson, profile: DeploymentProfile): Promise<string> {
    return this.#inTurn(() => this.#welcome(person, profile));
  }

  async #welcome(person: SignedInPerson, profile: DeploymentProfile): Promise<string> {
    await this.#forgetShared(person.address);
    const known = this.findByHomeAccountId(person.homeAccountId, profile);
    const record: AccountRecord = {
      id: known?.id ?? this.#deps.createId(),
      homeAccountId: person.homeAccountId,
      address: person.address,
      displayName: person.displayName,
      profile,
      addedAt: known?.addedAt ?? this.#deps.clock.now(),
      sharedMailboxes: known?.sharedMailboxes ?? [],
    };
    await this.#sessions.get(record.id)?.dispose();
    this.#replace(record);
    this.#deps.saveRecords(this.records());
    if (known !== null && !isDeepStrictEqual(tokenRef(known), tokenRef(record))) {
      // The tokens of the registration or tenant that the account no longer uses must not linger.
      await this.#deps.auth.removeAccount(known);
    }
    return record.id;
  }

  /** Whoever has signed in to a mailbox needs it as a shared one no more: it would be counted and told twice. */
  async #forgetShared(address: string): Promise<void> {
    for (const session of this.#sessions.values()) {
      for (const mailbox of session.record.sharedMailboxes) {
        if (mailbox.address.toLowerCase() === address.toLowerCase()) await this.#dropMailbox(session, mailbox.id);
      }
    }
  }

  /** The same person on the same cloud is the same account, whatever client id and tenant it was added with. */
  findByHomeAccountId(homeAccountId: string, profile: DeploymentProfile): AccountRecord | null {
    const same = this.records().find(
      (record) => record.homeAccountId === homeAccountId && isSameProvider(record.profile, profile),
    );
    return same ?? null;
  }

  /** Stops and forgets the account; then deletes its tokens. Rejects with AuthFailure when they could not be deleted. */
  remove(accountId: string): Promise<void> {
    return this.#inTurn(() => this.#remove(accountId));
  }

  async #remove(accountId: string): Promise<void> {
    const session = this.#sessions.get(accountId);
    if (session === undefined) {
      return;
    }
    await session.dispose();
    try {
      await this.#deps.auth.removeAccount(session.record);
    } catch (error) {
      // Still the person's account, tokens and all: it goes on until the removal succeeds.
      this.#replace(session.record);
      throw error;
    }
    this.#sessions.delete(accountId);
    const gone = [accountId, ...session.record.sharedMailboxes.map(({ id }) => id)];
    for (const id of gone) this.#deps.ledgers.remove(id);
    this.#deps.saveRecords(this.records());
    for (const id of gone) this.#deps.onRemoved(id);
    this.#deps.onChange();
  }

  /**
   * Watches another's mailbox with the account's token; resolves with its id. Whether the account's person has access
   * shows in its state. Rejects with SharedMailboxFailure where the address won't do or the account is a personal one.
   */
  addSharedMailbox(accountId: string, text: string): Promise<string> {
    return this.#inTurn(async () => {
      const session = this.#sessions.get(accountId);
      const fail = (reason: string): SharedMailboxFailure => new SharedMailboxFailure(reason, this.#deps.clock.now());
      if (session === undefined) throw fail('no such account');
      if (accountKindOf(session.record.homeAccountId) === 'personal') throw fail('a personal account');
      const checked = checkSharedAddress(text, accountId, this.records());
      if (!checked.ok) throw fail(checked.problem);
      const id = this.#deps.createId();
      session.addMailbox({ id, address: checked.address, muted: false });
      this.#saveAndTell();
      return id;
    });
  }

  /** Stops and forgets a shared mailbox; does nothing where there is none of this id. */
  removeSharedMailbox(mailboxId: string): Promise<void> {
    return this.#inTurn(async () => {
      const session = this.#withMailbox(mailboxId);
      if (session !== undefined) await this.#dropMailbox(session, mailboxId);
    });
  }

  async #dropMailbox(session: AccountSession, mailboxId: string): Promise<void> {
    await session.removeMailbox(mailboxId);
    this.#deps.ledgers.remove(mailboxId);
    this.#deps.onRemoved(mailboxId);
    this.#saveAndTell();
  }

  /** Whether a shared mailbox's mail is told; it is counted all the same. */
  setSharedMailboxMuted(mailboxId: string, muted: boolean): Promise<void> {
    return this.#inTurn(async () => {
      const session = this.#withMailbox(mailboxId);
      if (session === undefined) return;
      session.setMuted(mailboxId, muted);
      if (muted) this.#deps.onMuted?.(mailboxId);
      this.#saveAndTell();
    });
  }

  #withMailbox(mailboxId: string): AccountSession | undefined {
    return [...this.#sessions.values()].find((session) => session.hasMailbox(mailboxId));
  }

  #saveAndTell(): void {
    this.#deps.saveRecords(this.records());
    this.#deps.onChange();
  }

  /** Rejects as `change` does; the next change begins all the same. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#changes.then(change, change);
    this.#changes = result.catch(() => undefined);
    return result;
  }

  #replace(record: AccountRecord): void {
    const session = new AccountSession(record, this.#sessionDeps);
    this.#sessions.set(record.id, session);
    if (this.#isAsleep) {
      void session.suspend();
    }
    session.start();
    this.#deps.onChange();
  }

  /** Asks the server now: an account with its mailboxes, a shared mailbox alone, or all for null. */
  checkNow(id: string | null): void {
    for (const session of this.#sessions.values()) {
      session.checkNow(id ?? session.record.id);
    }
  }

  /** Addresses or routes of the machine are others: each account sees whether its connection still holds. */
  networkChanged(): void {
    for (const session of this.#sessions.values()) {
      session.networkChanged();
    }
  }

  /** Another way out of the network is in force: every connection is made anew, by it. */
  reconnect(): void {
    for (const session of this.#sessions.values()) {
      session.reconnect();
    }
  }

  /** Before the machine sleeps: logs all out within 2 s; no server is asked until {@link resume}. */
  async suspend(): Promise<void> {
    this.#isAsleep = true;
    await Promise.all([...this.#sessions.values()].map((session) => session.suspend()));
  }

  /** The machine is awake. */
  resume(): void {
    this.#isAsleep = false;
    for (const session of this.#sessions.values()) {
      session.resume();
    }
  }

  /** Logs all out within 2 s, and resolves when a removal or sign-in under way has ended too: half of it is no state. */
  async dispose(): Promise<void> {
    await Promise.all([this.#endSessions(), this.#changes]);
    // A change that has just ended may have begun one.
    await this.#endSessions();
  }

  async #endSessions(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.dispose()));
  }
}
