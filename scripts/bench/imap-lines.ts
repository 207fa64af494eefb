/** Splits a stream of bytes into lines, wherever the chunks of it end. */
export class LineSplitter {
  #rest = '';

  /** The lines that `chunk` completes, without their ends (`latin1`). */
  feed(chunk: Buffer): readonly string[] {
    const lines = (this.#rest + chunk.toString('latin1')).split('\r\n');
    this.#rest = lines.pop() ?? '';
    return lines;
  }
}

/** How many messages a line says there are; null for every other line (RFC 9051, 7.4.1). */
export function existsCount(line: string): number | null {
  const count = /^\* (\d+) EXISTS$/u.exec(line)?.[1];
  return count === undefined ? null : Number(count);
}

/** Whether a session idles, from what passes in both directions (RFC 9051, 6.3.13). */
export class IdleFollower {
  #state: 'no' | 'asked' | 'idling' = 'no';

  get isIdling(): boolean {
    return this.#state === 'idling';
  }

  client(line: string): void {
    if (/^\S+ IDLE$/iu.test(line)) this.#state = 'asked';
    else if (/^DONE$/iu.test(line)) this.#state = 'no';
  }

  server(line: string): void {
    if (this.#state === 'asked' && line.startsWith('+')) this.#state = 'idling';
  }
}
