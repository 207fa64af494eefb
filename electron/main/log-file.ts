import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cleanLine } from './clean-text.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './log.ts';
import { redactFacts, redactText } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A finished line, without a line break. */
export type WriteLine = (level: LogLevel, line: string) => void;

/** Bytes of `main.log` before it becomes `main.old.log` and a new one is begun. */
export const maxLogFileBytes = 1024 ** 2;

/** Lines are dropped this long, ms, after the file couldn't be opened; the next one tries again. */
export const reopenMs = 60_000;

/** Lines kept while the writer is being loaded; the oldest go first. */
const maxWaitingLines = 1_000;

export interface FileLoggerOptions {
  /** The folder of `main.log` and `main.old.log`; made when it isn't there. */
  readonly directory: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Lines below this level are dropped. */
  readonly level: LogLevel;
  /** Opens the file; electron-log's by default. Called at the first line. */
  readonly load?: (directory: string, onFailure: (error: unknown) => void) => Promise<WriteLine>;
  /** Told once that the file can't be opened (see {@link reopenMs}) or that a line can't be written. */
  readonly onFailure: (error: unknown) => void;
}

export interface FileLogger extends Logger {
  /** Resolves when every line so far is in the file. */
  flush(): Promise<void>;
  /** Writes nothing more, so that its folder can be removed for good. */
  close(): void;
}

const rank: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/**
 * Logs to a file. Returns at once: the writer is loaded at the first line, and lines wait for it. Whatever looks like
 * a secret is masked on the way (see redact.ts), as a second line of defence; callers pass none.
 */
export function createFileLogger(options: FileLoggerOptions): FileLogger {
  const load = options.load ?? loadElectronLog;
  const waiting: [LogLevel, string][] = [];
  let loading: Promise<void> | null = null;
  let write: WriteLine | null = null;
  let failedAt: number | null = null;
  let closed = false;
  let told = false;

  const tell = (error: unknown): void => {
    if (told) return;
    told = true;
    options.onFailure(error);
  };
  const open = async (): Promise<void> => {
    try {
      const opened = await load(options.directory, tell);
      for (const [level, line] of waiting) opened(level, line);
      write = opened;
      failedAt = null;
    } catch (error) {
      failedAt = options.clock.now();
      tell(error);
    }
    waiting.length = 0;
  };
  /** A clock that was set back must not make the pause longer. */
  const isPausing = (): boolean => {
    const passedMs = failedAt === null ? reopenMs : options.clock.now() - failedAt;
    return passedMs >= 0 && passedMs < reopenMs;
  };

  const log = (level: LogLevel, message: string, facts?: Readonly<Record<string, unknown>>): void => {
    if (closed || rank[level] < rank[options.level] || isPausing()) return;
    const line = formatLine(options.clock.now(), level, message, facts);
    if (write !== null) {
      write(level, line);
      return;
    }
    if (waiting.length >= maxWaitingLines) waiting.shift();
    waiting.push([level, line]);
    loading ??= open().finally(() => {
      loading = null;
    });
  };

  return {
    debug: (message, facts) => {
      log('debug', message, facts);
    },
    info: (message, facts) => {
      log('info', message, facts);
    },
    warn: (message, facts) => {
      log('warn', message, facts);
    },
    error: (message, facts) => {
      log('error', message, facts);
    },
    async flush() {
      await loading;
    },
    close() {
      closed = true;
    },
  };
}

/** `2026-11-22T20:00:00.000Z warn message {"fact":1}`, always one line. */
export function formatLine(
  now: number,
  level: LogLevel,
  message: string,
  facts?: Readonly<Record<string, unknown>>,
): string {
  const head = `${new Date(now).toISOString()} ${level} ${redactText(message)}`;
  const line = facts === undefined ? head : `${head} ${JSON.stringify(redactFacts(facts))}`;
  // JSON escapes only the controls below a space: what a terminal obeys or hides is left, and the message.
  return cleanLine(line.replaceAll(/\p{Cc}+/gu, ' '));
}

async function loadElectronLog(directory: string, onFailure: (error: unknown) => void): Promise<WriteLine> {
  const name = path.join(directory, 'main.log');
  const mode = 0o600;
  // Opened here first: electron-log itself goes on without a file where it can't open one.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await appendFile(name, '', { mode });

  const { default: electronLog } = await import('electron-log/node');
  const logger = electronLog.create({ logId: 'tidings' });
  const { file, console: terminal, ipc, remote } = logger.transports;
  terminal.level = false;
  if (ipc) ipc.level = false;
  if (remote) remote.level = false;
  file.level = 'silly';
  // The line is finished: no second stamp, and no `%` in it is a placeholder.
  file.transforms = [({ data }) => String(data[0])];
  file.maxSize = maxLogFileBytes;
  file.writeOptions = { flag: 'a', mode, encoding: 'utf8' };
  // It looks for the app's name even though the path below has no use for it, and throws where it finds none.
  file.setAppName('Tidings');
  file.resolvePathFn = () => name;
  let mayBeTorn = true;
  const fail = (error: unknown): void => {
    mayBeTorn = true;
    onFailure(error);
  };
  // What a transport throws ends in the first, what a file answers to a write in the second; else both are lost.
  Object.assign(logger, { processInternalErrorFn: fail });
  electronLog.transports.console.writeFn = ({ message }) => {
    fail(message.data);
  };
  return (level, line) => {
    const isTorn = mayBeTorn && endsMidLine(name);
    mayBeTorn = false;
    logger[level](isTorn ? `\n${line}` : line);
  };
}

/** Whether the last line has no end: a disk that got full in its middle, or a kill (measured: the next was glued on). */
function endsMidLine(name: string): boolean {
  try {
    const file = openSync(name, 'r');
    try {
      const last = Buffer.alloc(1);
      const { size } = fstatSync(file);
      return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString('latin1') !== '\n';
    } finally {
      closeSync(file);
    }
  } catch {
    // Whatever is wrong with the file, the write that follows says so.
    return false;
  }
}
