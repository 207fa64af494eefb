import { chmodSync, readFileSync, readdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Conditions, waitLimitMs } from './conditions.ts';
import type { DesktopSession } from './session.ts';

/** The system's way to open a link, taken over by the test: programs of the session hand it their URLs. */
export interface SystemBrowser {
  /** All that were to be opened so far, oldest first. */
  readonly urls: readonly string[];
  /** Resolves with the next URL that nobody has taken yet. */
  takeUrl(timeoutMs?: number): Promise<string>;
  /** Calls back with each URL from now on, until `dispose`. */
  follow(listener: (url: string) => void): void;
  /** From now on opening fails with this exit code, as where no browser is installed (xdg-open(1)); 0 mends it. */
  failWith(exitCode: number): void;
  /** Stops listening. */
  dispose(): void;
}

/** The URL goes to a file that gets its name when it is whole; its number keeps the order. */
const program = (inbox: string, exitCode: number): string => `#!/bin/sh
if [ ${exitCode} -ne 0 ]; then echo "xdg-open: no method available for opening '$1'" >&2; exit ${exitCode}; fi
part="${inbox}/$$.part"
printf '%s' "$1" > "$part" && mv "$part" "${inbox}/$(date +%s%N)-$$.url"
`;

/** Puts an `xdg-open` first in the session's path. Ends with `dispose` or with the test process. */
export function takeOverBrowser(session: Pick<DesktopSession, 'makeFolder' | 'programs'>): SystemBrowser {
  const inbox = session.makeFolder('opened-links');
  const file = join(session.programs, 'xdg-open');
  const urls: string[] = [];
  const seen = new Set<string>();
  const conditions = new Conditions();
  const listeners: ((url: string) => void)[] = [];
  let taken = 0;

  const failWith = (exitCode: number): void => {
    writeFileSync(file, program(inbox, exitCode));
    chmodSync(file, 0o755);
  };
  const look = (): void => {
    const names = readdirSync(inbox).filter((name) => name.endsWith('.url') && !seen.has(name));
    for (const name of names.toSorted()) {
      seen.add(name);
      const url = readFileSync(join(inbox, name), 'utf8');
      urls.push(url);
      for (const listener of listeners) listener(url);
    }
    conditions.changed();
  };
  failWith(0);
  const watcher = watch(inbox, { persistent: false }, look);

  return {
    urls,
    takeUrl: async (timeoutMs = waitLimitMs) => {
      const what = (): string => `a link to be opened; there were ${urls.length}`;
      const index = taken;
      taken += 1;
      return await conditions.until(() => urls[index], what, timeoutMs);
    },
    follow: (listener) => void listeners.push(listener),
    failWith,
    dispose: () => watcher.close(),
  };
}
