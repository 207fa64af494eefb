import { afterEach, beforeEach, expect } from 'vitest';

import type { MailboxCursor } from '../../electron/main/imap/mailbox-cursor.ts';
import { MailboxLedger } from '../../electron/main/imap/mailbox-ledger.ts';
import { MailboxWatcher } from '../../electron/main/imap/mailbox-watcher.ts';
import type { MailboxWatcherDeps, WatcherEvent } from '../../electron/main/imap/watcher-types.ts';
import type { WatchFailure } from '../../electron/main/imap/watch-failure.ts';
import { FakeClock } from './fake-clock.ts';
import { recordingLog } from './recording-log.ts';
import { ScriptedImap } from './scripted-imap.ts';
import { TokenRefusal, unexpectedFailure } from './token-refusal.ts';

export const minute = 60_000;

/** A watcher on a virtual clock and a mailbox in memory, with what it told. */
export class WatchedMailbox {
  readonly clock = new FakeClock();
  readonly server = new ScriptedImap();
  events: WatcherEvent[] = [];
  /** As kept between runs. */
  cursor: MailboxCursor | null = null;
  online = true;
  /** Whether what is new is told at once; else it stays open. */
  tells = true;
  /** Each token request: whether a cached token wouldn't have done. */
  readonly renewals: boolean[] = [];
  /** How token requests fail; null: they succeed. */
  tokenFailure: WatchFailure | null = null;
  /** What each token request waits for. */
  tokenGate: () => Promise<void> = () => Promise.resolve();
  watcher: MailboxWatcher;

  constructor() {
    this.watcher = new MailboxWatcher(this.deps());
  }

  deps(): MailboxWatcherDeps {
    const ledger = new MailboxLedger(this.cursor, (next) => {
      this.cursor = next;
    });
    return {
      openSession: this.server.open,
      endpoint: { host: 'imap.example', port: 993 },
      user: 'ada@example.org',
      mailbox: 'INBOX',
      loadCa: () => Promise.resolve(undefined),
      getToken: async ({ renew }) => {
        this.renewals.push(renew);
        await this.tokenGate();
        if (this.tokenFailure !== null) throw new TokenRefusal(this.tokenFailure);
        return { token: `token-${this.renewals.length}`, expiresAt: this.clock.now() + 65 * minute };
      },
      classifyTokenError: (error) => (error instanceof TokenRefusal ? error.failure : unexpectedFailure),
      ledger,
      isOnline: () => this.online,
      onEvent: (event) => {
        this.events.push(event);
        if (event.kind === 'new-messages' && this.tells) {
          for (const { uidValidity, uid } of event.messages) {
            ledger.settle(uidValidity, [uid]);
          }
        }
      },
      clock: this.clock,
      random: () => 0.5,
      log: recordingLog(),
    };
  }

  /** As a new run of the program: with the cursor that was kept. */
  startAnew(changes: Partial<MailboxWatcherDeps> = {}): void {
    this.watcher = new MailboxWatcher({ ...this.deps(), ...changes });
    this.watcher.start();
  }

  kinds(): string[] {
    return this.events.map((event) => event.kind);
  }

  last(): WatcherEvent | undefined {
    return this.events.at(-1);
  }

  /** Subjects told, in order. */
  told(): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'new-messages' ? event.messages.map((message) => message.subject) : [],
    );
  }
}

/** For a file whose every test has one of its own, which leaves nothing behind. */
export function watchOneEach(take: (mailbox: WatchedMailbox) => void): void {
  let mailbox: WatchedMailbox;

  beforeEach(() => {
    mailbox = new WatchedMailbox();
    take(mailbox);
  });

  afterEach(async () => {
    await mailbox.watcher.dispose();
    expect(mailbox.clock.pending).toBe(0);
    expect(mailbox.server.live.size).toBe(0);
  });
}
