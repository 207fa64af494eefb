import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from './clock.ts';

/** The answering program says at once that it has begun: an older one never does. */
const begunLimitMs = 10_000;
/** Longest answer, UTF-16 units. */
const maxAnswer = 4 * 1_048_576;

/**
 * Where a start of Tidings that only asks something hears the answer of the one that runs: a socket in a folder that
 * only this user can enter, or a pipe of an unguessable name. The lock of the instances carries the question alone.
 */
export interface AnswerChannel {
  /** To be sent with the question. */
  readonly path: string;
  /** Resolves with the answer; null where nobody begins one within 10 s, or it ends without. Waits as long as it takes. */
  answer(): Promise<string | null>;
  /** Closes it; an answer that is waited for is none. */
  dispose(): Promise<void>;
}

/** Where a socket may be: a folder for files that go by themselves. */
function socketFolders(): readonly string[] {
  return [tmpdir(), process.env['XDG_RUNTIME_DIR'] ?? ''].filter((folder) => folder !== '');
}

/**
 * Opens one. Rejects with the system's error where it can be in none of the folders: missing, read-only, full, or of
 * a longer name than a socket can have.
 */
export async function openAnswerChannel(
  clock: Clock,
  platform: NodeJS.Platform,
  folders: readonly string[] = socketFolders(),
): Promise<AnswerChannel> {
  if (platform === 'win32') return listenAt(String.raw`\\.\pipe\tidings-answer-${randomUUID()}`, clock, null);
  let failure: unknown = new Error('No folder for a socket');
  for (const folder of folders) {
    try {
      return await listenIn(folder, clock);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function listenIn(folder: string, clock: Clock): Promise<AnswerChannel> {
  const own = await mkdtemp(join(folder, 'tidings-answer-'));
  try {
    return await listenAt(join(own, 'socket'), clock, own);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
}

async function listenAt(path: string, clock: Clock, ownFolder: string | null): Promise<AnswerChannel> {
  let listener: (text: string | null) => void = () => {};
  const heard = new Promise<string | null>((resolve) => {
    listener = resolve;
  });
  let cancelLimit = (): void => {};
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    cancelLimit();
    sockets.add(socket);
    collect(socket, listener);
  });
  await listen(server, path);
  return {
    path,
    answer() {
      cancelLimit = clock.setTimer(begunLimitMs, () => {
        listener(null);
      });
      return heard.finally(cancelLimit);
    },
    async dispose() {
      listener(null);
      server.close();
      for (const socket of sockets) socket.destroy();
      if (ownFolder !== null) await rm(ownFolder, { recursive: true, force: true });
    },
  };
}

function collect(socket: Socket, onEnd: (text: string | null) => void): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > maxAnswer) socket.destroy();
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    // An answer is one line, so that one cut off is none.
    onEnd(text.endsWith('\n') ? text.trim() : null);
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/** Whether a path is one of {@link openAnswerChannel}'s: nothing else is ever connected to. */
export function isAnswerPath(path: unknown): path is string {
  if (typeof path !== 'string' || path.length > 200) return false;
  return /[/\\]tidings-answer-[\w-]+(?:[/\\]socket)?$/u.test(path);
}

/**
 * Answers whoever waits at `path`. `work` is told by its signal when they have gone; what it resolves with is sent.
 * Never rejects: who can't be reached any more needs no answer.
 */
export async function answerAt(path: string, work: (signal: AbortSignal) => Promise<string>): Promise<void> {
  const gone = new AbortController();
  const socket = connect(path);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      gone.abort();
      resolve();
    });
  });
  socket.on('error', () => {});
  // Else the end of the other side isn't noticed.
  socket.resume();
  const text = await work(gone.signal);
  // Before the connection is there it is kept until then.
  socket.end(`${text.replaceAll('\n', ' ')}\n`);
  await closed;
}
