import { expect } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import type { StandinPerson } from '../standin/people.ts';
import { allOf, followIssuedSecrets, type IssuedSecrets, type SecretTrail } from '../support/issued-secrets.ts';
import { findPieces, piecesOf, searchFiles, searchProcess } from '../support/secret-search.ts';
import type { Stage } from './stage.ts';

/** Files that each session has; a search that misses one didn't look where it had to. */
const filesOfAnySession = [/\/settings\.json$/u, /\/logs\/.+\.log$/u, /\/Local Storage\//u];

/** Knows every secret that the identity stand-ins gave out since it was made, and looks for them. */
export class SecretWatch {
  readonly #issued: SecretTrail;
  #output = '';

  constructor(people: readonly StandinPerson[]) {
    this.#issued = followIssuedSecrets(people);
  }

  now(): IssuedSecrets {
    return this.#issued.now();
  }

  /**
   * Fails where a piece of a secret is in a file of the session, whoever wrote it: the app's own and Chromium's, its log,
   * the keyring's, what lies in home, temporary and runtime folder; in what the app wrote to standard output and error
   * and what it had the system's browser open; or in command line and environment of one of its processes. Left out are
   * the person's browser, which a code passes through, and the copy of the built app, which it can't write to.
   */
  expectNowhere({ desktop }: Stage, app: DrivenApp, alsoThere: readonly RegExp[] = []): void {
    const secrets = this.now();
    // Codes, verifiers and tokens of each kind: else there would be nothing to find.
    expect(Object.entries(secrets).filter(([, list]) => list.length === 0)).toEqual([]);
    const pieces = piecesOf(allOf(secrets));
    const files = searchFiles(
      desktop.session.folder,
      pieces,
      (folder) => folder.startsWith('browser-') || folder === 'app',
    );
    const names = files.map(({ name }) => name);
    for (const needed of [...filesOfAnySession, ...alsoThere]) {
      expect(names).toContainEqual(expect.stringMatching(needed));
    }

    const processes = app.processes();
    const inProcesses = processes.map(({ pid }) => ({ pid, places: searchProcess(pid, pieces) }));
    expect(processes.map(({ command }) => command)).toContainEqual(expect.stringContaining('--type=renderer'));
    expect(inProcesses.find(({ pid }) => pid === app.pid)?.places.map(({ name }) => name)).toEqual([
      'cmdline',
      'environ',
    ]);

    this.#output += app.output();
    const others = [
      { name: 'standard output and error', found: findPieces(this.#output, pieces) },
      { name: 'opened in the browser', found: findPieces(desktop.links.urls.join('\n'), pieces) },
      ...inProcesses.flatMap(({ places }) => places),
    ];
    expect([...files, ...others].filter(({ found }) => found.length > 0)).toEqual([]);
  }

  dispose(): void {
    this.#issued.stop();
  }
}
