import type { DeploymentProfile } from '../../shared/profile.ts';
import type { Clock } from '../clock.ts';
import type { OpenImapSession } from '../imap/imap-session.ts';
import { MailboxWatcher } from '../imap/mailbox-watcher.ts';
import type { NewMessages, ReadMessages } from '../imap/new-message.ts';
import type { WatcherEvent, WatcherToken } from '../imap/watcher-types.ts';
import type { Logger } from '../log.ts';
import { accountLog } from './account-log.ts';
import { type AccountStatus, initialStatus, reduceStatus } from './account-state.ts';
import type { LedgerStore } from './ledger-store.ts';
import { classifyTokenError } from './token-failure.ts';

const loopbackHost = /^(localhost|127\.[\d.]+|::1)$/u;

/** Only this folder is watched so far. */
const watchedMailbox = 'INBOX';

/** What every mailbox of every account has in common. */
export interface MailboxWatchDeps {
  readonly openSession: OpenImapSession;
  readonly loadCa: (extraCaFile: string | null) => Promise<readonly string[] | undefined>;
  readonly ledgers: Pick<LedgerStore, 'ledger' | 'remove' | 'settle'>;
  readonly isOnline: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  readonly onNewMessages: (found: NewMessages) => void;
  readonly onRead: (read: ReadMessages) => void;
  readonly onStatus: () => void;
}

/** Whose inbox is watched, and how. */
export interface MailboxWatchTarget {
  /** The account's id, or a shared mailbox's own: ledger and notifications go by it. */
  readonly id: string;
  /** Whose mailbox it is: XOAUTH2's `user`. */
  readonly address: string;
  readonly profile: DeploymentProfile;
  readonly getToken: (options: { readonly renew: boolean }) => Promise<WatcherToken>;
  /** Asked at each message. What is muted counts as told: it doesn't come back in a flood later. */
  readonly isMuted: () => boolean;
}

/** One inbox at work, an account's own or a shared one: its connection and its status. */
export class MailboxWatch {
  readonly #target: MailboxWatchTarget;
  readonly #deps: MailboxWatchDeps;
  readonly #watcher: MailboxWatcher;
  #status: AccountStatus = initialStatus;

  constructor(target: MailboxWatchTarget, deps: MailboxWatchDeps) {
    this.#target = target;
    this.#deps = deps;
    this.#watcher = this.#createWatcher();
  }

  get status(): AccountStatus {
    return this.#status;
  }

  start(): void {
    this.#watcher.start();
  }

  checkNow(): void {
    this.#watcher.checkNow();
  }

  networkChanged(): void {
    this.#watcher.networkChanged();
  }

  reconnect(): void {
    this.#watcher.reconnect();
  }

  async suspend(): Promise<void> {
    await this.#watcher.suspend();
  }

  resume(): void {
    this.#watcher.resume();
  }

  async dispose(): Promise<void> {
    await this.#watcher.dispose();
  }

  #createWatcher(): MailboxWatcher {
    const { clock, isOnline, ledgers, loadCa, log, openSession, random } = this.#deps;
    const { id, address, profile, getToken } = this.#target;
    return new MailboxWatcher({
      openSession,
      endpoint: profile.imap,
      user: address,
      mailbox: watchedMailbox,
      loadCa: () => loadCa(profile.extraCaFile),
      getToken,
      classifyTokenError: (error) => classifyTokenError(error, clock.now()),
      ledger: ledgers.ledger(id, watchedMailbox),
      onEvent: (event) => {
        this.#handle(event);
      },
      // A server on this very machine needs no network.
      isOnline: () => loopbackHost.test(profile.imap.host) || isOnline(),
      clock,
      random,
      log: accountLog(log, id),
    });
  }

  #handle(event: WatcherEvent): void {
    const accountId = this.#target.id;
    if (event.kind === 'new-messages') {
      this.#tell({ kind: event.origin, accountId, messages: event.messages });
    } else if (event.kind === 'read') {
      const { mailbox, uidValidity, uids } = event;
      this.#deps.onRead({ accountId, mailbox, uidValidity, uids });
    }
    const next = reduceStatus(this.#status, event);
    if (next !== this.#status) {
      this.#status = next;
      this.#deps.onStatus();
    }
  }

  #tell(found: NewMessages): void {
    if (!this.#target.isMuted()) {
      this.#deps.onNewMessages(found);
      return;
    }
    const { accountId } = found;
    this.#deps.ledgers.settle(
      found.messages.map(({ mailbox, uidValidity, uid }) => ({ accountId, mailbox, uidValidity, uid })),
    );
    // Somebody may wait for the first look of everybody.
    if (found.kind === 'while-away') this.#deps.onNewMessages({ ...found, messages: [] });
  }
}
