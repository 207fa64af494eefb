import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

import { Conditions } from '../desktop/conditions.ts';
import { spawnIdentity } from '../desktop/ordinary-user.ts';
import type { OrdinaryUser } from '../desktop/ordinary-user.ts';
import { sendSignal } from '../desktop/processes.ts';

/** Debian puts servers where an ordinary user's path doesn't lead. */
const programPath = '/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/sbin:/bin';
const server = 'dovecot';
const administration = 'doveadm';
/** How long a broken test waits, ms. */
const waitMs = 30_000;

/** Dovecot's own first line of log, written when it listens. */
const startedPattern = /Dovecot v\S+ .*starting up/u;

export interface DovecotProcessOptions {
  /** The main configuration's file. */
  readonly config: string;
  readonly user: OrdinaryUser;
  /** Told the number of its process group, before anything else can happen. */
  readonly onStarted: (processGroup: number) => void;
  /** Where programs are looked for; default: where systems have them. */
  readonly path?: string;
}

/** The master process with all that it started. */
export interface DovecotProcess {
  /** All that it logged so far. */
  log(): string;
  /** Resolves when the log, so far and to come, fits; rejects when the server ends before. */
  waitForLog(fits: (log: string) => boolean): Promise<void>;
  /** Ends all of it at once. */
  kill(): void;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

/**
 * Starts Dovecot in the foreground, in a process group of its own, and resolves when it takes connections.
 * @throws when it isn't installed, or ends at once: with what it said
 */
export async function startDovecotProcess(options: DovecotProcessOptions): Promise<DovecotProcess> {
  const child = spawn(server, ['-F', '-c', options.config], {
    env: { PATH: options.path ?? programPath },
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...spawnIdentity(options.user),
  });
  const conditions = new Conditions();
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
    conditions.changed();
  });
  child.once('error', (error) => {
    const missing = 'Dovecot isn’t installed (Debian: dovecot-imapd, dovecot-lmtpd), or can’t be started';
    conditions.end(new Error(missing, { cause: error }));
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      conditions.end(new Error(`Dovecot has ended: ${log}`));
      resolve();
    });
  });
  const { pid } = child;
  if (pid !== undefined) options.onStarted(pid);
  const waitForLog = async (fits: (log: string) => boolean): Promise<void> => {
    await conditions.until(
      () => (fits(log) ? true : undefined),
      () => `a line of Dovecot’s log; there was ${log}`,
      waitMs,
    );
  };
  await waitForLog((text) => startedPattern.test(text));
  return {
    log: () => log,
    waitForLog,
    kill: () => {
      if (pid !== undefined) sendSignal(-pid, 'SIGKILL');
    },
    ended,
  };
}

/**
 * Runs Dovecot's administration program against the server of this configuration.
 * @throws with what it said when it fails
 */
export async function runDoveadm(config: string, user: OrdinaryUser, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(administration, ['-c', config, ...args], {
    env: { PATH: programPath },
    cwd: '/',
    ...spawnIdentity(user),
  });
  return stdout;
}
