import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { AccessToken } from '../../electron/main/auth/auth-types.ts';
import type { AccountSnapshot } from '../../electron/shared/snapshot.ts';
import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import type { HostCommand, HostOrder } from './app-host.ts';

export interface AppChildOptions {
  /** Where its compiled modules are kept for the next one. */
  readonly modules: string;
  readonly token: (homeAccountId: string) => Promise<AccessToken>;
  readonly onAccounts: (accounts: readonly AccountSnapshot[]) => void;
  /** An account's mailbox was seen for the first time, or as another one than before. */
  readonly onSeenAnew: (accountId: string) => void;
}

/** A process of app-host.ts, its modules loaded, that is Tidings from its order on. */
export class AppChild {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #isDead = false;

  constructor({ modules, token, onAccounts, onSeenAnew }: AppChildOptions) {
    const script = fileURLToPath(new URL('app-host.ts', import.meta.url));
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const env = { ...process.env, NODE_COMPILE_CACHE: modules };
    this.#child = fork(script, [], { execArgv: [...typeScriptFlags()], cwd: '/', env, stdio: [...stdio] });
    this.#exited = once(this.#child, 'exit');
    this.#child.on('message', (message: readonly [string, ...unknown[]]) => {
      if (this.#isDead) return;
      if (message[0] === 'accounts') onAccounts(message[1] as readonly AccountSnapshot[]);
      if (message[0] === 'seen-anew') onSeenAnew(String(message[1]));
      if (message[0] === 'token') {
        void token(String(message[2])).then((found) => this.#send([message[1], found]));
      }
    });
  }

  start(order: HostOrder): void {
    this.#send(order);
  }

  tell(command: HostCommand): void {
    this.#send(command);
  }

  async quit(): Promise<void> {
    this.#send('quit');
    await this.#exited;
    this.#isDead = true;
  }

  /** SIGKILL; what it says from now on isn't heard. */
  async kill(): Promise<void> {
    this.#isDead = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  #send(message: object | string): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }
}
