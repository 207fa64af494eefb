import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Clock, systemClock } from '../../electron/main/clock.ts';
import { createImapConnector, defaultPatience } from '../../electron/main/imap/imap-connection.ts';
import type { ImapPatience } from '../../electron/main/imap/imap-connection.ts';
import type { MailboxCursor } from '../../electron/main/imap/mailbox-cursor.ts';
import { MailboxLedger } from '../../electron/main/imap/mailbox-ledger.ts';
import { MailboxWatcher } from '../../electron/main/imap/mailbox-watcher.ts';
import type { WatcherEvent } from '../../electron/main/imap/watcher-types.ts';
import type { ImapEndpoint } from '../../electron/shared/profile.ts';
import { loadTrustedCa } from '../../electron/main/trusted-ca.ts';
import type { TokenOverrides } from '../standin/identity/token-mint.ts';
import { ada } from '../standin/people.ts';
import type { WorldOptions } from '../standin/world.ts';
import { EventTrail } from './event-trail.ts';
import { asOtherClient } from './imap-bench.ts';
import type { ImapServerName, ReceivedMail } from './imap-server.ts';
import { startMailWorld } from './mail-world.ts';
import type { MailWorld } from './mail-world.ts';
import { recordingLog } from './recording-log.ts';

export interface WatchOptions {
  /** What the watcher trusts besides the system; default: the world's authority. */
  readonly caFile?: string | null;
  readonly patience?: ImapPatience;
  /** What is wrong with the first token; a renewed one is always right. */
  readonly firstToken?: TokenOverrides;
  /** Where the server is for the watcher; default: where it is. */
  readonly endpoint?: ImapEndpoint;
  readonly clock?: Clock;
  /** 0..1: how much of the spread of waits is used. Default: 0. */
  readonly random?: number;
}

/** For a broken test only: rows of the fault matrix take up to 185 s. */
const longestWaitMs = 300_000;

/** A watcher of Ada's INBOX with real imapflow, on a real TLS connection to a server of that name. */
export class WatcherBench {
  readonly world: MailWorld;
  readonly trail = new EventTrail<WatcherEvent>(longestWaitMs);
  readonly log = recordingLog();
  readonly #folder: string;
  #cursor: MailboxCursor | null = null;
  #renewals = 0;
  #watcher: MailboxWatcher | null = null;

  private constructor(world: MailWorld, folder: string) {
    this.world = world;
    this.#folder = folder;
  }

  static async start(name: ImapServerName, options: Omit<WorldOptions, 'folder'> = {}): Promise<WatcherBench> {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-watcher-'));
    return new WatcherBench(await startMailWorld(name, { ...options, folder }), folder);
  }

  /** How often the watcher asked for a token because one was refused. */
  get renewals(): number {
    return this.#renewals;
  }

  /** Starts the watcher, or a next one, which knows what the last one kept. */
  watch(options: WatchOptions = {}): void {
    const { world } = this;
    const caFile = options.caFile === undefined ? world.caFile : options.caFile;
    const { patience = defaultPatience, firstToken = {}, clock = systemClock, random = 0 } = options;
    const ledger = new MailboxLedger(this.#cursor, (next) => {
      this.#cursor = next;
    });
    this.#watcher = new MailboxWatcher({
      openSession: createImapConnector({ clock, clientVersion: '0.0.0', patience }),
      endpoint: options.endpoint ?? world.profile.imap,
      user: ada.address,
      mailbox: 'INBOX',
      loadCa: () => loadTrustedCa(caFile),
      getToken: async ({ renew }) => {
        this.#renewals += renew ? 1 : 0;
        const token = await world.identity.issueToken(ada, renew ? {} : firstToken);
        return { token, expiresAt: clock.now() + 3_600_000 };
      },
      classifyTokenError: () => ({ kind: 'needs-sign-in', error: { code: 'unexpected', at: 0 } }),
      ledger,
      isOnline: () => true,
      onEvent: (event) => {
        if (event.kind === 'new-messages') {
          for (const { uidValidity, uid } of event.messages) ledger.settle(uidValidity, [uid]);
        }
        this.trail.add(event);
      },
      clock,
      random: () => random,
      log: this.log,
    });
    this.#watcher.start();
  }

  /** The network isn't what it was, as the system says. */
  networkChanged(): void {
    this.#watcher?.networkChanged();
  }

  /** Ends the watching as a program that quits does. */
  async stop(): Promise<void> {
    await this.#watcher?.dispose();
    this.#watcher = null;
  }

  /** Mails for Ada from Bo, one after the other. */
  async deliver(...mails: readonly (string | (Partial<ReceivedMail> & { readonly subject: string }))[]): Promise<void> {
    for (const mail of mails) {
      const more = typeof mail === 'string' ? { subject: mail } : mail;
      await this.world.server.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, ...more });
    }
  }

  /** What Ada does with another program, her INBOX open. */
  async elsewhere(act: Parameters<typeof asOtherClient>[2]): Promise<void> {
    await asOtherClient(this.world, ada, act);
  }

  /** Resolves when the watcher has told this number, after `mark`. */
  async counted(unseen: number, mark = 0): Promise<void> {
    await this.trail.waitFor((event) => event.kind === 'counted' && event.unseen === unseen, mark);
  }

  /** Subjects told so far. */
  told(): string[] {
    return this.trail.all.flatMap((event) =>
      event.kind === 'new-messages' ? event.messages.map(({ subject }) => subject) : [],
    );
  }

  async dispose(): Promise<void> {
    await this.stop();
    await this.world.dispose();
    rmSync(this.#folder, { recursive: true });
  }
}
