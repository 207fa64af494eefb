import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** How often (ms) the clocks are looked at for a sleep that nobody announced. */
export const lookMs = 30_000;
/** What a busy machine, or a correction of the wall clock, may put between two looks (ms). */
export const toleranceMs = 10_000;
/** Running this long (ms) after a sleep was announced means that there is none; systemd-logind waits 5 s by default. */
export const stayedAwakeMs = 60_000;

/** A wake is told when nothing has spoken against it for this long (ms): announcements come twice, and late. */
export const settleMs = 100;

/** Both clocks at one moment, ms. */
export interface ClockReading {
  readonly wall: number;
  readonly monotonic: number;
}

/**
 * How long (ms) the process was away between two readings of which the second was due by `dueMs` after the first;
 * 0 within {@link toleranceMs}. While the machine sleeps the wall clock moves on and the monotonic one doesn't; while
 * only the process is stopped (SIGSTOP, a frozen container) both do, and the reading comes late. A clock that is set
 * forward by hand looks like a sleep; one that is set back is none.
 */
export function awayMs(earlier: ClockReading, later: ClockReading, dueMs: number): number {
  const ran = later.monotonic - earlier.monotonic;
  const slept = Math.max(0, later.wall - earlier.wall - ran);
  const stopped = Math.max(0, ran - dueMs);
  const away = slept + stopped;
  return away > toleranceMs ? away : 0;
}

/** What is needed of Electron's `powerMonitor`. */
export interface PowerEvents {
  on(event: 'suspend', listener: () => void): unknown;
  on(event: 'resume', listener: () => void): unknown;
  off(event: 'suspend', listener: () => void): unknown;
  off(event: 'resume', listener: () => void): unknown;
}

export interface PowerOptions {
  readonly events: PowerEvents;
  /**
   * The machine is about to sleep. On Linux it waits only until this has returned (measured with Electron 33 at
   * login1: its lock is given back within 10 ms), and not for what it has begun.
   */
  readonly onSuspend: () => void;
  /**
   * The machine, or this process, is back after `sleptMs` by the wall clock. Follows each `onSuspend`, also when no
   * sleep came of it; comes without one after a sleep that nobody announced, whose length is then known to 30 s.
   */
  readonly onResume: (sleptMs: number) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Power {
  dispose(): void;
}

type State =
  | { readonly kind: 'awake' }
  /** `sleptMs`: what had passed already at `since`. */
  | { readonly kind: 'asleep'; readonly since: ClockReading; readonly sleptMs: number }
  /** Back, and not told yet. */
  | { readonly kind: 'waking'; readonly sleptMs: number; readonly wasTold: boolean; readonly cancel: () => void };

/**
 * Tells of each sleep once, whoever notices it first: the system's announcements (Electron 33 gives each twice on
 * Linux, a short sleep's as `suspend resume suspend resume`) or a look at the clocks, which also finds sleeps that were
 * never announced or whose end wasn't.
 */
export function followPower({ events, onSuspend, onResume, clock, log }: PowerOptions): Power {
  const read = (): ClockReading => ({ wall: clock.now(), monotonic: clock.monotonic() });
  let state: State = { kind: 'awake' };
  let last = read();
  let cancelLook: () => void = () => {};

  /** How long the process was away since the last look; looks again in a while. */
  const takeAway = (): number => {
    const now = read();
    const away = awayMs(last, now, lookMs);
    last = now;
    cancelLook();
    cancelLook = clock.setTimer(lookMs, look);
    return away;
  };
  /** @param wasTold whether `onSuspend` was called for this sleep */
  const wake = (sleptMs: number, wasTold: boolean, noticedBy: 'clock' | 'system'): void => {
    const cancel = clock.setTimer(settleMs, () => {
      state = { kind: 'awake' };
      log.info('Awake again', { sleptMs: Math.round(sleptMs), noticedBy });
      onResume(sleptMs);
    });
    state = { kind: 'waking', sleptMs, wasTold, cancel };
  };
  /** @param isOver whether the system says so */
  const noticed = (away: number, isOver: boolean): void => {
    const noticedBy = isOver ? 'system' : 'clock';
    switch (state.kind) {
      case 'awake':
        if (away > 0) wake(away, false, noticedBy);
        break;
      case 'asleep':
        if (isOver || away > 0 || last.monotonic - state.since.monotonic >= stayedAwakeMs) {
          wake(state.sleptMs + Math.max(0, last.wall - state.since.wall), true, noticedBy);
        }
        break;
      case 'waking':
        break;
    }
  };

  function look(): void {
    noticed(takeAway(), false);
  }
  const resumed = (): void => {
    noticed(takeAway(), true);
  };
  const suspended = (): void => {
    // A machine may be asleep before this process is told, and tell it when it is back.
    const away = takeAway();
    if (state.kind === 'asleep') return;
    const wasTold = state.kind === 'waking' && state.wasTold;
    const sleptMs = state.kind === 'waking' ? state.sleptMs : 0;
    if (state.kind === 'waking') state.cancel();
    state = { kind: 'asleep', since: last, sleptMs: sleptMs + away };
    if (wasTold) return;
    log.info('The machine goes to sleep');
    onSuspend();
  };

  takeAway();
  events.on('suspend', suspended);
  events.on('resume', resumed);
  return {
    dispose() {
      events.off('suspend', suspended);
      events.off('resume', resumed);
      cancelLook();
      if (state.kind === 'waking') state.cancel();
    },
  };
}
