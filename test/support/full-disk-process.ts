import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { NewMessages } from '../../electron/main/imap/new-message.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import { EventTrail } from './event-trail.ts';
import type { CoreOrder } from './full-disk-core.ts';
import type { SmallDisk } from './full-disk-mount.ts';

/** What the methods of full-disk-core.ts are called. */
export type CoreMethod = 'signIn' | 'signInAgain' | 'setLanguage' | 'retryVault' | 'log' | 'quit';

/** Tidings without a screen in a process of its own, whose data folder is a small disk. */
export class CoreProcess {
  readonly snapshots = new EventTrail<AppSnapshot>();
  readonly told = new EventTrail<NewMessages>();
  readonly logFailures: string[] = [];
  readonly #child: ChildProcess;
  readonly #answers = new EventTrail<readonly [number, unknown]>();
  readonly #exited: Promise<unknown>;
  #lastId = 0;

  constructor(disk: SmallDisk, order: CoreOrder, env: Readonly<Record<string, string>>) {
    const script = fileURLToPath(new URL('full-disk-core.ts', import.meta.url));
    const [execPath, ...words] = disk.enter;
    this.#child = fork(script, [], {
      execPath,
      execArgv: [...words, process.execPath, ...typeScriptFlags()],
      env,
      cwd: '/',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#exited = once(this.#child, 'exit');
    this.#child.on('message', ([what, value]: [unknown, unknown]) => {
      if (what === 'snapshot') this.snapshots.add(value as AppSnapshot);
      else if (what === 'told') this.told.add(value as NewMessages);
      else if (what === 'log-failed') this.logFailures.push(String(value));
      else this.#answers.add([Number(what), value]);
    });
    this.#child.send(order);
  }

  async call(method: CoreMethod, ...args: readonly unknown[]): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#child.send([id, method, ...args]);
    const [, value] = await this.#answers.waitFor(([answered]) => answered === id);
    return value;
  }

  /** Ends it as quitting does. */
  async quit(): Promise<void> {
    await this.call('quit');
    await this.#exited;
  }

  /** Ends it as a power cut does; nothing when it has ended already. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
