import type { VaultState } from '../../shared/snapshot.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Keyring } from './keyring.ts';
import { isKeyrings, KeyringFailure, keyringFailure } from './keyring-failure.ts';
import { explainedBy, whatFollows } from './keyring-condition.ts';
import { tryKeyring } from './keyring-tries.ts';
import type { KeyringCondition, SecretStore } from './secret-store.ts';

/**
 * Longest wait for the keyring, ms. It is busy that long only while it asks the person to unlock it, and its calls
 * can't be taken back: the call goes on, and when it ends the state tells.
 */
export const keyringLimitMs = 30_000;

/**
 * While the keyring is known not to work, background work tries it again this often at most, ms, all accounts
 * together: each try may raise the very dialog that the person has just dismissed.
 */
export const keyringPauseMs = 300_000;

/** `person`: somebody waits for it and would be glad of a dialog. `background`: nobody asked. */
export type Urgency = 'person' | 'background';

/**
 * What is done with the keyring; run anew where it failed for an instant. Once `isGivenUp` answers true its caller has
 * been told that it failed: it then changes nothing any more.
 */
export type KeyringOperation<T> = (keyring: Keyring, isGivenUp: () => boolean) => Promise<T>;

/** Guards the one way to the keyring: knows whether it can be used, and lets one operation at a time through. */
export interface KeyringGate {
  state(): VaultState;
  onChange(listener: (state: VaultState) => void): () => void;
  /** Tries the keyring now, unless session-only, and answers the state; never rejects. Calls at once share one try. */
  probe(): Promise<VaultState>;
  /** From now on the keyring isn't used. */
  useSessionOnly(): void;
  /**
   * Tries the keyring now, in session-only mode too, which ends only when that succeeds. Answers what the try found:
   * `unavailable` also where the state stays session-only. Never rejects.
   */
  retry(): Promise<VaultState>;
  /**
   * Runs `operation` alone, after a probe unless the keyring was fine the last time. Rejects with a
   * {@link KeyringFailure}: at once, and without touching the keyring, in the background when it failed less than
   * {@link keyringPauseMs} ago, or says itself that it is locked or not there. In session-only mode too, but then
   * without a trace in the state.
   */
  run<T>(operation: KeyringOperation<T>, urgency: Urgency): Promise<T>;
  /**
   * Whether a call of the keyring is still under way. It can't be taken back, and until it ends the process can't
   * either: exit() waits for the threads of Node's pool (measured in Node 24 and Electron 33).
   */
  isBusy(): boolean;
  /** Gives up whatever is under way; its timers are gone. */
  dispose(): void;
}

