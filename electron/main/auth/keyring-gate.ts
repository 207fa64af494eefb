import type { VaultState } from '../../shared/snapshot.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Keyring } from './keyring.ts';
import { KeyringFailure, keyringFailure } from './keyring-failure.ts';

/**
 * Longest wait for the keyring, ms. It is busy that long only while it asks the person to unlock it, and its calls
 * can't be taken back: the call goes on, and when it ends the state tells.
 */
export const keyringLimitMs = 30_000;

/** Guards the one way to the keyring: knows whether it can be used, and lets one operation at a time through. */
export interface KeyringGate {
  state(): VaultState;
  onChange(listener: (state: VaultState) => void): () => void;
  /** Tries the keyring with a probe item and answers the new state; never rejects. Calls at once share one probe. */
  probe(): Promise<VaultState>;
  /** From now on the keyring isn't used. */
  useSessionOnly(): void;
  /** Takes {@link useSessionOnly} back; the state is `unknown` until the next probe. */
  useKeyring(): void;
  /**
   * Runs `operation` alone, after a probe unless the keyring was fine the last time. Rejects with a
   * {@link KeyringFailure}. In session-only mode too, but then without a trace in the state.
   */
  run<T>(operation: (keyring: Keyring) => Promise<T>): Promise<T>;
}

export interface KeyringGateOptions {
  readonly openKeyring: () => Promise<Keyring>;
  readonly sessionOnly: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createKeyringGate({ openKeyring, sessionOnly, clock, log }: KeyringGateOptions): KeyringGate {
  const listeners = new Set<(state: VaultState) => void>();
  let state: VaultState = sessionOnly ? { kind: 'session-only' } : { kind: 'unknown' };
  let keyring: Keyring | null = null;
  // keytar holds a thread of Node's pool of four for each call: more than one that waits for the person would
  // starve files and DNS.
  let tail: Promise<unknown> = Promise.resolve();
  let probing: Promise<VaultState> | null = null;

  function setState(next: VaultState): void {
    const isSame = state.kind === next.kind && codeOf(state) === codeOf(next);
    state = next;
    if (isSame) return;
    log.info('token vault', { state: next.kind, code: codeOf(next) });
    for (const listener of listeners) listener(next);
  }

  /** `unavailable` after a failure of the keyring itself; a full disk leaves it as usable as it was. */
  function note(failure: KeyringFailure): void {
    const isKeyrings = failure.info.code === 'keyring-unavailable' || failure.info.code === 'keyring-locked';
    if (state.kind !== 'session-only' && isKeyrings) setState({ kind: 'unavailable', error: failure.info });
  }

  function alone<T>(operation: () => Promise<T>): Promise<T> {
    const result = tail.then(operation);
    tail = result.catch(() => undefined);
    return result;
  }

  function withLimit<T>(running: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = clock.setTimer(keyringLimitMs, () => {
        const detail = `the keyring didn't answer within ${keyringLimitMs / 1_000} s`;
        reject(new KeyringFailure({ code: 'keyring-locked', at: clock.now(), detail }));
      });
      void running.then(resolve, reject).finally(cancel);
    });
  }

  async function verify(): Promise<Keyring> {
    keyring ??= await openKeyring();
    await keyring.verify();
    return keyring;
  }

  async function probe(): Promise<VaultState> {
    if (state.kind === 'session-only') return state;
    const verified = alone(verify).then(
      () => {
        if (state.kind !== 'session-only') setState({ kind: 'ready' });
      },
      (error: unknown) => {
        const failure = keyringFailure(error, clock.now());
        if (state.kind !== 'session-only') setState({ kind: 'unavailable', error: failure.info });
      },
    );
    await withLimit(verified).catch(noteFailure);
    return state;
  }

  function noteFailure(error: unknown): void {
    note(keyringFailure(error, clock.now()));
  }

  function sharedProbe(): Promise<VaultState> {
    probing ??= probe().finally(() => {
      probing = null;
    });
    return probing;
  }

  return {
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    probe: sharedProbe,
    useSessionOnly() {
      setState({ kind: 'session-only' });
    },
    useKeyring() {
      if (state.kind === 'session-only') setState({ kind: 'unknown' });
    },
    async run(operation) {
      if (state.kind !== 'ready' && state.kind !== 'session-only') {
        const probed = await sharedProbe();
        if (probed.kind === 'unavailable') throw new KeyringFailure({ ...probed.error, at: clock.now() });
      }
      try {
        return await withLimit(alone(async () => operation(keyring ?? (await verify()))));
      } catch (error) {
        const failure = keyringFailure(error, clock.now());
        note(failure);
        throw failure;
      }
    },
  };
}

function codeOf(state: VaultState): string | null {
  return state.kind === 'unavailable' ? state.error.code : null;
}
