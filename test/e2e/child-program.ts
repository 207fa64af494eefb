import { spawn } from 'node:child_process';

import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import { Conditions } from '../desktop/conditions.ts';

/** A Node program of the project as somebody starts it at a terminal. */
export interface ChildProgram {
  readonly pid: number;
  /** Everything it wrote to standard output and error so far. */
  output(): string;
  /** Resolves when its output, so far and to come, matches; rejects when it ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): void;
}

/** How long a wait may take in a broken test, ms; longer than any wait inside the programs. */
const waitLimitMs = 90_000;

/** Starts `node <script> <args>` with exactly this environment. */
export function startProgram(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ChildProgram {
  const child = spawn(process.execPath, [...typeScriptFlags(), script, ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${script} has no process id`);
  const conditions = new Conditions();
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      conditions.changed();
    });
  }
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      conditions.end(new Error(`It ended with ${signal ?? String(code)} and said: ${text}`));
      resolve({ code, signal });
    });
  });
  return {
    pid,
    output: () => text,
    waitFor: (pattern) =>
      conditions.until(
        () => pattern.exec(text) ?? undefined,
        () => `${pattern} in: ${text}`,
        waitLimitMs,
      ),
    ended,
    kill: (signal) => {
      child.kill(signal);
    },
  };
}
