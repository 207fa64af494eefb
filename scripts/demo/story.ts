import { setTimeout as delay } from 'node:timers/promises';

/** A step that didn't come about: what was expected, and in `cause` what happened. */
export class StepFailure extends Error {
  constructor(expected: string, cause: unknown) {
    super(`expected: ${expected}`, { cause });
    this.name = 'StepFailure';
  }

  /** The whole of it for a terminal, with the end of what the app said. */
  report(appOutput: string): string {
    // Playwright puts a log under its message; what the app said comes below anyway.
    const [happened = ''] = (this.cause instanceof Error ? this.cause.message : String(this.cause)).split('\n');
    const lines = appOutput.trimEnd().split('\n').slice(-shownLines);
    const said = appOutput.trim() === '' ? 'The app said nothing.' : `The app said last:\n${indent(lines)}`;
    return `FAILED, ${this.message}\nhappened: ${happened}\n${said}`;
  }
}

/** How long after a failure the app's end may still be told, ms. */
const rootWaitMs = 300;
/** How many lines of the app's output a failure shows. */
const shownLines = 25;

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}

/** Tells what happens, each line with the time since the demo's start. */
export class Story {
  readonly #startedAt = performance.now();
  readonly #write: (text: string) => void;
  #endsEarly: Promise<never> = new Promise(() => {});

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  tell(line: string): void {
    this.#write(`${inSeconds(this.#startedAt).padStart(7)}  ${line}\n`);
  }

  /** From now on this ending makes the step under way fail, and each that follows. */
  followApp(ended: Promise<{ code: number | null; signal: string | null }>): void {
    this.#endsEarly = ended.then(({ code, signal }) => {
      throw new Error(`the app ended by itself (${signal ?? `exit code ${String(code)}`})`);
    });
    // Outside of a step it may end.
    this.#endsEarly.catch(() => undefined);
  }

  /** The app is about to be ended on purpose. */
  releaseApp(): void {
    this.#endsEarly = new Promise(() => {});
  }

  /** Runs a step; a failure becomes a {@link StepFailure}. */
  async step<T>(expected: string, run: () => Promise<T>): Promise<T> {
    try {
      return await Promise.race([run(), this.#endsEarly]);
    } catch (error) {
      throw new StepFailure(expected, await this.#rootOf(error));
    }
  }

  /** A connection to the app that broke is told sooner than the app's end that broke it. */
  async #rootOf(failure: unknown): Promise<unknown> {
    const limit = delay(rootWaitMs, failure, { ref: false });
    return await Promise.race([limit, this.#endsEarly]).catch((ending: unknown) => ending);
  }
}

/** "1.2 s" since a `performance.now()`. */
export function inSeconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}

/**
 * "4 ms" between two readings of `performance.now()`; below one, to a tenth. Throws where the second isn't later: it
 * then isn't what came of the first.
 */
export function inMilliseconds(from: number, to: number): string {
  const ms = to - from;
  if (!(ms > 0)) throw new Error(`no time that was measured: from ${from} to ${to} ms`);
  return `${ms < 1 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}
