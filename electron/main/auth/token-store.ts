import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { KeyringGate } from './keyring-gate.ts';
import { keyringFailure } from './keyring-failure.ts';
import { isMsalCache } from './token-blob.ts';
import { TokenItem } from './token-item.ts';
import type { TokenRef } from './token-ref.ts';
import { createTokenSaver } from './token-saver.ts';
import type { VaultNotice } from './vault-notice.ts';

/** Longest that a token waits for its save, ms. After that it is handed out and the save goes on. */
const saveWaitMs = 5_000;

/** Longest that quitting waits for saves, ms. */
export const flushLimitMs = 2_000;

/** Every account's MSAL cache, in memory and, unless session-only, in the keyring. */
export interface TokenStore {
  /** The account's cache, or why there is none. Rejects with a {@link KeyringFailure} when that can't be known. */
  read(ref: TokenRef): Promise<TokenRead>;
  /** Whether nothing is kept from one run to the next. */
  isSessionOnly(): boolean;
  /** The account's cache as in memory now; null when there is none. */
  peek(ref: TokenRef): string | null;
  /**
   * Keeps the cache (MSAL's JSON) of a finished sign-in. A failed save leaves it in memory and is tried again later.
   * Rejects only for a text that isn't MSAL's.
   */
  write(ref: TokenRef, cache: string): Promise<void>;
  /** The same for a renewal: does nothing when the account has been removed meanwhile. */
  update(ref: TokenRef, cache: string): Promise<void>;
  /**
   * Resolves when nothing of the account's tokens is left. Rejects with a {@link KeyringFailure}; everything is then
   * as it was. In session-only mode it never rejects: see `deletion-waits`.
   */
  remove(ref: TokenRef): Promise<void>;
  /** Forgets tokens that are of no use to anybody, in the keyring as soon as it can be written. Never rejects. */
  discard(ref: TokenRef): Promise<void>;
  /**
   * For quitting: lets saves end and tries failed ones again, {@link flushLimitMs} at the most. Asks nothing of a
   * keyring that isn't ready, since that could raise a dialog. Never rejects.
   */
  flush(): Promise<void>;
  dispose(): void;
}

export type TokenRead =
  | { readonly kind: 'present'; readonly cache: string }
  | { readonly kind: 'absent'; readonly isDamaged: boolean };

export interface TokenStoreOptions {
  readonly gate: KeyringGate;
  /** Whether accounts are remembered whose tokens should be in the item. */
  readonly expectsAccounts: (itemName: string) => boolean;
  readonly onNotice: (notice: VaultNotice) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createTokenStore({ gate, expectsAccounts, onNotice, clock, log }: TokenStoreOptions): TokenStore {
  const items = new Map<string, TokenItem>();
  const saver = createTokenSaver({ gate, items: () => items.values(), onNotice, clock, log });

  function itemOf({ item: name }: TokenRef): TokenItem {
    const item = items.get(name) ?? createItem(name);
    items.set(name, item);
    return item;
  }

  function createItem(name: string): TokenItem {
    return new TokenItem({
      name,
      expectsAccounts: () => expectsAccounts(name),
      onSetAside(keptAs, isInMemory) {
        log.error('token cache damaged', { keptAs, isInMemory });
        if (isInMemory) return;
        onNotice({ kind: 'cache-set-aside', keptAs, error: { code: 'token-cache-damaged', at: clock.now() } });
      },
    });
  }

  function isSessionOnly(): boolean {
    return gate.state().kind === 'session-only';
  }

  async function saveSoon(item: TokenItem): Promise<void> {
    if (!isSessionOnly()) await atMost(saveWaitMs, saver.save(item));
  }

  async function keep(item: TokenItem, partition: string, cache: string): Promise<void> {
    if (!isMsalCache(cache)) throw new Error('not a cache of MSAL');
    item.set(partition, cache);
    await saveSoon(item);
  }

  /** The account goes even where no keyring can be had; what an earlier time left in it is deleted if it's in reach. */
  async function removeInSession(item: TokenItem, partition: string): Promise<void> {
    item.forget(partition);
    try {
      await gate.run((keyring) => item.removeFromKeyring(partition, keyring), 'person');
    } catch (error) {
      saver.sayDeletionWaits(item, keyringFailure(error, clock.now()));
    }
  }

  function atMost(limitMs: number, running: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.setTimer(limitMs, resolve);
      void running.then(resolve).finally(cancel);
    });
  }

  return {
    async read(ref) {
      const item = itemOf(ref);
      if (item.get(ref.partition) === null && !item.isLoaded && !isSessionOnly()) {
        await gate.run((keyring) => item.load(keyring), 'background');
      }
      const cache = item.get(ref.partition);
      return cache === null ? { kind: 'absent', isDamaged: item.isDamaged } : { kind: 'present', cache };
    },
    isSessionOnly,
    peek: (ref) => itemOf(ref).get(ref.partition),
    write: (ref, cache) => keep(itemOf(ref), ref.partition, cache),
    async update(ref, cache) {
      const item = itemOf(ref);
      if (item.get(ref.partition) !== null) await keep(item, ref.partition, cache);
    },
    async remove(ref) {
      const item = itemOf(ref);
      if (isSessionOnly()) {
        await removeInSession(item, ref.partition);
        return;
      }
      try {
        await gate.run((...access) => item.remove(ref.partition, ...access), 'person');
      } catch (error) {
        // Half a removal is made good at once where that raises no dialog.
        if (item.isUnsaved && gate.state().kind === 'ready') void saver.save(item);
        throw error;
      }
    },
    async discard(ref) {
      const item = itemOf(ref);
      item.forget(ref.partition);
      await saveSoon(item);
    },
    async flush() {
      if (gate.state().kind === 'ready') await atMost(flushLimitMs, saver.settle());
    },
    dispose() {
      saver.dispose();
    },
  };
}
