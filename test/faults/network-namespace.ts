import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { typeScriptFlags } from '../../scripts/lib/project-node.mjs';
import { EventTrail } from '../support/event-trail.ts';
import type { HostCalls, HostTold } from './network-host.ts';

/** Of util-linux, as `unshare` is. */
const nsenter = 'nsenter';
/** Root needs no namespace of users. */
const isRoot = process.getuid?.() === 0;
const users = isRoot ? [] : ['--user', '--map-root-user'];
/** For a broken test only, ms. */
const longestWaitMs = 120_000;

/** Names are looked up in our own files, then by a name server of ours: nothing leaves this network. */
const prepare = `
ip link set lo up || exit 1
for file in hosts resolv.conf nsswitch.conf; do
  if [ -e "/etc/$file" ]; then mount --bind "$1/$file" "/etc/$file" || exit 1; fi
done
shift
exec "$@"`;

const hostsOf = (lines: readonly string[]): string => ['127.0.0.1 localhost', ...lines, ''].join('\n');

/**
 * A watcher and its server (network-host.ts) in a network of their own, whose packets get lost as the test says. It
 * takes no privileges where user namespaces are allowed.
 */
export class NetworkNamespace {
  /** What the host tells, with `performance.now()` of its arrival. */
  readonly told = new EventTrail<{ readonly at: number; readonly told: HostTold }>(longestWaitMs);
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #answers = new EventTrail<{ readonly id: number; readonly value: unknown }>();
  #lastId = 0;

  private constructor(folder: string, child: ChildProcess) {
    this.#folder = folder;
    this.#child = child;
    child.on('message', (message) => {
      const [kind, value, id] = message as [string, unknown, number];
      if (kind === 'answer') this.#answers.add({ id, value });
      else this.told.add({ at: performance.now(), told: value as HostTold });
    });
  }

  /**
   * @param names lines of its hosts file besides that of `localhost`
   * @throws saying what is missing: namespaces, `ip` or `nft`
   */
  static async start(names: readonly string[] = []): Promise<NetworkNamespace> {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-network-'));
    writeFileSync(join(folder, 'hosts'), hostsOf(names));
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
    writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
    const script = fileURLToPath(new URL('network-host.ts', import.meta.url));
    const node = [process.execPath, ...typeScriptFlags(), script];
    const words = [...users, '--net', '--mount', '--', 'sh', '-c', prepare, 'sh', folder, ...node];
    const child = spawn('unshare', words, { cwd: '/', stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    const namespace = new NetworkNamespace(folder, child);
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (error) => {
        reject(new Error('unshare (util-linux) is missing', { cause: error }));
      });
      child.once('close', () => {
        reject(
          new Error(`No network of its own: it takes iproute2 and root’s rights or user namespaces. It said: ${said}`),
        );
      });
    });
    // Nobody waits for it any more once the host has started.
    failed.catch(() => {});
    await Promise.race([namespace.told.waitFor(({ told }) => told.kind === 'ready'), failed]);
    return namespace;
  }

  async call<Name extends keyof HostCalls>(
    method: Name,
    ...args: Parameters<HostCalls[Name]>
  ): Promise<Awaited<ReturnType<HostCalls[Name]>>> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#child.send([id, method, ...args]);
    const { value } = await this.#answers.waitFor((answer) => answer.id === id);
    return value as Awaited<ReturnType<HostCalls[Name]>>;
  }

  /** The hosts file from now on. */
  names(lines: readonly string[]): void {
    // In place: the one that was mounted.
    writeFileSync(join(this.#folder, 'hosts'), hostsOf(lines));
  }

  /**
   * What is done to arriving packets from now on (nft(8)), each line a rule; with none all pass.
   * Resolves with `performance.now()` of the moment when it is so.
   */
  async filter(...rules: readonly string[]): Promise<number> {
    const sets = [1, 2].map((place) => `set tried${place} {\ntype inet_service\nflags dynamic, timeout\ntimeout 1m\n}`);
    const chain = ['chain in {', 'type filter hook input priority 0', ...rules, '}'];
    const table = ['table inet faults {', ...sets, ...chain, '}', ''];
    const lines = ['table inet faults', 'delete table inet faults', ...table];
    await this.run('nft', ['-f', '-'], lines.join('\n'));
    return performance.now();
  }

  /** Runs a program in this network. @throws with what it said when it fails */
  async run(program: string, args: readonly string[], input = ''): Promise<void> {
    const rights = isRoot ? [] : ['--user', '--preserve-credentials'];
    const words = ['--target', String(this.#child.pid), '--net', ...rights, program, ...args];
    const child = spawn(nsenter, words, { stdio: ['pipe', 'ignore', 'pipe'], env: { PATH: programPath } });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${program} failed (Debian: nftables, iproute2): ${said}`);
  }

  async dispose(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Debian keeps `nft` from the path of ordinary people. */
const programPath = '/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/sbin:/bin';

/** Runs a test in a network of its own. */
export async function inNetwork<T>(
  names: readonly string[],
  run: (network: NetworkNamespace) => Promise<T>,
): Promise<T> {
  const network = await NetworkNamespace.start(names);
  try {
    return await run(network);
  } finally {
    await network.dispose();
  }
}
