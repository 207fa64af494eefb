import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { projectRoot } from './paths.mjs';

/** Exit code by which a shell tells that a signal ended a process. */
function codeOf(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs a program with this process's terminal and answers its exit code. An interruption reaches the
 * child too (it shares the terminal's group, or gets the signal passed on), and is waited for. With `output`, the
 * number of an open file, what it writes goes there instead.
 */
export async function runInherited(command, args, options = {}) {
  const { cwd = projectRoot, env = process.env, shell = false, output } = options;
  const stdio = output === undefined ? 'inherit' : ['ignore', output, output];
  const child = spawn(command, args, { cwd, env, shell, stdio });
  const forward = (signal) => child.kill(signal);
  // Ctrl+C already goes to the whole group of a terminal; this handler only keeps us alive to see the child out.
  const ignore = () => {};
  process.on('SIGTERM', forward).on('SIGINT', ignore);
  try {
    const [code, signal] = await once(child, 'close');
    return codeOf(code, signal);
  } finally {
    process.off('SIGTERM', forward).off('SIGINT', ignore);
  }
}

/**
 * Runs a program and answers `{ code, stdout, stderr }`. With `timeout` (ms) it is killed when that has
 * passed. Rejects only when the program can't be started.
 */
export async function capture(command, args, { cwd = projectRoot, env = process.env, timeout, shell = false } = {}) {
  const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  // A timer of our own: the one of `spawn` goes on, and keeps us alive, when the program couldn't be started.
  const limit = timeout === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeout);
  try {
    const [code, signal] = await once(child, 'close');
    return { code: codeOf(code, signal), stdout, stderr };
  } finally {
    clearTimeout(limit);
  }
}

/** The first of `names` found in PATH, or null. */
export function findProgram(names, path = process.env.PATH ?? '') {
  for (const name of names) {
    for (const folder of path.split(delimiter)) {
      if (folder && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}
