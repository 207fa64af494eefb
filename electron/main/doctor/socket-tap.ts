import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** So many of the first bytes are kept: enough for a status line and a Location. */
const maxFirstBytes = 1_024;

/** Hands everything through between a connection and whoever uses it, and remembers the first bytes that came. */
export class SocketTap extends Duplex {
  readonly #socket: Socket;
  #first = Buffer.alloc(0);

  constructor(socket: Socket) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      if (this.#first.length < maxFirstBytes) {
        this.#first = Buffer.concat([this.#first, bytes]).subarray(0, maxFirstBytes);
      }
      if (!this.push(bytes)) socket.pause();
    });
    socket.once('end', () => {
      this.push(null);
    });
    socket.once('error', (error) => {
      this.destroy(error);
    });
    socket.once('close', () => {
      this.destroy();
    });
    // An error after the first, of a connection that is being closed anyway.
    socket.on('error', () => {});
  }

  /** As Latin 1. */
  get first(): string {
    return this.#first.toString('latin1');
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => {
      done();
    });
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