export interface KeyringGateOptions {
  readonly openKeyring: () => Promise<Keyring>;
  readonly sessionOnly: boolean;
  /** What the keyring says of itself, where it can be asked. */
  readonly store?: Pick<SecretStore, 'look' | 'onChange'> | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createKeyringGate(options: KeyringGateOptions): KeyringGate {
  const { openKeyring, sessionOnly, store, clock, log } = options;
  const listeners = new Set<(state: VaultState) => void>();
  const givingUp = new Set<(detail: string) => void>();
  let state: VaultState = sessionOnly ? { kind: 'session-only' } : { kind: 'unknown' };
  let keyring: Keyring | null = null;
  // keytar holds a thread of Node's pool of four for each call: more than one that waits for the person would
  // starve files and DNS.
  let tail: Promise<void> = Promise.resolve();
  let probing: { readonly choice: number; readonly found: Promise<VaultState> } | null = null;
  let failedAt = 0;
  let isBusy = false;
  let wasReady = false;
  /** What the keyring said of itself last. */
  let heard: KeyringCondition = 'unknown';
  /** Counts how often session-only was chosen, so that an older probe can't undo it. */
  let choices = 0;

  function setState(next: VaultState): void {
    wasReady ||= next.kind === 'ready';
    const isSame = state.kind === next.kind && codeOf(state) === codeOf(next);
    state = next;
    if (isSame) return;
    log.info('token vault', { state: next.kind, code: codeOf(next) });
    for (const listener of listeners) listener(next);
  }

  function setUnavailable({ info }: KeyringFailure): void {
    failedAt = clock.now();
    if (state.kind !== 'session-only') setState({ kind: 'unavailable', error: info });
  }

  /** The library's errors are only texts: the keyring itself is asked what is wrong. */
  async function failureOf(error: unknown): Promise<KeyringFailure> {
    const failure = keyringFailure(error, clock.now());
    if (!isKeyrings(failure)) return failure;
    const condition = (await store?.look()) ?? 'unknown';
    return explainedBy(failure, condition, wasReady);
  }

  function hear(condition: KeyringCondition): void {
    heard = condition;
    const next = whatFollows(state, condition, { wasReady, now: clock.now() });
    if (next === 'look') void sharedLook();
    else if (next !== null) setState(next);
  }

  /** A clock that was set back must not make the pause longer. */
  function isPausing(): boolean {
    const passedMs = clock.now() - failedAt;
    return passedMs >= 0 && passedMs < keyringPauseMs;
  }

  /**
   * Runs `operation` when its turn comes. Given up after {@link keyringLimitMs}, it never begins, or `onLateEnd`
   * hears how it ended after all.
   */
  function attempt<T>(operation: KeyringOperation<T>, onLateEnd: (succeeded: boolean) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      let isGivenUp = false;
      let endPause = (): void => {};
      const giveUp = (detail: string): void => {
        isGivenUp = true;
        givingUp.delete(giveUp);
        cancel();
        endPause();
        reject(new KeyringFailure({ code: 'keyring-locked', at: clock.now(), detail }));
      };
      const cancel = clock.setTimer(keyringLimitMs, () => {
        giveUp(`the keyring didn't answer within ${keyringLimitMs / 1_000} s`);
      });
      givingUp.add(giveUp);
      const pause = (ms: number): Promise<void> =>
        new Promise((resume) => {
          const cancelPause = clock.setTimer(ms, resume);
          endPause = (): void => {
            cancelPause();
            resume();
          };
        });

      const turn = async (): Promise<void> => {
        if (isGivenUp) return;
        isBusy = true;
        try {
          const opened = (keyring ??= await openKeyring());
          const result = await tryKeyring(() => operation(opened, () => isGivenUp), {
            failureOf: (error) => keyringFailure(error, clock.now()),
            isSaidToBeReady: async () => (await store?.look()) === 'ready',
            isGivenUp: () => isGivenUp,
            pause,
          });
          if (isGivenUp) onLateEnd(true);
          resolve(result);
        } catch (error) {
          if (isGivenUp) onLateEnd(false);
          reject(error instanceof Error ? error : new Error(String(error)));
        } finally {
          isBusy = false;
          givingUp.delete(giveUp);
          cancel();
        }
      };
      tail = tail.then(turn);
    });
  }

  async function look(choice: number): Promise<VaultState> {
    const onSuccess = (): void => {
      if (choice === choices) setState({ kind: 'ready' });
    };
    try {
      await attempt(
        (opened) => opened.verify(),
        (succeeded) => {
          if (succeeded) onSuccess();
          else failedAt = clock.now();
        },
      );
      onSuccess();
      return state;
    } catch (error) {
      const failure = await failureOf(error);
      if (choice !== choices) return state;
      setUnavailable(failure);
      return { kind: 'unavailable', error: failure.info };
    }
  }

  function sharedLook(): Promise<VaultState> {
    if (probing?.choice === choices) return probing.found;
    const found = look(choices).finally(() => {
      if (probing?.found === found) probing = null;
    });
    probing = { choice: choices, found };
    return found;
  }

  /** What nobody asked for raises no dialog that was just dismissed, nor one over a keyring that was locked on purpose. */
  function refuseInVain(): void {
    if (state.kind === 'locked') {
      setUnavailable(new KeyringFailure({ code: 'keyring-locked', at: clock.now() }));
    }
    if (state.kind !== 'unavailable') return;
    if (heard === 'locked' || heard === 'absent' || isPausing()) throw new KeyringFailure(state.error);
  }

  const stopHearing = store?.onChange(hear);

  return {
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    probe: () => (state.kind === 'session-only' ? Promise.resolve(state) : sharedLook()),
    useSessionOnly() {
      choices += 1;
      setState({ kind: 'session-only' });
    },
    retry: sharedLook,
    async run(operation, urgency) {
      if (urgency === 'background') refuseInVain();
      if (state.kind !== 'ready' && state.kind !== 'session-only') {
        const found = await sharedLook();
        if (found.kind === 'unavailable') throw new KeyringFailure(found.error);
      }
      try {
        return await attempt(operation, (succeeded) => {
          if (succeeded && state.kind === 'unavailable') setState({ kind: 'ready' });
        });
      } catch (error) {
        const failure = await failureOf(error);
        if (isKeyrings(failure)) setUnavailable(failure);
        throw failure;
      }
    },
    isBusy: () => isBusy,
    dispose() {
      stopHearing?.();
      for (const giveUp of givingUp) giveUp('Tidings was closed');
    },
  };
}

function codeOf(state: VaultState): string | null {
  return state.kind === 'unavailable' ? state.error.code : null;
}
