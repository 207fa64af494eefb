/** What comes out of the bytes of one connection. */
export type ReaderEvent =
  /** A whole command or answer without its last line end; literals stand behind their `{n}` line. `latin1`. */
  | { readonly kind: 'line'; readonly text: string }
  /** The client waits for `+` before it sends a literal. */
  | { readonly kind: 'literal-awaited' }
  /** The client asked to send a literal beyond the limit; the command was dropped. */
  | { readonly kind: 'literal-refused'; readonly line: string }
  /** Nothing more is read: the stream can't be followed any further. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Limits of a reader, in bytes. */
export interface ReaderLimits {
  /** All lines of one command together, literals not counted. */
  readonly line: number;
  /** All literals of one command together. */
  readonly literal: number;
}

const defaultLimits: ReaderLimits = { line: 64 * 1024, literal: 32 * 1024 * 1024 };

/** Cuts a byte stream into commands (RFC 3501 section 2.2.1, RFC 7888 for `{n+}`). Pure but for its own state. */
export class CommandReader {
  readonly #limits: ReaderLimits;
  /** Chunks of the line that is being read. */
  #line: Buffer[] = [];
  /** Finished lines and literals of the command that is being read. */
  #command: string[] = [];
  #literal: Buffer[] = [];
  #literalLeft = 0;
  #lineBytes = 0;
  #literalBytes = 0;
  #broken = false;

  constructor(limits: ReaderLimits = defaultLimits) {
    this.#limits = limits;
  }

  /** Takes the next bytes, gives what they complete. */
  push(chunk: Buffer): ReaderEvent[] {
    const events: ReaderEvent[] = [];
    let at = 0;
    while (at < chunk.length && !this.#broken) {
      at = this.#literalLeft > 0 ? this.#takeLiteral(chunk, at) : this.#takeLine(chunk, at, events);
    }
    return events;
  }

  #takeLiteral(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#literalLeft);
    this.#literal.push(chunk.subarray(at, end));
    this.#literalLeft -= end - at;
    if (this.#literalLeft === 0) {
      this.#command.push(Buffer.concat(this.#literal).toString('latin1'));
      this.#literal = [];
    }
    return end;
  }

  #takeLine(chunk: Buffer, at: number, events: ReaderEvent[]): number {
    const newline = chunk.indexOf(0x0a, at);
    const end = newline < 0 ? chunk.length : newline + 1;
    this.#line.push(chunk.subarray(at, end));
    this.#lineBytes += end - at;
    if (this.#lineBytes > this.#limits.line) {
      this.#broken = true;
      events.push({ kind: 'broken', reason: 'Command line too long' });
    } else if (newline >= 0) {
      this.#lineDone(events);
    }
    return end;
  }

  #lineDone(events: ReaderEvent[]): void {
    const text = Buffer.concat(this.#line)
      .toString('latin1')
      .replace(/\r?\n$/, '');
    this.#line = [];
    const literal = /\{(\d{1,10})(\+?)\}$/.exec(text);
    if (literal === null) {
      events.push({ kind: 'line', text: this.#command.join('') + text });
      this.#reset();
      return;
    }
    const size = Number(literal[1]);
    const waits = literal[2] === '';
    if (this.#literalBytes + size > this.#limits.literal) {
      const line = this.#command.join('') + text;
      this.#reset();
      this.#broken = !waits;
      events.push(waits ? { kind: 'literal-refused', line } : { kind: 'broken', reason: 'Literal too long' });
      return;
    }
    this.#command.push(`${text}\r\n`);
    this.#literalLeft = size;
    this.#literalBytes += size;
    if (waits) {
      events.push({ kind: 'literal-awaited' });
    }
  }

  #reset(): void {
    this.#command = [];
    this.#lineBytes = 0;
    this.#literalBytes = 0;
  }
}
