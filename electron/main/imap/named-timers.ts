import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** Every timer of a watcher, its sessions and their connections: docs/architecture.md says of each what it is for. */
export const timerNames = [
  'renewal',
  'recount',
  'probe',
  'idle-refused',
  'hurry',
  'retry',
  'reconnect',
  'login-turn',
  'open',
  'look',
  'logout',
] as const;
export type TimerName = (typeof timerNames)[number];

/** Timers by name, each at most once; the name is in the log when its time comes. */
export class NamedTimers {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #cancels = new Map<TimerName, () => void>();

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  has(name: TimerName): boolean {
    return this.#cancels.has(name);
  }

  /** Runs `run` after `delayMs`, in place of an earlier timer of that name. */
  set(name: TimerName, delayMs: number, run: () => void): void {
    this.#cancels.get(name)?.();
    const cancel = this.#clock.setTimer(delayMs, () => {
      this.#cancels.delete(name);
      this.#log.debug('Timer', { name });
      run();
    });
    this.#cancels.set(name, cancel);
  }

  /** Stops one; nothing happens where there is none. */
  clear(name: TimerName): void {
    this.#cancels.get(name)?.();
    this.#cancels.delete(name);
  }

  /** Stops all. */
  dispose(): void {
    for (const cancel of this.#cancels.values()) {
      cancel();
    }
    this.#cancels.clear();
  }
}
