import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { NewMessages } from '../../electron/main/imap/new-message.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import { EventTrail } from './event-trail.ts';

/** What a core is started with. */
export interface CoreOrder {
  /** Absolute; the app's data folder. */
  readonly folder: string;
  readonly profile: DeploymentProfile;
  /** Keeps tokens in memory from the first moment on, as somebody without a keyring chose. */
  readonly sessionOnly: boolean;
}

/** What its methods are called; the last three only where it says so. */
export type CoreMethod =
  | 'signIn'
  | 'signInAgain'
  | 'setLanguage'
  | 'quit'
  | 'retryVault'
  | 'log'
  | 'announceSuspend'
  | 'announceResume';

export interface CoreProcessOptions {
  /** What runs in it: full-disk-core.ts or tidings-host.ts. */
  readonly script: URL;
  readonly order: CoreOrder;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Put in front of the program, to have it run in a place of its own. */
  readonly enter?: readonly string[];
}

/** Tidings without a screen, in a process of its own. */
export class CoreProcess {
  readonly snapshots = new EventTrail<AppSnapshot>();
  readonly told = new EventTrail<NewMessages>();
  readonly logFailures: string[] = [];
  readonly #child: ChildProcess;
  readonly #answers = new EventTrail<readonly [number, unknown]>();
  readonly #exited: Promise<unknown>;
  #lastId = 0;

  constructor({ script, order, env, enter = [] }: CoreProcessOptions) {
    const [execPath, ...words] = [...enter, process.execPath];
    this.#child = fork(fileURLToPath(script), [], {
      execPath,
      execArgv: [...words, ...typeScriptFlags()],
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

  /** SIGSTOP: it stands still, as in a frozen container or on a machine that sleeps. */
  stop(): void {
    this.#child.kill('SIGSTOP');
  }

  /** SIGCONT. */
  goOn(): void {
    this.#child.kill('SIGCONT');
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
