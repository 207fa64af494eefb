import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { spawnIdentity } from './ordinary-user.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import { sendSignal } from './processes.ts';

/** A program of the session that runs until it is disposed of. */
export interface ServiceProcess {
  readonly pid: number;
  /** What it wrote to standard output and error so far, at most the last 64 KiB. */
  output(): string;
  /** Its first line on the descriptor that it reports readiness on. */
  readonly ready: Promise<string>;
  /** Resolves when it has ended, in whatever way. */
  readonly ended: Promise<void>;
  /** Ends it at once and waits for that. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export interface ServiceOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: OrdinaryUser;
  /** Where its first line says that it is ready: standard output, or descriptor 3. */
  readonly readyOn: 'stdout' | 'descriptor-3';
  /** Written to its standard input, which is then closed. */
  readonly input?: string;
  /** Told the number of its process group, before anything else can happen. */
  readonly onStarted: (processGroup: number) => void;
}

const outputLimit = 64 * 1024;

/** Keeps the tail of what a process writes. */
export function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-outputLimit);
    });
  }
  return () => text;
}

function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
  });
}

/**
 * Starts a program in a process group of its own, as the ordinary user.
 * @throws when it can't be started at all: it isn't installed
 */
export async function startService(options: ServiceOptions): Promise<ServiceProcess> {
  const child = spawn(options.command, options.args, {
    env: options.env,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    ...spawnIdentity(options.user),
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.command} has no process id`);
  options.onStarted(pid);
  const output = collectOutput(child);
  const channel = options.readyOn === 'stdout' ? child.stdout : child.stdio[3];
  if (channel === null || channel === undefined || !('read' in channel)) throw new Error('No channel for readiness');
  const line = firstLine(channel);
  // A program that ended early closes its end; the caller learns that from `ready`, not here.
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  const ready = Promise.race([
    line,
    ended.then(() => Promise.reject(new Error(`${options.command} ended before it was ready: ${output()}`))),
  ]);
  ready.catch(() => undefined);
  return {
    pid,
    output,
    ready,
    ended,
    kill: async (signal = 'SIGTERM') => {
      sendSignal(-pid, signal);
      await ended;
    },
  };
}
