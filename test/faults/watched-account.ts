import { AccountSession } from '../../electron/main/accounts/account-session.ts';
import type { AccountStatus } from '../../electron/main/accounts/account-state.ts';
import {
  createLedgerStore,
  emptyMailboxesFile,
  type MailboxesFile,
} from '../../electron/main/accounts/ledger-store.ts';
import type { AuthService } from '../../electron/main/auth/auth-types.ts';
import { type Clock, systemClock } from '../../electron/main/clock.ts';
import { createWords } from '../../electron/main/i18n.ts';
import { createImapConnector } from '../../electron/main/imap/imap-connection.ts';
import type { WatchState } from '../../electron/main/imap/watcher-types.ts';
import type { Logger } from '../../electron/main/log.ts';
import type {
  NotificationListener,
  NotificationPresenter,
  PresentedNotification,
} from '../../electron/main/shell/notification-presenter.ts';
import { createNotifications, type Notifications } from '../../electron/main/shell/notifications.ts';
import { loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import type { AccountState } from '../../electron/shared/snapshot.ts';
import { Conditions } from '../desktop/conditions.ts';
import type { StandinPerson } from '../standin/people.ts';

const { translate } = createWords('en');

/** For a broken test only: beyond every bound of the fault table. */
const longestWaitMs = 300_000;

/** Where an account's mail is, and who has it. */
export interface MailPlace {
  readonly profile: DeploymentProfile;
  readonly person: StandinPerson;
  issueToken(): Promise<string>;
}

export interface WatchedAccountOptions {
  readonly clock?: Clock;
  /** 0..1: how much of the spread of waits is used; default: half. */
  readonly random?: number;
  /** How long (ms) each token lasts, as it is said to; default: a day. */
  readonly tokenLifetimeMs?: number;
}

/** What a person sees of an account, and when (ms, by the watched account's own clock). */
export interface SeenStatus extends AccountStatus {
  readonly at: number;
}

/**
 * An account at work as in the app, but for its sign-in: real imapflow with the app's own limits, what was told kept
 * between runs, notifications on a screen in memory.
 */
export class WatchedAccount {
  readonly clock: Clock;
  /** Each status there was, oldest first. */
  readonly statuses: SeenStatus[] = [];
  /** What stands on the screen, by id. */
  readonly screen = new Map<string, PresentedNotification>();
  /** Everything that was ever shown, oldest first. */
  readonly shown: PresentedNotification[] = [];
  readonly #place: MailPlace;
  readonly #conditions = new Conditions();
  #attempts = 0;
  #watchState: unknown = null;
  readonly #random: number;
  readonly #tokenLifetimeMs: number;
  #kept: MailboxesFile = emptyMailboxesFile;
  #session: AccountSession | null = null;
  #notifications: Notifications | null = null;

  constructor(
    place: MailPlace,
    { clock = systemClock, random = 0.5, tokenLifetimeMs = 24 * 3_600_000 }: WatchedAccountOptions = {},
  ) {
    this.#place = place;
    this.#random = random;
    this.#tokenLifetimeMs = tokenLifetimeMs;
    this.clock = clock;
  }

  /** Starts the program, or starts it anew: it knows what was kept. */
  start(): void {
    const { clock } = this;
    const log = this.#createLog();
    const { person, profile } = this.#place;
    const ledgers = createLedgerStore(this.#keptMailboxes());
    const notifications = createNotifications({
      presenter: this.#createPresenter(),
      clock,
      log,
      words: () => ({ translate, language: 'en', detail: 'full', accounts: [{ id: 'a', label: person.address }] }),
      onTold: (refs) => {
        ledgers.settle(refs);
      },
      onNotTold: (refs) => {
        ledgers.reopen(refs);
      },
      onOpen: () => {},
      onFailed: () => {},
    });
    const record = {
      id: 'a',
      homeAccountId: `${person.oid}.${person.tid}`,
      address: person.address,
      displayName: person.displayName,
      profile,
      addedAt: clock.now(),
      sharedMailboxes: [],
    };
    const session = new AccountSession(record, {
      auth: this.#createAuth(),
      openSession: createImapConnector({ clock, clientVersion: '0.0.0' }),
      loadCa: loadTrustedCa,
      ledgers,
      isOnline: () => true,
      clock,
      random: () => this.#random,
      log,
      onNewMessages: (found) => {
        notifications.tell(found);
      },
      onRead: (read) => {
        notifications.withdrawRead(read);
      },
      onStatus: () => {
        this.statuses.push({ ...session.status, at: clock.monotonic() });
        this.#conditions.changed();
      },
    });
    this.#session = session;
    this.#notifications = notifications;
    notifications.expectFirstLooks(['a']);
    session.start();
  }

  /** Ends the program in good order; does nothing where there is none. */
  async quit(): Promise<void> {
    await this.#session?.dispose();
    this.#notifications?.dispose();
    this.#session = null;
    this.#notifications = null;
  }

  /** The person asks for news, and the network says that it changed. */
  hurry(): void {
    this.#session?.checkNow();
    this.#session?.networkChanged();
  }

  /** Attempts to connect so far. */
  get attempts(): number {
    return this.#attempts;
  }

  /** How many statuses there are; to wait for later ones. */
  get mark(): number {
    return this.statuses.length;
  }

  get state(): AccountState | undefined {
    return this.statuses.at(-1)?.state;
  }

  get unread(): number | null | undefined {
    return this.statuses.at(-1)?.unreadCount;
  }

  /** The first status after `mark` that fits, now or later. */
  async until(fits: (status: SeenStatus) => boolean, mark = 0): Promise<SeenStatus> {
    return this.#wait(() => this.statuses.slice(mark).find(fits));
  }

  /** The first status after `mark` with this number; resolves when the watcher has nothing left to ask either. */
  async counted(unread: number, mark = 0): Promise<SeenStatus> {
    const fits = ({ state, unreadCount }: SeenStatus): boolean => state.kind === 'watching' && unreadCount === unread;
    const status = await this.until(fits, mark);
    // Mail that comes between the look and the count is counted before it is told.
    await this.reached('idling');
    return status;
  }

  /** How the attempt after `mark` ended. */
  async outcome(mark = 0): Promise<SeenStatus> {
    return this.until(({ state }) => state.kind !== 'connecting', mark);
  }

  /** Resolves when the watcher is in that state, which it logs. */
  async reached(state: WatchState): Promise<void> {
    await this.#wait(() => (this.#watchState === state ? true : undefined));
  }

  /** Resolves when the screen fits, now or later. */
  async untilScreen(fits: (standing: readonly PresentedNotification[]) => boolean): Promise<void> {
    await this.#wait(() => (fits([...this.screen.values()]) ? true : undefined));
  }

  /** First lines of the bodies of all that was shown: subjects, where it was about one mail. */
  told(): string[] {
    return this.shown.map(({ body }) => body.split('\n')[0] ?? '');
  }

  #wait<T>(look: () => T | undefined): Promise<T> {
    const there = (): string => `something else than ${JSON.stringify([this.statuses, this.shown])}`;
    return this.#conditions.until(look, there, longestWaitMs);
  }

  #createLog(): Logger {
    const ignore = (): void => {};
    return {
      debug: (message, facts) => {
        if (message !== 'State') return;
        this.#watchState = facts?.['state'];
        this.#conditions.changed();
      },
      info: ignore,
      warn: ignore,
      error: ignore,
    };
  }

  #keptMailboxes() {
    const read = (): MailboxesFile => this.#kept;
    return {
      get value() {
        return read();
      },
      set: (value: MailboxesFile): void => {
        this.#kept = value;
      },
    };
  }

  #createAuth(): AuthService {
    return {
      signIn: () => Promise.reject(new Error('Nobody signs in here')),
      acquireToken: async () => {
        this.#attempts += 1;
        return { token: await this.#place.issueToken(), expiresAt: this.clock.now() + this.#tokenLifetimeMs };
      },
      removeAccount: () => Promise.resolve(),
      dispose: () => {},
    };
  }

  #createPresenter(): NotificationPresenter {
    let listener: NotificationListener | null = null;
    return {
      listen: (given) => {
        listener = given;
      },
      show: (notification) => {
        listener?.onSend(notification.id);
        this.screen.set(notification.id, notification);
        this.shown.push(notification);
        this.#conditions.changed();
      },
      withdraw: (id) => {
        this.screen.delete(id);
        this.#conditions.changed();
      },
      dispose: () => {
        this.screen.clear();
      },
    };
  }
}
