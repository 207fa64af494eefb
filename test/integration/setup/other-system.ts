import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Archive } from './archive.ts';
import { makeArchive } from './archive.ts';
import type { Ended, Running, Start } from './checkout.ts';
import { start } from './checkout.ts';

/** How a program is run there. */
export interface Visit {
  /** Default: root. A person can't write where only root may. */
  readonly as?: 'root' | 'person';
  /** At a real terminal (a pty). Default: standard input is at its end, nobody is there. */
  readonly atTerminal?: boolean;
  /** Files of /proc/sys with their content there: `{ 'user/max_user_namespaces': '0' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Another Debian than the machine's, in namespaces: the machine's programs, apt and dpkg among them, but with
 * `/usr/bin`, `/usr/sbin`, `/etc` and `/var` of its own, nothing installed, and one archive to install from.
 * Nothing that is run there changes the machine. Needs no root.
 */
export interface OtherSystem {
  readonly archive: Archive;
  /** Where its file `path` is to be found from outside. */
  outside(path: string): string;
  exists(path: string): boolean;
  read(path: string): string;
  write(path: string, content: string): void;
  /** Takes programs of the machine away. */
  without(...programs: string[]): void;
  start(program: Start, visit?: Visit): Running;
  run(program: Start, visit?: Visit): Promise<Ended>;
  /** A command line for its shell. */
  shell(line: string, cwd?: string): Start;
  /** Makes it what it was in the beginning, with nothing in the archive. */
  reset(): Promise<void>;
  /** Ends what still runs there, and removes it. */
  dispose(): Promise<void>;
}

const script = join(import.meta.dirname, 'other-system.sh');
const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

type Links = ReadonlyMap<string, string>;

/** Links to all that is in the machine's `path`, which will be seen at `seenAt`. */
function linksTo(path: string, seenAt: string, isAbsent: (name: string) => boolean): Links {
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !isAbsent(name));
  return new Map(
    entries.map((entry) => {
      const { name } = entry;
      return [name, entry.isSymbolicLink() ? readlinkSync(join(path, name)) : join(seenAt, name)];
    }),
  );
}

/** Makes `folder` hold the links and nothing else. Most are there already: making them all takes half a second. */
function fill(folder: string, links: Links): void {
  mkdirSync(folder, { recursive: true });
  const missing = new Map(links);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isSymbolicLink() || !missing.delete(entry.name)) rmSync(join(folder, entry.name), { recursive: true });
  }
  for (const [name, target] of missing) symlinkSync(target, join(folder, name));
}

// Without systemctl, as where System V's init runs: no part of the machine's own systemd has a say in it then.
const notInPrograms = (name: string): boolean => ['systemctl', 'sudo'].includes(name) || name.startsWith('policy-rc.d');
const notInEtc = (name: string): boolean => ['apt', 'systemd', 'init.d'].includes(name) || /^rc.\.d$/.test(name);
const ownFolders = [
  ...['etc/init.d', 'etc/apt/apt.conf.d', 'etc/apt/preferences.d', 'etc/apt/trusted.gpg.d'],
  ...['var/lib/dpkg/info', 'var/lib/dpkg/updates', 'var/lib/dpkg/triggers', 'var/lib/apt/lists/partial'],
  ...['var/cache/apt/archives/partial', 'var/log/apt', 'proc-sys-kernel'],
];

/** Makes an {@link OtherSystem} in a temporary folder. */
export function makeOtherSystem(): OtherSystem {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tidings-system-')));
  const system = join(folder, 'system');
  const real = join(folder, 'real');
  const at = (path: string): string => join(system, path);
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    // Not through the link that may be there: that leads to the machine's own file.
    rmSync(at(path), { force: true });
    writeFileSync(at(path), content);
    if (content.startsWith('#!')) chmodSync(at(path), 0o755);
  };
  const mirrored: [string, Links][] = [
    ...['usr/bin', 'usr/sbin'].map((path): [string, Links] => [
      path,
      linksTo(`/${path}`, join(real, path), notInPrograms),
    ]),
    ['etc', linksTo('/etc', join(real, 'etc'), notInEtc)],
  ];
  for (const path of ['usr/bin', 'usr/sbin', 'etc', 'var']) mkdirSync(join(real, path), { recursive: true });
  const archive = makeArchive(join(folder, 'archive'));

  const furnish = (): void => {
    for (const [path, links] of mirrored) fill(at(path), links);
    for (const path of ['var', 'proc-sys-kernel']) rmSync(at(path), { recursive: true, force: true });
    for (const path of ownFolders) mkdirSync(at(path), { recursive: true });
    // Reading all fonts again would take seconds.
    const fonts = 'var/cache/fontconfig';
    if (existsSync(`/${fonts}`)) symlinkSync(join(real, fonts), at(fonts));
    write('usr/sbin/runlevel', '#!/bin/sh\necho N 2\n');
    write('var/lib/dpkg/status', '');
    // One user is all there is in the namespace.
    write('etc/apt/apt.conf.d/one-user', 'APT::Sandbox::User "root";\n');
    write('etc/apt/sources.list', `deb [trusted=yes] file:${archive.folder} ./\n`);
  };
  furnish();

  const inside = (program: Start, { as = 'root', atTerminal = false, settings = {} }: Visit): Start => {
    const { command, args, cwd, env } = program;
    const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    const enter = ['--user', '--map-root-user', '--mount', '--', 'sh', script, folder, as, ...set, '--'];
    const words = [...enter, command, ...args];
    if (!atTerminal) return { command: 'unshare', args: words, cwd, env };
    const line = ['exec', 'unshare', ...words.map(quoted)].join(' ');
    return { command: 'script', args: ['-qefc', line, '/dev/null'], cwd, env, takesInput: true };
  };
  const visits: Running[] = [];
  /** Only a test that failed has left any. */
  const endVisits = async (): Promise<void> => {
    for (const visit of visits) visit.signal('SIGKILL');
    await Promise.all(visits.splice(0).map((visit) => visit.ended));
  };
  const startInside = (program: Start, visit: Visit = {}): Running => {
    const running = start(inside(program, visit));
    visits.push(running);
    return running;
  };
  return {
    archive,
    outside: at,
    exists: (path) => lstatSync(at(path), { throwIfNoEntry: false }) !== undefined,
    read: (path) => readFileSync(at(path), 'utf8'),
    write,
    without: (...programs) => {
      for (const name of programs)
        for (const path of ['usr/bin', 'usr/sbin']) rmSync(join(at(path), name), { force: true });
    },
    start: startInside,
    run: (program, visit) => startInside(program, visit).ended,
    shell: (line, cwd = folder) => ({
      command: 'sh',
      args: ['-c', line],
      cwd,
      env: { PATH: '/usr/sbin:/usr/bin', TMPDIR: folder },
    }),
    reset: async () => {
      await endVisits();
      archive.clear();
      furnish();
    },
    dispose: async () => {
      await endVisits();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
