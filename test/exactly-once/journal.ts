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
  /** How often a kill came after an announcement and before its words had left, as the journal's order shows. */
  readonly windows: number;
  readonly defects: readonly string[];
}

/** Follows an announcement in the journal when its words have left. */
export const sentLine = 'sent';

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
  let windows = 0;
  for (const { run, journal, wasKilled } of runs) {
    const announced = readJournal(journal);
    const said = shown.filter(({ appName }) => appName === appNameOf(run));
    if (said.length > announced.length) defects.push(`run ${run} said more than it had settled`);
    for (const [index, { id, refs, isSent }] of announced.entries()) {
      const words = said[index];
      const { summary: title, body, at } = words ?? { summary: 'nothing', body: '', at: 0 };
      const telling: Telling = { run, id, refs, title, body, at, outcome: words === undefined ? 'lost' : 'shown' };
      tellings.push(telling);
      if (words?.state === 'shown') entries.push({ serverId: words.id, run, telling, state: 'shown' });
      if (words !== undefined) continue;
      if (wasKilled && !isSent && index === announced.length - 1) windows += 1;
      else defects.push(`run ${run} said something that never came: ${id}`);
    }
  }
  return { tellings, entries, windows, defects };
}

/** A line that a kill has cut short was no announcement: its words had not left. */
function readJournal(file: string): readonly Announcement[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line, index) => {
    if (line === sentLine) return [];
    const { id, refs } = JSON.parse(line) as Omit<Announcement, 'isSent'>;
    return [{ id, refs, isSent: lines[index + 1] === sentLine }];
  });
}
