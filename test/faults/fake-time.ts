import { existsSync, renameSync, writeFileSync } from 'node:fs';

/** Where Debian and Ubuntu have it, by the machine's kind. */
const libraries = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
];

export interface FakeTimeOptions {
  /** Absolute; holds the offset, of the caller's own folder. */
  readonly file: string;
  /**
   * Which clocks move: setting the clock, and a sleep of the machine, move only the wall clock (Linux's CLOCK_MONOTONIC
   * stands still in suspend); for a process that was stopped both went on.
   */
  readonly clocks: 'wall' | 'both';
}

/** libfaketime: a program whose clocks can be moved while it runs. Its timers wait by the monotonic one. */
export class FakeTime {
  /** For the program's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly #file: string;

  /** @throws when libfaketime isn't installed */
  constructor({ file, clocks }: FakeTimeOptions) {
    const library = libraries.find((path) => existsSync(path));
    if (library === undefined) throw new Error('libfaketime isn’t installed (package libfaketime)');
    this.#file = file;
    this.set(0);
    this.env = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      // Read at every look: else for 10 s nothing would change.
      FAKETIME_NO_CACHE: '1',
      ...(clocks === 'wall' ? { FAKETIME_DONT_FAKE_MONOTONIC: '1' } : {}),
    };
  }

  /** How far (ms) ahead of the true time; negative: behind it. */
  set(offsetMs: number): void {
    const seconds = offsetMs / 1_000;
    // Never half written: it is read at any moment.
    writeFileSync(`${this.#file}.new`, `${seconds < 0 ? '' : '+'}${String(seconds)}`);
    renameSync(`${this.#file}.new`, this.#file);
  }
}
