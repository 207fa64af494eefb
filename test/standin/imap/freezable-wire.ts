import type { CutKind } from './faults.ts';
import type { Wire } from './session-world.ts';

/** A wire that can be frozen: what is written and read meanwhile waits, in order. */
export class FreezableWire {
  readonly #wire: Wire;
  readonly #receive: (chunk: Buffer) => void;
  #frozen = false;
  #cut = false;
  #unsent: Buffer[] = [];
  #unread: Buffer[] = [];

  constructor(wire: Wire, receive: (chunk: Buffer) => void) {
    this.#wire = wire;
    this.#receive = receive;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  /** Sends a line (`latin1`) with its end, or keeps it. After a cut it is dropped. */
  writeLine(line: string): void {
    const bytes = Buffer.from(`${line}\r\n`, 'latin1');
    if (this.#cut) {
      return;
    }
    if (this.#frozen) {
      this.#unsent.push(bytes);
    } else {
      this.#wire.write(bytes);
    }
  }

  /** Bytes that came from the client. */
  receive(chunk: Buffer): void {
    if (this.#frozen) {
      this.#unread.push(chunk);
    } else {
      this.#receive(chunk);
    }
  }

  setFrozen(frozen: boolean): void {
    if (frozen === this.#frozen) {
      return;
    }
    this.#frozen = frozen;
    if (frozen) {
      return;
    }
    const [unsent, unread] = [this.#unsent, this.#unread];
    this.#unsent = [];
    this.#unread = [];
    for (const bytes of this.#cut ? [] : unsent) {
      this.#wire.write(bytes);
    }
    for (const chunk of unread) {
      this.#receive(chunk);
    }
  }

  cut(how: CutKind): void {
    if (this.#cut) {
      return;
    }
    this.#cut = true;
    if (how === 'fin') {
      this.#wire.end();
    } else {
      this.#wire.reset();
    }
  }
}
