import { type MailTally, noTally, refKey, withoutRefs } from './notification-tally.ts';

/** What has been shown, by whatever notification: its mail stays told when a later notification about it fails. */
export interface Tellings {
  /** These words leave under the notification's id. */
  sent(id: string, tally: MailTally): void;
  /** The last words under the id are on the screen. */
  shown(id: string): void;
  /** What of it wasn't shown so far. */
  untold(tally: MailTally): MailTally;
}

/** Notifications whose answer is awaited, and messages that were shown: older ones are forgotten. */
const maxAwaited = 100;
const maxShown = 1_000;

export function createTellings(): Tellings {
  const awaited = new Map<string, MailTally>();
  const shown = new Set<string>();
  return {
    sent(id, tally) {
      awaited.delete(id);
      awaited.set(id, tally);
      forgetOldest(awaited, maxAwaited);
    },
    shown(id) {
      for (const ref of (awaited.get(id) ?? noTally).refs) shown.add(refKey(ref));
      awaited.delete(id);
      forgetOldest(shown, maxShown);
    },
    untold: (tally) => withoutRefs(tally, shown),
  };
}

function forgetOldest(all: Map<string, unknown> | Set<string>, most: number): void {
  for (const oldest of all.keys()) {
    if (all.size <= most) return;
    all.delete(oldest);
  }
}
