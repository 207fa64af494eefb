import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';

import { LineQueue } from './line-queue.ts';

/** A bare IMAP client, to say exactly what a test wants said and see exactly what comes back. */
export interface RawClient {
  readonly socket: TLSSocket;
  /** Sends text as it is (UTF-8). */
  write(text: string): void;
  /** The next line without its end (`latin1`); rejects when the connection has ended and no line is left. */
  readLine(): Promise<string>;
  /** Sends a command under a new tag; all lines up to its tagged answer, which is the last. */
  command(text: string): Promise<readonly string[]>;
  /** Resolves when the connection is closed, with the error's code where there was one, e.g. `ECONNRESET`. */
  readonly closed: Promise<string | null>;
  destroy(): void;
}

/** Connects with TLS; rejects where that fails. Nothing is read of the greeting yet. */
export async function connectRaw(port: number, ca: string): Promise<RawClient> {
  const socket = connect({ host: 'localhost', port, ca });
  const lines = new LineQueue();
  let unfinished: string[] = [];
  let lastTag = 0;
  let failure: string | null = null;
  socket.on('data', (chunk: Buffer) => {
    unfinished.push(chunk.toString('latin1'));
    if (!chunk.includes(0x0a)) {
      return;
    }
    const pieces = unfinished.join('').split('\r\n');
    unfinished = [pieces.pop() ?? ''];
    for (const line of pieces) {
      lines.push(line);
    }
  });
  const closed = new Promise<string | null>((resolve) => {
    socket.once('close', () => {
      lines.close();
      resolve(failure);
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code ?? error.message;
  });
  const readLine = (): Promise<string> => lines.next();
  return {
    socket,
    write: (text) => {
      socket.write(text);
    },
    readLine,
    async command(text) {
      lastTag += 1;
      const tag = `r${lastTag}`;
      socket.write(`${tag} ${text}\r\n`);
      const answer: string[] = [];
      for (;;) {
        const line = await readLine();
        answer.push(line);
        if (line.startsWith(`${tag} `)) {
          return answer;
        }
      }
    },
    closed,
    destroy: () => {
      socket.destroy();
    },
  };
}
