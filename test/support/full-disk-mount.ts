import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { type OrdinaryUser, spawnIdentity } from '../desktop/ordinary-user.ts';

/** Of util-linux, as `nsenter` is. */
const unshare = 'unshare';

/**
 * Keeps the mount: prepares it, then does what its standard input orders, one answer an order. It ends with its input,
 * which the kernel closes however the test ends; the mount, known to nobody else, ends with the last program on it.
 */
const keeper = `
mount -t tmpfs -o "size=$2,mode=0700" tmpfs "$1" || exit 1
cd "$1" || exit 1
echo mounted
while read -r order; do
  case $order in
    fill) cat /dev/zero 2>/dev/null >>.ballast; df -k --output=avail . | tail -n 1 ;;
    free) rm -f .ballast; echo freed ;;
  esac
done`;

export interface SmallDiskOptions {
  /** Absolute; made where missing. The disk is seen here by those who entered it; others see an empty folder. */
  readonly path: string;
  /** Whose it is. */
  readonly user: OrdinaryUser;
  /** KiB, a multiple of 4. */
  readonly sizeKib: number;
  /** Told the number of the keeper's process group. */
  readonly onStarted?: (processGroup: number) => void;
}

/** A small file system (tmpfs) that only the programs on it see. Takes no privileges: Linux's user namespaces do. */
export interface SmallDisk {
  readonly path: string;
  /** Put in front of a program's words: the program, as the disk's user, in a place where `path` is the disk. */
  readonly enter: readonly [string, ...string[]];
  /** Takes every block that is free, until {@link free}. */
  fill(): Promise<void>;
  /** Gives back what {@link fill} took. */
  free(): Promise<void>;
  /** Text of a file on the disk, from outside. @throws as `readFileSync` does */
  read(name: string): string;
  /** Names in its topmost folder, the ballast left out. */
  list(): readonly string[];
  dispose(): Promise<void>;
}

/** @throws with the system's words where user namespaces aren't allowed */
export async function mountSmallDisk(options: SmallDiskOptions): Promise<SmallDisk> {
  const { path, user, sizeKib } = options;
  mkdirSync(path, { recursive: true });
  // Only to be mounted on: the disk's own root is the user's alone.
  chmodSync(path, 0o755);
  // Root needs no namespace of users, and would lose its way into other users' folders in one.
  const spaces = user.uid === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
  const child = spawn(unshare, [...spaces, 'sh', '-c', keeper, 'keeper', path, `${sizeKib}k`], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...spawnIdentity(user),
  });
  const keeping = new Keeping(child);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${unshare}, of util-linux, can’t be started`);
  options.onStarted?.(pid);
  await keeping.answer();
  const outside = join('/proc', String(pid), 'root', path);
  return {
    path,
    enter: user.uid === 0 ? enterAsRoot(pid) : enterAs(user, pid),
    async fill() {
      const left = await keeping.order('fill');
      if (Number(left) !== 0) throw new Error(`The disk isn't full: ${left} KiB are left`);
    },
    async free() {
      await keeping.order('free');
    },
    read: (name) => readFileSync(join(outside, name), 'utf8'),
    list: () => readdirSync(outside).filter((name) => name !== '.ballast'),
    dispose: () => keeping.end(),
  };
}

function enterAsRoot(pid: number): SmallDisk['enter'] {
  return ['nsenter', '--target', String(pid), '--mount', '--'];
}

/** The namespace that owns the mount calls its user root; a second one gives them their own number back. */
function enterAs({ uid, gid }: OrdinaryUser, pid: number): SmallDisk['enter'] {
  const keepers = ['--target', String(pid), '--user', '--mount', '--preserve-credentials', '--'];
  return ['nsenter', ...keepers, unshare, '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
}

class Keeping {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<void>;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    if (child.stdout === null) throw new Error('The keeper has no output');
    // Who is gone takes no orders; the missing answer says so.
    child.stdin?.on('error', () => undefined);
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  async answer(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('The small disk couldn’t be mounted, or is gone');
    return value.trim();
  }

  order(name: string): Promise<string> {
    this.#child.stdin?.write(`${name}\n`);
    return this.answer();
  }

  async end(): Promise<void> {
    this.#child.stdin?.end();
    await this.#ended;
  }
}
