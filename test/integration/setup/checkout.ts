import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..', '..', '..');

/** How a program ended and all that it said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A program under way. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** Waits until it has said `text`. Rejects when it ends before that. */
  said(text: string): Promise<void>;
  /** Types `text`. */
  type(text: string): void;
  /** Signals the program and all that it started, as a terminal's Ctrl+C does. Nothing when it has ended. */
  signal(name: NodeJS.Signals): void;
}

/** How a program is started. */
export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether somebody may type. Otherwise its standard input is at its end. */
  readonly takesInput?: boolean;
}

/** Starts a program in a process group of its own. */
export function start({ command, args, cwd, env, takesInput = false }: Start): Running {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  if (!takesInput) child.stdin.end();
  let output = '';
  const checks = new Set<() => void>();
  const hear = (text: string): void => {
    output += text;
    for (const check of checks) check();
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  let isOver = false;
  const ended = once(child, 'close').then(([code]): Ended => {
    isOver = true;
    return { code: typeof code === 'number' ? code : null, output };
  });
  return {
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (output.includes(text)) resolve();
        };
        checks.add(check);
        check();
        void ended.then(() => reject(new Error(`Ended before it said "${text}":\n${output}`)));
      }),
    type: (text) => child.stdin.write(text),
    signal: (name) => {
      if (child.pid !== undefined && !isOver) process.kill(-child.pid, name);
    },
  };
}

/** A small checkout with the project's own set-up, and an `npm` and a cache folder of its own. */
export interface Checkout {
  readonly folder: string;
  readonly cache: string;
  /** What `npm` was called with so far, a line a call. */
  npmCalls(): string[];
  write(path: string, content: string): void;
  /** How to run Node in the checkout. `npm` says what the stand-in for npm does: see npm-standin.mjs. */
  nodeStart(args: readonly string[], npm: string, more?: NodeJS.ProcessEnv): Start;
  /** Runs Node in the checkout, likewise. */
  node(args: readonly string[], npm: string, more?: NodeJS.ProcessEnv): Running;
  dispose(): void;
}

/** Makes a {@link Checkout} in a temporary folder. Its one dependency is a tool that says that it ran. */
export function makeCheckout(): Checkout {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tidings-checkout-')));
  const cache = join(folder, 'cache');
  const log = join(folder, 'npm-calls');
  const programs = join(folder, 'programs');
  const write = (path: string, content: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  cpSync(join(projectRoot, 'scripts'), join(folder, 'scripts'), { recursive: true });
  write('package.json', JSON.stringify({ type: 'module', devDependencies: { electron: '45.0.0' } }));
  write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/oxfmt': { version: '1.0.0' } } }));
  write('npm-calls', '');
  write(
    'programs/npm',
    `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'npm-standin.mjs')}" "$@"\n`,
  );
  chmodSync(join(programs, 'npm'), 0o755);
  const nodeStart: Checkout['nodeStart'] = (args, npm, more = {}) => {
    const path = [programs, '/usr/bin', '/bin'].join(delimiter);
    const own = { PATH: path, HOME: folder, TMPDIR: folder, TIDINGS_CACHE_DIR: cache };
    const standIn = { NPM_STANDIN: npm, NPM_STANDIN_LOG: log };
    return { command: process.execPath, args, cwd: folder, env: { ...own, ...standIn, ...more } };
  };
  return {
    folder,
    cache,
    write,
    npmCalls: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
    nodeStart,
    node: (args, npm, more) => start(nodeStart(args, npm, more)),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
