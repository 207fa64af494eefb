/** Nobody is at the other end any more. */
export class SessionClosed extends Error {
  constructor() {
    super('The session is closed');
    this.name = 'SessionClosed';
  }
}

/** Lines waiting for the one who reads them. */
export class LineQueue {
  readonly #lines: string[] = [];
  #reader: { resolve(line: string): void; reject(error: Error): void } | null = null;
  #closed = false;

  push(line: string): void {
    if (this.#reader === null) {
      this.#lines.push(line);
      return;
    }
    const reader = this.#reader;
    this.#reader = null;
    reader.resolve(line);
  }

  /** The next line; rejects with {@link SessionClosed}. One reader at a time. */
  next(): Promise<string> {
    const line = this.#lines.shift();
    if (line !== undefined) {
      return Promise.resolve(line);
    }
    if (this.#closed) {
      return Promise.reject(new SessionClosed());
    }
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  /** No line comes any more; those there are can still be read. */
  close(): void {
    this.#closed = true;
    this.#reader?.reject(new SessionClosed());
    this.#reader = null;
  }
}
