import type { AccountRecord } from '../../shared/settings.ts';
import type { AuthService } from '../auth/auth-types.ts';
import type { Clock } from '../clock.ts';
import type { OpenImapSession } from '../imap/imap-session.ts';
import { MailboxWatcher } from '../imap/mailbox-watcher.ts';
import type { NewMessages, ReadMessages } from '../imap/new-message.ts';
import type { WatcherEvent } from '../imap/watcher-types.ts';
import type { Logger } from '../log.ts';
import { accountLog } from './account-log.ts';
import { type AccountStatus, initialStatus, reduceStatus } from './account-state.ts';
import type { LedgerStore } from './ledger-store.ts';
import { classifyTokenError } from './token-failure.ts';

const loopbackHost = /^(localhost|127\.[\d.]+|::1)$/u;

/** Only this mailbox is watched so far. */
const watchedMailbox = 'INBOX';

export interface AccountSessionDeps {
  readonly auth: AuthService;
  readonly openSession: OpenImapSession;
  readonly loadCa: (extraCaFile: string | null) => Promise<readonly string[] | undefined>;
  readonly ledgers: Pick<LedgerStore, 'ledger' | 'remove'>;
  readonly isOnline: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
  readonly onNewMessages: (found: NewMessages) => void;
  readonly onRead: (read: ReadMessages) => void;
  readonly onStatus: () => void;
}

/** One account at work: its token, its connection and its status. */
export class AccountSession {
  readonly record: AccountRecord;
  readonly #deps: AccountSessionDeps;
  readonly #watcher: MailboxWatcher;
  #status: AccountStatus = initialStatus;

  constructor(record: AccountRecord, deps: AccountSessionDeps) {
    this.record = record;
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
    const { auth, clock, isOnline, ledgers, loadCa, log, openSession, random } = this.#deps;
    const { id, homeAccountId, profile, address } = this.record;
    return new MailboxWatcher({
      openSession,
      endpoint: profile.imap,
      user: address,
      mailbox: watchedMailbox,
      loadCa: () => loadCa(profile.extraCaFile),
      getToken: ({ renew }) => auth.acquireToken({ profile, homeAccountId }, { forceRefresh: renew }),
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
    const accountId = this.record.id;
    if (event.kind === 'new-messages') {
      this.#deps.onNewMessages({ kind: event.origin, accountId, messages: event.messages });
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
}
