import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Clock } from './clock.ts';

/** Longer than an examination with all around it takes, ms: a marker that is older was left behind by a crash. */
export const markerLimitMs = 150_000;
/** Between two looks, ms. */
const lookEveryMs = 250;

export interface DoctorMarkerDeps {
  /** Absolute: in the data folder, beside the instances' lock. */
  readonly file: string;
  readonly isAlive: (pid: number) => boolean;
  readonly clock: Clock;
}

/**
 * Whether a `tidings --doctor` examines by itself at this moment. It has the instances' lock, but no ear for it yet:
 * Chromium takes a holder that doesn't answer within 20 s for dead and kills it (process_singleton, on every system),
 * which might be in the middle of saving a token. So whoever is about to ask for the lock looks here first.
 */
export function isDoctorAtWork({ file, isAlive, clock }: DoctorMarkerDeps): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    const age = clock.now() - statSync(file).mtimeMs;
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid && Math.abs(age) < markerLimitMs && isAlive(pid);
  } catch {
    // No such file, or none that can be read: then nobody waits for it either.
    return false;
  }
}

/** Resolves when no doctor is at work, {@link markerLimitMs} later at the latest, or when the signal says so. */
export async function untilNoDoctor(deps: DoctorMarkerDeps, signal?: AbortSignal): Promise<void> {
  const { clock } = deps;
  const isToWait = (): boolean => isDoctorAtWork(deps) && signal?.aborted !== true;
  while (isToWait()) {
    await new Promise<void>((resolve) => {
      clock.setTimer(lookEveryMs, resolve);
    });
  }
}

/**
 * Says that this process is about to ask for the lock as the doctor, after waiting for another one that is. Resolves
 * with what takes the marker away again. Where the folder can't be written there is nothing to be doctored either.
 */
export async function markDoctor(deps: DoctorMarkerDeps, signal: AbortSignal): Promise<() => void> {
  while (!signal.aborted) {
    await untilNoDoctor(deps, signal);
    try {
      // Of two at once, the second waits for the first.
      writeFileSync(deps.file, `${process.pid}`, { flag: 'wx', mode: 0o600 });
      return () => {
        rmSync(deps.file, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) break;
      if (!isDoctorAtWork(deps)) rmSync(deps.file, { force: true });
    }
  }
  return () => {};
}
