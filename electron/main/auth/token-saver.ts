import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { KeyringGate } from './keyring-gate.ts';
import { type KeyringFailure, keyringFailure } from './keyring-failure.ts';
import type { TokenItem } from './token-item.ts';
import type { VaultNotice } from './vault-notice.ts';

/** Brings what memory has into the keyring, and tells the person once when that fails. */
export interface TokenSaver {
  /** Saves that wait for their turn are one. Resolves when it has ended, either way. */
  save(item: TokenItem): Promise<void>;
  /** Resolves when the saves under way have ended and each failed one was tried once more. */
  settle(): Promise<void>;
  /** What the keyring keeps of a removed account has to wait: it is deleted with the item's next save. */
  sayDeletionWaits(item: TokenItem, failure: KeyringFailure): void;
  dispose(): void;
}

export interface TokenSaverOptions {
  readonly gate: KeyringGate;
  readonly items: () => Iterable<TokenItem>;
  readonly onNotice: (notice: VaultNotice) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Also saves by itself whatever is unsaved when the keyring becomes ready. */
export function createTokenSaver({ gate, items, onNotice, clock, log }: TokenSaverOptions): TokenSaver {
  const queued = new Map<TokenItem, Promise<void>>();
  const last = new Map<TokenItem, Promise<void>>();
  const deletionWaits = new Set<TokenItem>();
  let saveFailureSaid = false;

  function save(item: TokenItem): Promise<void> {
    const waiting = queued.get(item);
    if (waiting !== undefined) return waiting;
    const saving = gate
      .run(async (keyring) => {
        queued.delete(item);
        // The person may have chosen so while this waited.
        if (gate.state().kind === 'session-only') return;
        await item.store(keyring);
        sayDone(item);
      }, 'background')
      .catch((error: unknown) => {
        queued.delete(item);
        item.isUnsaved = true;
        saySaveFailed(keyringFailure(error, clock.now()));
      });
    queued.set(item, saving);
    last.set(item, saving);
    return saving;
  }

  function saySaveFailed({ info }: KeyringFailure): void {
    log.error('tokens not saved', { code: info.code, detail: info.detail });
    if (saveFailureSaid) return;
    saveFailureSaid = true;
    onNotice({ kind: 'save-failed', error: info });
  }

  function sayDone(item: TokenItem): void {
    if (deletionWaits.delete(item) && deletionWaits.size === 0) onNotice({ kind: 'deletion-done' });
    if (!saveFailureSaid || [...items()].some(({ isUnsaved }) => isUnsaved)) return;
    saveFailureSaid = false;
    onNotice({ kind: 'save-recovered' });
  }

  async function saveUnsaved(): Promise<void> {
    await Promise.all([...items()].filter(({ isUnsaved }) => isUnsaved).map(save));
  }

  const stopListening = gate.onChange(({ kind }) => {
    if (kind === 'ready') void saveUnsaved();
  });

  return {
    save,
    async settle() {
      await Promise.all(last.values());
      await saveUnsaved();
    },
    sayDeletionWaits(item, { info }) {
      log.warn('removed tokens may still be in the keyring', { code: info.code, detail: info.detail });
      // A keyring that isn't there may never have had any.
      if (info.code === 'keyring-unavailable') return;
      if (deletionWaits.size === 0) onNotice({ kind: 'deletion-waits', error: info });
      deletionWaits.add(item);
    },
    dispose: stopListening,
  };
}
