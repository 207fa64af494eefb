import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { ImapEndpoint } from '../../shared/profile.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { OpenImapSession } from './imap-session.ts';
import type { MailboxLedger } from './mailbox-ledger.ts';
import type { NewMessage } from './new-message.ts';
import type { WatchFailure } from './watch-failure.ts';

/** What the watcher tells, in the order it happens. */
export type WatcherEvent =
  | { readonly kind: 'connecting' }
  /** The server's own count; implies that the mailbox is watched. */
  | { readonly kind: 'counted'; readonly unseen: number; readonly at: number }
  /** `while-away`: the first look since the start or after 30 min without one, once, even when it found nothing. */
  | {
      readonly kind: 'new-messages';
      readonly origin: 'arrived' | 'while-away';
      readonly messages: readonly NewMessage[];
    }
  /** Messages told or still to be told were read elsewhere or are gone; before the count that goes with it. */
  | {
      readonly kind: 'read';
      readonly mailbox: string;
      readonly uidValidity: string;
      readonly uids: readonly number[];
    }
  | { readonly kind: 'offline'; readonly error: AppErrorInfo; readonly retryAt: number }
  | { readonly kind: 'refused'; readonly error: AppErrorInfo; readonly retryAt: number }
  | { readonly kind: 'needs-sign-in'; readonly error: AppErrorInfo };

/** Where a watcher is: the picture is in docs/architecture.md. */
export type WatchState = 'connecting' | 'syncing' | 'idling' | 'waiting' | 'asleep' | 'stopped';

export interface WatcherToken {
  readonly token: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

export interface MailboxWatcherDeps {
  readonly openSession: OpenImapSession;
  readonly endpoint: ImapEndpoint;
  readonly user: string;
  readonly mailbox: string;
  readonly loadCa: () => Promise<readonly string[] | undefined>;
  /** `renew`: the last token was refused, so a cached one won't do. */
  readonly getToken: (options: { readonly renew: boolean }) => Promise<WatcherToken>;
  /** What a rejection of `getToken` means. */
  readonly classifyTokenError: (error: unknown) => WatchFailure;
  /** Who was told of what; of this mailbox, and nobody else's while this watches. */
  readonly ledger: MailboxLedger;
  readonly onEvent: (event: WatcherEvent) => void;
  /** Whether the machine has a network, as far as is known: without one there is less reason to try. */
  readonly isOnline: () => boolean;
  readonly clock: Clock;
  /** 0..1. */
  readonly random: () => number;
  readonly log: Logger;
}
