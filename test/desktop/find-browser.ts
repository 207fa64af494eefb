import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { browsers, headlessBrowsers } from '../../scripts/lib/system-needs.mjs';

/** Where systems keep programs, whatever a caller's own `PATH` leaves out. */
const systemFolders = ['/usr/local/bin', '/usr/bin', '/bin'];

/**
 * `full`: Chromium or Chrome, as people have it. `headless`: Debian's Chromium without its surface, which takes 0.4 s
 * of CPU time for a page in a new context where the full one takes 1.3 s; the full one where there is none.
 */
export type BrowserBuild = 'full' | 'headless';

const programs = { full: browsers, headless: headlessBrowsers };

/**
 * The machine's browser: the first that may be run of the names that the set-up looks for, along `path` and then
 * where systems keep programs.
 * @param path default `PATH`
 * @throws when there is none
 */
export function findBrowser(build: BrowserBuild, path = process.env['PATH'] ?? ''): string {
  const names = programs[build];
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
