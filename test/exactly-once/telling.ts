import type { AccountMessageRef } from '../../electron/main/imap/new-message.ts';

/** One time that words left the app for the desktop. */
export interface Telling {
  /** Of the app, from 1. */
  readonly run: number;
  /** The app's name for the notification: what is said again under it takes the place of what was said before. */
  readonly id: string;
  /** What the app says that it is about. The words have to bear it out. */
  readonly refs: readonly AccountMessageRef[];
  readonly title: string;
  readonly body: string;
  /** By the wall clock, ms since the epoch. */
  readonly at: number;
  /**
   * `shown`: the service has it. `failed`: it hasn't, and the app was told so. `failing`: the answer is on its way.
   * `lost`: it hasn't, and the app was killed before it heard.
   */
  outcome: 'under-way' | 'shown' | 'failing' | 'failed' | 'lost';
}

/** A notification as a person sees it, or saw it. */
export interface ScreenEntry {
  readonly serverId: number;
  readonly run: number;
  /** What it says now. */
  telling: Telling;
  state: 'shown' | 'expired' | 'gone';
}
