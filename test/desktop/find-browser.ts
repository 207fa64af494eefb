import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { needsOf } from '../../scripts/lib/system-needs.mjs';

/** Where systems keep programs, whatever a caller's own `PATH` leaves out. */
const systemFolders = ['/usr/local/bin', '/usr/bin', '/bin'];

/**
 * The machine's Chromium or Chrome: the first that may be run of the names that the set-up looks for, along `path`
 * and then where systems keep programs.
 * @param path default `PATH`
 * @throws when there is none
 */
export function findBrowser(path = process.env['PATH'] ?? ''): string {
  const names = needsOf('headless').find((need) => need.names.includes('chromium'))?.names ?? [];
  const folders = [...path.split(delimiter).filter((folder) => folder !== ''), ...systemFolders];
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const found = candidates.find(canRun);
  if (found === undefined) throw new Error(`No browser is installed: looked for ${names.join(', ')}`);
  return found;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
