import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';

/** Sees to it that nothing of a session outlives this process, however it ends. */
export interface Undertaker {
  /** Tells it of a process group to be ended. */
  readonly adopt: (processGroup: number) => void;
  readonly groups: ReadonlySet<number>;
  /** Ends all now. Rejects when something is left. */
  readonly finish: () => Promise<void>;
}

/** Starts the process that will end everything of the session in `folder`, and remove the folder. */
export function startUndertaker(folder: string): Undertaker {
  const script = fileURLToPath(new URL('undertaker.ts', import.meta.url));
  const child = spawn(process.execPath, [...typeScriptFlags(), script, folder], {
    detached: true,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const groups = new Set<number>();
  // It may only ever hold up the end of the test when there is something to end.
  child.unref();
  return {
    groups,
    adopt: (processGroup) => {
      groups.add(processGroup);
      child.stdin.write(`${processGroup}\n`);
    },
    finish: async () => {
      child.ref();
      child.stdin.end();
      const [code] = await ended;
      if (code !== 0) throw new Error(`The session in ${folder} was not cleared away (exit code ${String(code)})`);
    },
  };
}
