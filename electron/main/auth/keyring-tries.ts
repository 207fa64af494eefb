import type { KeyringFailure } from './keyring-failure.ts';
import { isKeyrings } from './keyring-failure.ts';

/**
 * Pauses before an operation is tried again, ms. A gnome-keyring that was unlocked this very moment can fail for an
 * instant, or lose what it has just taken ("No such interface … on object", measured: 3 of 80 unlockings, machine busy).
 */
export const keyringTryPausesMs: readonly number[] = [250, 1_000, 4_000];

export interface KeyringTries {
  /** As {@link keyringFailure}. */
  readonly failureOf: (error: unknown) => KeyringFailure;
  /** Whether the keyring itself says that it can be used. */
  readonly isSaidToBeReady: () => Promise<boolean>;
  /** Whether nobody waits for the operation any more. */
  readonly isGivenUp: () => boolean;
  /** Resolves after that many ms, or as soon as the operation is given up. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Runs `operation` again where it failed at a keyring that can be used by its own word. Rejects with its last error. */
export async function tryKeyring<T>(
  operation: () => Promise<T>,
  tries: KeyringTries,
  pausesMs = keyringTryPausesMs,
): Promise<T> {
  const [pauseMs, ...later] = pausesMs;
  try {
    return await operation();
  } catch (error) {
    const isPassing =
      pauseMs !== undefined &&
      isKeyrings(tries.failureOf(error)) &&
      !tries.isGivenUp() &&
      (await tries.isSaidToBeReady());
    if (!isPassing) throw error;
    await tries.pause(pauseMs);
    if (tries.isGivenUp()) throw error;
  }
  return tryKeyring(operation, tries, later);
}
