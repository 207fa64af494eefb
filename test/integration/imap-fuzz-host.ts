import { maxNameLength, maxSubjectLength } from '../../electron/main/clean-text.ts';
import { type Clock, systemClock } from '../../electron/main/clock.ts';
import { type ImapPatience, createImapConnector } from '../../electron/main/imap/imap-connection.ts';
import { maxRemembered } from '../../electron/main/imap/mailbox-cursor.ts';
import { MailboxLedger } from '../../electron/main/imap/mailbox-ledger.ts';
import { MailboxWatcher } from '../../electron/main/imap/mailbox-watcher.ts';
import type { WatcherEvent } from '../../electron/main/imap/watcher-types.ts';
import type { Logger } from '../../electron/main/log.ts';
import { answerParent } from './host-answers.ts';

/** What a watcher in this process has told. */
export interface WatcherReport {
  readonly user: string;
  readonly last: WatcherEvent | null;
  /** Events by kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Distinct reasons of failures. */
  readonly reasons: readonly string[];
  /** Subjects of the last messages told. */
  readonly told: readonly string[];
}

/** How the process is. */
export interface ProcessReport {
  readonly rssMiB: number;
  /** The highest since it began. */
  readonly peakMiB: number;
  /** The longest turn of the event loop since the last report, ms of the processor's time. */
  readonly longestTurnMs: number;
  /** What must not be: text that isn't clean, impossible numbers, warnings of Node. */
  readonly problems: readonly string[];
}

const day = 24 * 3_600_000;

/** The watcher's waits pass this much faster: by 30,000, five minutes are 10 ms. */
let timeScale = 1;
const began = Date.now();
const fastClock: Clock = {
  ...systemClock,
  now: () => began + (Date.now() - began) * timeScale,
  monotonic: () => performance.now() * timeScale,
  setTimer: (delayMs, run) => systemClock.setTimer(delayMs / timeScale, run),
};

const silent = (): void => {};
const log: Logger = { debug: silent, info: silent, warn: silent, error: silent };

const unclean = /[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u2028\u2029\u200b\ufeff]/u;
const problems = new Set<string>();
const note = (problem: string): void => {
  if (problems.size < 20) problems.add(problem);
};
process.on('warning', (warning) => {
  note(warning.stack ?? String(warning));
});

function checkText(what: string, text: unknown, most: number): void {
  const isClean = typeof text === 'string' && !unclean.test(text) && text === text.normalize('NFC');
  if (!isClean) note(`${what} isn't clean: ${JSON.stringify(text)}`);
  else if (text.length > most * 32) note(`${what} is long: ${text.length}`);
}

function isUidOrNone(uid: number): boolean {
  return Number.isInteger(uid) && uid >= 0 && uid <= 0xffff_ffff;
}

function check(event: WatcherEvent): void {
  if (event.kind === 'counted' && !(Number.isSafeInteger(event.unseen) && event.unseen >= 0)) {
    note(`counted ${event.unseen}`);
  }
  if ('error' in event && event.error.detail !== undefined) checkText('detail', event.error.detail, 300);
  if ('error' in event && event.error.code === 'unexpected') note(`a defect of ours: ${JSON.stringify(event)}`);
  if ('retryAt' in event && !(event.retryAt - fastClock.now() < 2 * day)) note(`retryAt ${event.retryAt}`);
  if (event.kind !== 'new-messages') return;
  for (const message of event.messages) {
    checkText('fromName', message.fromName, maxNameLength);
    checkText('fromAddress', message.fromAddress, maxSubjectLength);
    checkText('subject', message.subject, maxSubjectLength);
    if (message.uid === 0 || !isUidOrNone(message.uid)) note(`uid ${message.uid}`);
    if (!Number.isFinite(message.receivedAt)) note(`receivedAt ${message.receivedAt}`);
  }
}

class WatcherUnderFuzz {
  readonly user: string;
  readonly #watcher: MailboxWatcher;
  readonly #kinds = new Map<string, number>();
  readonly #reasons = new Set<string>();
  #last: WatcherEvent | null = null;
  #told: string[] = [];

  constructor(user: string, port: number, caPem: string, patience: Partial<ImapPatience>) {
    this.user = user;
    const ledger = new MailboxLedger(null, ({ uidValidity, lastUid, settled }) => {
      const isSound = /^\d{1,20}$/u.test(uidValidity) && [lastUid, ...settled].every(isUidOrNone);
      if (!isSound || settled.length > maxRemembered) note(`cursor ${uidValidity} ${lastUid} ${settled.join()}`);
    });
    this.#watcher = new MailboxWatcher({
      openSession: createImapConnector({
        clock: systemClock,
        clientVersion: '0.0.0',
        patience: { connectMs: 10_000, openMs: 10_000, ...patience },
      }),
      endpoint: { host: 'localhost', port },
      user,
      mailbox: 'INBOX',
      loadCa: () => Promise.resolve([caPem]),
      getToken: () => Promise.resolve({ token: 'a-token', expiresAt: fastClock.now() + 30 * day }),
      classifyTokenError: () => ({ kind: 'needs-sign-in', error: { code: 'unexpected', at: 0 } }),
      ledger,
      isOnline: () => true,
      onEvent: (event) => {
        if (event.kind === 'new-messages') {
          // All of one look are of one UIDVALIDITY.
          const uids = event.messages.map(({ uid }) => uid);
          ledger.settle(event.messages[0]?.uidValidity ?? '', uids);
        }
        this.#onEvent(event);
      },
      clock: fastClock,
      random: () => 0,
      log,
    });
    this.#watcher.start();
  }

  report(): WatcherReport {
    const { user } = this;
    const kinds = Object.fromEntries(this.#kinds);
    return { user, last: this.#last, kinds, reasons: [...this.#reasons], told: this.#told };
  }

  dispose(): Promise<void> {
    return this.#watcher.dispose();
  }

  #onEvent(event: WatcherEvent): void {
    check(event);
    this.#last = event;
    this.#kinds.set(event.kind, (this.#kinds.get(event.kind) ?? 0) + 1);
    if ('error' in event) this.#reasons.add(event.error.code);
    if (event.kind === 'new-messages') {
      this.#told = [...this.#told, ...event.messages.map(({ subject }) => subject)].slice(-20);
    }
  }
}

const watchers: WatcherUnderFuzz[] = [];

/** Fires in every turn of a busy event loop; what the thread worked meanwhile is that turn's length. */
let longestTurnMs = 0;
let worked = process.threadCpuUsage();
setInterval(() => {
  const { user, system } = process.threadCpuUsage(worked);
  worked = process.threadCpuUsage();
  longestTurnMs = Math.max(longestTurnMs, Math.round((user + system) / 1_000));
}, 1);

answerParent({
  watch: (users, port, caPem, patience, scale) => {
    timeScale = Number(scale);
    for (const user of users as readonly string[]) {
      watchers.push(new WatcherUnderFuzz(user, Number(port), String(caPem), patience as Partial<ImapPatience>));
    }
  },
  watchers: (): readonly WatcherReport[] => watchers.map((watcher) => watcher.report()),
  process: (): ProcessReport => {
    const longest = longestTurnMs;
    longestTurnMs = 0;
    return {
      rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
      peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      longestTurnMs: longest,
      problems: [...problems],
    };
  },
  stop: async () => {
    await Promise.all(watchers.map((watcher) => watcher.dispose()));
  },
});
