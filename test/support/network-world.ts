import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import { Conditions, waitLimitMs } from '../desktop/conditions.ts';
import { listProcesses, type ProcessEntry } from '../desktop/processes.ts';
import { collectOutput } from '../desktop/service-process.ts';

/** A program in a network of its own, with two joined interfaces, `cable` and its other end `wall`. */
export interface NetworkWorld {
  readonly pid: number;
  /** Runs commands of `ip`, one a line, in that network. Rejects with what `ip` says. */
  ip(...lines: readonly string[]): Promise<void>;
  /** `performance.now()` of each line of output that the program wrote, with the line. */
  readonly said: readonly { readonly at: number; readonly line: string }[];
  /** Resolves when the program has written so many lines that match. */
  waitFor(pattern: RegExp, count?: number): Promise<void>;
  /** Writes a line to the program. */
  order(line: string): void;
  /** Processes of that name that the program started. */
  children(name: string): readonly ProcessEntry[];
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
}

/** Of util-linux, both. */
const [unshare, nsenter] = ['unshare', 'nsenter'] as const;
/** Root needs no namespace of users. */
const space = process.getuid?.() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net'];

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

/**
 * Starts `node <script> <args>`, a script beside this one, in a network namespace; it ends with its input. Takes no
 * privileges where user namespaces are allowed. Rejects when they aren't, or when `ip` is missing.
 */
export async function startInOwnNetwork(script: string, ...args: readonly string[]): Promise<NetworkWorld> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  // The interfaces are there before the program looks.
  const prepare = 'ip link set lo up && ip link add cable type veth peer name wall && ip link set wall up && exec "$@"';
  const words = [...space, '--', 'sh', '-c', prepare, 'sh', process.execPath, ...typeScriptFlags(), path, ...args];
  const child = spawn(unshare, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = collectOutput(child);
  const said: { at: number; line: string }[] = [];
  const conditions = new Conditions();
  let rest = '';
  child.stdout.on('data', (chunk: string) => {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) said.push({ at: performance.now(), line });
    conditions.changed();
  });
  const over = ended(child).then((code) => {
    conditions.end(new Error(`The program ended with ${String(code)}: ${output()}`));
  });
  child.stdin.on('error', () => undefined);
  const { pid } = child;
  if (pid === undefined) throw new Error('unshare is missing');
  return {
    pid,
    said,
    waitFor: async (pattern, count = 1) => {
      const look = () => (said.filter(({ line }) => pattern.test(line)).length >= count ? true : undefined);
      await conditions.until(look, () => `${count} of ${pattern} in: ${output()}`, waitLimitMs);
    },
    async ip(...lines) {
      const enter = [
        '--target',
        String(pid),
        '--net',
        ...(space.length > 1 ? ['--user', '--preserve-credentials'] : []),
      ];
      const batch = spawn(nsenter, [...enter, 'ip', '-batch', '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
      const complaint = collectOutput(batch);
      batch.stdin.end(`${lines.join('\n')}\n`);
      const code = await ended(batch);
      if (code !== 0) throw new Error(`ip ended with ${String(code)}: ${complaint()}`);
    },
    order: (line) => void child.stdin.write(`${line}\n`),
    children: (name) => listProcesses().filter((entry) => entry.parentPid === pid && entry.name === name),
    async kill() {
      child.kill('SIGKILL');
      await over;
    },
  };
}
