import type { Clock } from './clock.ts';
import type { Logger } from './log.ts';

/** The same reason is written this many times in a {@link refusalWindowMs}, then counted only. */
export const refusalsPerWindow = 5;
/** ms. */
export const refusalWindowMs = 60_000;
const maxReasons = 200;

/** Writes a refusal with its own reason; facts are those of {@link Logger}. */
export type RefusalLog = (reason: string, facts?: Readonly<Record<string, unknown>>) => void;

interface Window {
  startedAt: number;
  count: number;
}

/**
 * Tells each refusal apart without letting a page that repeats itself fill the disk: when a reason comes back after
 * its window, the line says how many went unwritten.
 */
export function createRefusalLog(message: string, log: Logger, clock: Pick<Clock, 'now'>): RefusalLog {
  const windows = new Map<string, Window>();
  return (reason, facts) => {
    const now = clock.now();
    const window = windows.get(reason);
    if (window !== undefined && now - window.startedAt < refusalWindowMs) {
      window.count += 1;
      if (window.count <= refusalsPerWindow) log.warn(message, { ...facts, reason });
      return;
    }
    const unwritten = window === undefined ? 0 : Math.max(0, window.count - refusalsPerWindow);
    // Reasons are a closed set in the callers; the limit only guards against one that isn't.
    if (window === undefined && windows.size >= maxReasons) windows.clear();
    windows.set(reason, { startedAt: now, count: 1 });
    log.warn(message, unwritten === 0 ? { ...facts, reason } : { ...facts, reason, unwritten });
  };
}
