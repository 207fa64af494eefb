import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { DesktopSession } from '../desktop/session.ts';
import { outputOf } from './packages.ts';

/** A program with its arguments. */
type Words = readonly [program: string, ...args: string[]];

/**
 * The machine as it is, its own apt and dpkg with all that they know, in a mount namespace: what is written to the
 * folders that packages go to lies in a folder of ours over the machine's, which stay as they are.
 */
export interface PrivateSystem {
  /**
   * Runs a program there as root (who is the caller in a user namespace, unless he is root anyway).
   * @returns what it wrote to standard output
   * @throws with all that it said when it ends with another status than 0
   */
  asRoot(...words: Words): string;
  /** What to run to have the program run there as the session's ordinary user. */
  asPerson(...words: Words): Words;
  /** apt-get there, with what is installed and the files it is given, and no archive to fetch from. */
  apt(...args: string[]): string;
  /** Where a file of it is to be found from outside. */
  outside(path: string): string;
  has(path: string): boolean;
  dispose(): Promise<void>;
}

/** Where a package of ours, apt, dpkg and the desktop's caches write. Not all of /etc and /var: other mounts are there. */
const written = ['usr', 'var/lib', 'var/cache', 'var/log', 'etc/apparmor.d'];
const nameOf = (path: string): string => path.replaceAll('/', '%');

/**
 * Needs `unshare`, `nsenter` and overlayfs; as an ordinary user also that the kernel lets people make user namespaces.
 * @param deb the package whose folders are going to be written to
 * @throws saying what the system refused
 */
export async function startPrivateSystem(session: DesktopSession, deb: string): Promise<PrivateSystem> {
  const { user } = session;
  const folder = join(session.folder, 'system');
  const at = (path: string): string => {
    const under = written.find((one) => path === one || path.startsWith(`${one}/`)) ?? 'usr';
    return join(folder, 'upper', nameOf(under), path.slice(under.length));
  };
  makeFolder(folder);
  for (const path of written.filter((one) => existsSync(`/${one}`))) {
    makeFolder(at(path), statSync(`/${path}`).mode);
    makeFolder(join(folder, 'overlay-work', nameOf(path)));
  }
  makeFolder(join(folder, 'apt', 'lists', 'partial'));
  makeFolder(join(folder, 'apt', 'cache', 'archives', 'partial'));
  if (!user.drop) ownWhatIsWritten(at, deb);

  const namespaces = user.drop ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
  const script = join(import.meta.dirname, 'installed-system.sh');
  const keeper = spawn('unshare', [...namespaces, '--', 'sh', script, folder, ...(user.drop ? [] : ['userxattr,'])], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  await once(keeper, 'spawn');
  const pid = keeper.pid ?? 0;
  session.adopt(pid);
  await untilReady(keeper);

  const enter = (...words: Words): Words => [
    'nsenter',
    ...[`--target=${pid}`, '--mount', ...(user.drop ? [] : ['--user', '--preserve-credentials']), '--'],
    ...words,
  ];
  const asRoot = (...words: Words): string => {
    const [program, ...args] = enter(...words);
    return outputOf(program, args, { cwd: '/' });
  };
  const isInstalled = (): boolean => {
    const [program, ...args] = enter('dpkg-query', '--show', '--showformat=${db:Status-Abbrev}', 'tidings');
    return spawnSync(program, args, { encoding: 'utf8' }).stdout.startsWith('ii');
  };
  const outside = (path: string): string => `/proc/${pid}/root${path}`;
  const apt = (...args: string[]): string => {
    const settings = [
      `Dir::State::lists=${join(folder, 'apt', 'lists')}`,
      `Dir::Cache=${join(folder, 'apt', 'cache')}`,
      `Dir::Log=${join(folder, 'apt')}`,
      // The package lies where only its owner may look, and in a user namespace there is no other user.
      'APT::Sandbox::User=root',
      // No power cut is waited for.
      'Dpkg::Options::=--force-unsafe-io',
    ];
    const words = ['--assume-yes', '--no-install-recommends', ...settings.map((one) => `--option=${one}`), ...args];
    return asRoot('env', 'DEBIAN_FRONTEND=noninteractive', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'apt-get', ...words);
  };
  return {
    asRoot,
    asPerson: (...words) =>
      user.drop
        ? enter('setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--', ...words)
        : enter('unshare', '--user', `--map-user=${user.uid}`, `--map-group=${user.gid}`, '--', ...words),
    apt,
    outside,
    has: (path) => lstatSync(outside(path), { throwIfNoEntry: false }) !== undefined,
    dispose: async () => {
      // A profile of AppArmor is the one thing that is the kernel's and not in a folder.
      if (isInstalled()) apt('purge', 'tidings');
      if (keeper.exitCode !== null || keeper.signalCode !== null) return;
      const ended = once(keeper, 'exit');
      keeper.stdin.end();
      await ended;
    },
  };
}

/** Whatever the umask. */
function makeFolder(path: string, mode = 0o755): void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  chmodSync(path, mode & 0o7777);
}

async function untilReady(keeper: ChildProcess): Promise<void> {
  let said = '';
  const { stdout, stderr } = keeper;
  await new Promise<void>((resolve, reject) => {
    for (const stream of [stdout, stderr]) {
      stream?.on('data', (data: Buffer) => {
        said += data.toString();
        if (said.startsWith('ready')) resolve();
      });
    }
    keeper.once('close', () => {
      reject(
        new Error(`No private system to install into: user namespaces or overlayfs are refused here. It said: ${said}`),
      );
    });
  });
}

/**
 * In a user namespace the machine's files are nobody's, and root's power ends there. A folder of ours over the
 * machine's is ours to write to, with all that is in both.
 */
function ownWhatIsWritten(at: (path: string) => string, deb: string): void {
  const listed = outputOf('dpkg-deb', ['--contents', deb]).trim().split('\n');
  for (const line of listed) {
    const path = line.replace(/^(?:\S+\s+){5}\.\//u, '').replace(/\/$/u, '');
    if (line.startsWith('d') && path !== '') makeFolder(at(path));
  }
  const readable = (path: string): boolean => {
    try {
      accessSync(path, constants.R_OK);
      return true;
    } catch {
      return false;
    }
  };
  // The locks are root's alone, and nothing is in them.
  cpSync('/var/lib/dpkg', at('var/lib/dpkg'), { recursive: true, verbatimSymlinks: true, filter: readable });
  const marks = 'var/lib/apt/extended_states';
  makeFolder(dirname(at(marks)));
  if (existsSync(`/${marks}`)) cpSync(`/${marks}`, at(marks));
  for (const path of ['var/lib/dpkg/lock', 'var/lib/dpkg/lock-frontend', 'var/lib/dpkg/triggers/Lock']) {
    writeFileSync(at(path), '');
  }
  for (const path of ['var/log/dpkg.log', 'var/cache/debconf/passwords.dat']) {
    makeFolder(dirname(at(path)));
    writeFileSync(at(path), '');
  }
}
