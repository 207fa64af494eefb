import { existsSync, readFileSync } from 'node:fs';

import type { AccountMessageRef } from '../../electron/main/imap/new-message.ts';
import type { ShownNotification } from '../desktop/notification-daemon.ts';
import type { ScreenEntry, Telling } from './telling.ts';

/** What a run of the app has left behind. */
export interface RunRecord {
  readonly run: number;
  /** The file into which it wrote what it was about to tell: see app-host.ts. */
  readonly journal: string;
  readonly wasKilled: boolean;
}

/** What was told in all, out of the runs' journals and what the notification service was told. */
export interface JournalReading {
  readonly tellings: readonly Telling[];
  readonly entries: readonly ScreenEntry[];
  readonly defects: readonly string[];
}

/** Follows an announcement in the journal when its words have left. */
export const sentLine = 'sent';

/** Follows an announcement whose turn is over though its words have not left: a kill could come in between. */
export const lateLine = 'late';

interface Announcement {
  readonly id: string;
  readonly refs: readonly AccountMessageRef[];
  readonly isSent: boolean;
}

/** The name under which a run speaks to the service. */
export function appNameOf(run: number): string {
  return `Tidings ${run}`;
}

/** Puts announcements and words together: both are in the order in which they left. */
export function readJournals(runs: readonly RunRecord[], shown: readonly ShownNotification[]): JournalReading {
  const tellings: Telling[] = [];
  const entries: ScreenEntry[] = [];
  const defects: string[] = [];
  for (const { run, journal, wasKilled } of runs) {
    const { announced, late } = readJournal(journal);
    for (const id of late) defects.push(`run ${run} settled in one turn what it said in a later one: ${id}`);
    const said = shown.filter(({ appName }) => appName === appNameOf(run));
    if (said.length > announced.length) defects.push(`run ${run} said more than it had settled`);
    for (const [index, { id, refs, isSent }] of announced.entries()) {
      const words = said[index];
      const { summary: title, body, at } = words ?? { summary: 'nothing', body: '', at: 0 };
      const telling: Telling = { run, id, refs, title, body, at, outcome: words === undefined ? 'lost' : 'shown' };
      tellings.push(telling);
      if (words?.state === 'shown') entries.push({ serverId: words.id, run, telling, state: 'shown' });
      if (words !== undefined) continue;
      // The one moment in which a kill may take the words along: within the turn that settles and says them.
      if (wasKilled && !isSent && index === announced.length - 1) continue;
      defects.push(`run ${run} said something that never came: ${id}`);
    }
  }
  return { tellings, entries, defects };
}

interface Journal {
  readonly announced: readonly Announcement[];
  /** Ids of what was said in a later turn. */
  readonly late: readonly string[];
}

/** A line that a kill has cut short was no announcement: its words had not left. */
function readJournal(file: string): Journal {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  const announced: Announcement[] = [];
  const late: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === sentLine) continue;
    if (line === lateLine) {
      late.push(announced.at(-1)?.id ?? 'before anything was announced');
      continue;
    }
    const { id, refs } = JSON.parse(line) as Omit<Announcement, 'isSent'>;
    announced.push({ id, refs, isSent: lines[index + 1] === sentLine });
  }
  return { announced, late };
}
