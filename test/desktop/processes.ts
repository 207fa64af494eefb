import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** One line of Linux's process table. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  readonly processGroup: number;
  /** The kernel's name of the program, at most 15 characters. */
  readonly name: string;
}

/** The environment variable that names the session a process belongs to. */
export const sessionMark = 'TIDINGS_DESKTOP_SESSION';

/** Null when the process is gone or not ours to read: between listing and reading it may always end. */
function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

/** All living processes (zombies left out), from `/proc/<pid>/stat` (proc_pid_stat(5)). */
export function listProcesses(): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = readProc(pid, 'stat');
    if (stat === null) continue;
    // The name is in parentheses and may itself hold blanks and parentheses.
    const nameEnd = stat.lastIndexOf(')');
    const [state, parent, group] = stat.slice(nameEnd + 2).split(' ');
    if (state === undefined || state === 'Z' || state === 'X') continue;
    entries.push({
      pid,
      parentPid: Number(parent),
      processGroup: Number(group),
      name: stat.slice(stat.indexOf('(') + 1, nameEnd),
    });
  }
  return entries;
}

/** A process and everything it started that is still its descendant, itself first. */
export function processTree(rootPid: number): ProcessEntry[] {
  const all = listProcesses();
  const found = all.filter((entry) => entry.pid === rootPid);
  for (const parent of found) {
    found.push(...all.filter((entry) => entry.parentPid === parent.pid));
  }
  return found;
}

/**
 * Whatever still belongs to a session: started with its mark in the environment, in one of its process
 * groups, or a descendant of either (Chromium overwrites the environment of its children with their titles).
 */
export function sessionProcesses(folder: string, groups: ReadonlySet<number>): ProcessEntry[] {
  const mark = `${sessionMark}=${folder}`;
  const all = listProcesses();
  const found = all.filter(
    (entry) => groups.has(entry.processGroup) || (readProc(entry.pid, 'environ')?.split('\0').includes(mark) ?? false),
  );
  const pids = new Set(found.map((entry) => entry.pid));
  for (const parent of found) {
    for (const entry of all) {
      if (entry.parentPid !== parent.pid || pids.has(entry.pid)) continue;
      pids.add(entry.pid);
      found.push(entry);
    }
  }
  return found;
}

/** Sends a signal to one process or, with a negative number, to a group; false when there is none any more. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/**
 * Asks with SIGTERM, then makes sure with SIGKILL, until `remaining` finds nothing. The kernel tells only a
 * parent of a death, and most of these are nobody's children any more: hence looking again and again.
 * @param graceMs how long SIGTERM is given
 */
export async function endProcesses(remaining: () => readonly ProcessEntry[], graceMs: number): Promise<void> {
  const asked = new Set<number>();
  const killFrom = performance.now() + graceMs;
  for (let left = remaining(); left.length > 0; left = remaining()) {
    const signal = performance.now() < killFrom ? 'SIGTERM' : 'SIGKILL';
    for (const { pid } of left) {
      if (signal === 'SIGTERM' && asked.has(pid)) continue;
      asked.add(pid);
      sendSignal(pid, signal);
    }
    await delay(5);
  }
}

/** A process's share of memory: PSS in bytes, from `/proc/<pid>/smaps_rollup`; 0 when it is gone. */
export function proportionalSetSize(pid: number): number {
  const match = /^Pss:\s+(\d+) kB$/m.exec(readProc(pid, 'smaps_rollup') ?? '');
  return match?.[1] === undefined ? 0 : Number(match[1]) * 1024;
}

/** What the kernel says of one process's system-call filter; 2 is a filter in force (proc(5), Seccomp). */
export function seccompMode(pid: number): number | null {
  const match = /^Seccomp:\s+(\d)$/m.exec(readProc(pid, 'status') ?? '');
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** The command line of a process, word by word; empty when it is gone. */
export function commandLine(pid: number): readonly string[] {
  const words = (readProc(pid, 'cmdline') ?? '').split('\0');
  // Chromium's children rewrite theirs as one string with blanks.
  return words.filter((word) => word !== '').flatMap((word) => (words.length <= 2 ? word.split(' ') : [word]));
}

/** The real user id of a process; null when it is gone. */
export function ownerOf(pid: number): number | null {
  const match = /^Uid:\s+(\d+)/m.exec(readProc(pid, 'status') ?? '');
  return match?.[1] === undefined ? null : Number(match[1]);
}
