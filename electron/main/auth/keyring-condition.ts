import type { VaultState } from '../../shared/snapshot.ts';
import { KeyringFailure } from './keyring-failure.ts';
import type { KeyringCondition } from './secret-store.ts';

/** What the gate knows besides. */
export interface KeyringPast {
  /** Whether the keyring worked in this run. */
  readonly wasReady: boolean;
  /** ms since the epoch. */
  readonly now: number;
}

/**
 * What the keyring's own word changes: another state, a `look` by writing to it, or nothing (null).
 *
 * A keyring in use that gets locked is no alarm: everything is saved. One that opens is tried only where it was missed.
 * Who chose session-only, or hasn't needed the keyring yet, isn't told of it.
 */
export function whatFollows(
  state: VaultState,
  condition: KeyringCondition,
  past: KeyringPast,
): VaultState | 'look' | null {
  if (state.kind === 'session-only' || state.kind === 'unknown') return null;
  switch (condition) {
    case 'ready':
      return state.kind === 'ready' ? null : 'look';
    case 'locked':
      if (state.kind === 'ready') return { kind: 'locked' };
      return state.kind === 'locked' ? null : { kind: 'unavailable', error: { code: 'keyring-locked', at: past.now } };
    case 'absent': {
      const code = past.wasReady ? 'keyring-lost' : 'keyring-unavailable';
      return { kind: 'unavailable', error: { code, at: past.now } };
    }
    case 'unknown':
      return null;
  }
}

/**
 * A failed call in the light of what the keyring says itself. One that worked in this run and isn't there now has
 * stopped: the person has other things to do about it than about one that never was.
 */
export function explainedBy(failure: KeyringFailure, condition: KeyringCondition, wasReady: boolean): KeyringFailure {
  const { info } = failure;
  const byItself = { locked: 'keyring-locked', absent: 'keyring-unavailable', ready: null, unknown: null } as const;
  const code = byItself[condition] ?? info.code;
  const told = wasReady && code === 'keyring-unavailable' ? 'keyring-lost' : code;
  return told === info.code ? failure : new KeyringFailure({ ...info, code: told }, { cause: failure.cause });
}
