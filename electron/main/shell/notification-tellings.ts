import { type MailTally, noTally, refKey, withoutRefs } from './notification-tally.ts';

/** What has been shown, by whatever notification: its mail stays told when a later notification about it fails. */
export interface Tellings {
  /** These are the words for the notification of this id, to leave now or later. */
  worded(id: string, tally: MailTally): void;
  /** The notification is withdrawn: nobody is to be told of it any more. */
  forget(id: string): void;
  /** The last words for the id leave; answers what they are about. */
  sent(id: string): MailTally;
  /** The last words under the id are on the screen. */
  shown(id: string): void;
  /** What of the last words for the id wasn't shown so far. */
  untold(id: string): MailTally;
}

/** Notifications whose answer is awaited, and messages that were shown: older ones are forgotten. */
const maxAwaited = 100;
const maxShown = 1_000;

export function createTellings(): Tellings {
  const words = new Map<string, MailTally>();
  const awaited = new Map<string, MailTally>();
  const shown = new Set<string>();
  return {
    worded(id, tally) {
      words.delete(id);
      words.set(id, tally);
      forgetOldest(words, maxAwaited);
    },
    forget(id) {
      words.delete(id);
    },
    sent(id) {
      const tally = words.get(id) ?? noTally;
      awaited.delete(id);
      awaited.set(id, tally);
      forgetOldest(awaited, maxAwaited);
      return tally;
    },
    shown(id) {
      for (const ref of (awaited.get(id) ?? noTally).refs) shown.add(refKey(ref));
      awaited.delete(id);
      forgetOldest(shown, maxShown);
    },
    untold: (id) => withoutRefs(words.get(id) ?? noTally, shown),
  };
}

function forgetOldest(all: Map<string, unknown> | Set<string>, most: number): void {
  for (const oldest of all.keys()) {
    if (all.size <= most) return;
    all.delete(oldest);
  }
}
