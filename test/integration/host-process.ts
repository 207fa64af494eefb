import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { AppErrorInfo } from '../../electron/shared/app-error.ts';

type Answer = { readonly value: unknown } | { readonly failure: AppErrorInfo };

export interface HostOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
}

/** A part of the app in a process of its own, which answers calls: see host-answers.ts. */
export class HostProcess {
  readonly #child: ChildProcess;
  #lastId = 0;

  /** `script`: a file beside this one. */
  constructor(script: string, { args, env, execArgv = [] }: HostOptions) {
    this.#child = fork(fileURLToPath(new URL(script, import.meta.url)), [...args], {
      cwd: '/',
      env,
      execArgv: [...execArgv],
      stdio: 'inherit',
    });
  }

  /** The result, or for a rejection `{ failure }`. */
  async call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const onMessage = ([answered, found]: [number, Answer]): void => {
        if (answered === id) end(() => resolve(found));
      };
      const onExit = (): void => {
        end(() => reject(new Error(`the process ended during ${method}`)));
      };
      const end = (settle: () => void): void => {
        this.#child.off('message', onMessage);
        this.#child.off('exit', onExit);
        settle();
      };
      this.#child.on('message', onMessage);
      this.#child.on('exit', onExit);
      this.#child.send([id, method, ...args]);
    });
    return 'value' in answer ? answer.value : answer;
  }

  /** Ends it as a crash does; nothing when it has ended already. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}
