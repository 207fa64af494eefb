import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Keyring } from './keyring.ts';
import type { KeyringGate } from './keyring-gate.ts';
import { KeyringFailure, keyringFailure } from './keyring-failure.ts';
import { formatBlob, isMsalCache, parseBlob } from './token-blob.ts';
import type { TokenRef } from './token-ref.ts';

/** Longest that a token waits for its save, ms. After that it is handed out and the save goes on. */
const saveWaitMs = 5_000;

/** What the person should hear about the tokens' storage. */
export type VaultNotice =
  /** A damaged cache is kept under `keptAs`, still encrypted; its accounts must sign in again. */
  | { readonly kind: 'cache-set-aside'; readonly keptAs: string; readonly error: AppErrorInfo }
  /** Tokens are in memory only until a later save succeeds. Said once until then. */
  | { readonly kind: 'save-failed'; readonly error: AppErrorInfo }
  | { readonly kind: 'save-recovered' };

/** Every account's MSAL cache, in memory and, unless session-only, in the keyring. */
export interface TokenStore {
  /** The account's cache, or why there is none. Rejects with a {@link KeyringFailure} when that can't be known. */
  read(ref: TokenRef): Promise<TokenRead>;
  /** The account's cache as in memory now; null when there is none. */
  peek(ref: TokenRef): string | null;
  /** Keeps a cache (MSAL's JSON). Never rejects: a failed save leaves it in memory and is tried again later. */
  write(ref: TokenRef, cache: string): Promise<void>;
  /** Resolves when nothing of the account's tokens is left; rejects with a {@link KeyringFailure}. */
  remove(ref: TokenRef): Promise<void>;
  /** Tries once more to save what isn't; resolves when that has ended, either way. */
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

interface Item {
  readonly name: string;
  readonly partitions: Map<string, string>;
  /** Partitions removed before the item was loaded. */
  readonly removed: Set<string>;
  isLoaded: boolean;
  isDamaged: boolean;
  isUnsaved: boolean;
  queuedSave: Promise<void> | null;
}

export function createTokenStore({ gate, expectsAccounts, onNotice, clock, log }: TokenStoreOptions): TokenStore {
  const items = new Map<string, Item>();
  let saveFailureSaid = false;

  function itemOf({ item: name }: TokenRef): Item {
    let item = items.get(name);
    if (item === undefined) {
      item = {
        name,
        partitions: new Map(),
        removed: new Set(),
        isLoaded: false,
        isDamaged: false,
        isUnsaved: false,
        queuedSave: null,
      };
      items.set(name, item);
    }
    return item;
  }

  /** Brings what the keyring has into memory, once. What memory has already is newer. */
  async function load(item: Item, keyring: Keyring): Promise<void> {
    if (item.isLoaded) return;
    const secret = await keyring.item(item.name);
    let text: string | null = null;
    let isDamaged = false;
    try {
      text = await secret.load();
    } catch (error) {
      if (!(error instanceof KeyringFailure) || error.info.code !== 'token-cache-damaged') throw error;
      isDamaged = true;
    }
    // A locked keyring reads as empty (measured with libsecret). Only a write tells.
    if (text === null && !isDamaged && expectsAccounts(item.name)) await keyring.verify();

    const partitions = text === null ? new Map<string, string>() : parseBlob(text);
    if (partitions === null || isDamaged) {
      const keptAs = await secret.setAside(text);
      item.isDamaged = true;
      const error: AppErrorInfo = { code: 'token-cache-damaged', at: clock.now() };
      log.error('token cache damaged', { keptAs });
      onNotice({ kind: 'cache-set-aside', keptAs, error });
    }
    for (const [name, cache] of partitions ?? []) {
      if (!item.partitions.has(name) && !item.removed.has(name)) item.partitions.set(name, cache);
    }
    item.isLoaded = true;
  }

  /** Makes the keyring's item what memory says. */
  async function store(item: Item, keyring: Keyring): Promise<void> {
    await load(item, keyring);
    const secret = await keyring.item(item.name);
    item.isUnsaved = false;
    try {
      if (item.partitions.size > 0) {
        await secret.save(formatBlob(item.partitions));
        return;
      }
      // A locked keyring deletes nothing and says nothing.
      await keyring.verify();
      await secret.delete();
    } catch (error) {
      item.isUnsaved = true;
      throw error;
    }
  }

  /** Saves that wait for their turn are one. */
  function save(item: Item): Promise<void> {
    item.queuedSave ??= gate
      .run((keyring) => {
        item.queuedSave = null;
        return store(item, keyring);
      })
      .then(sayRecovered, (error: unknown) => {
        item.queuedSave = null;
        item.isUnsaved = true;
        saySaveFailed(keyringFailure(error, clock.now()));
      });
    return item.queuedSave;
  }

  function saySaveFailed({ info }: KeyringFailure): void {
    log.error('tokens not saved', { code: info.code, detail: info.detail });
    if (saveFailureSaid) return;
    saveFailureSaid = true;
    onNotice({ kind: 'save-failed', error: info });
  }

  function sayRecovered(): void {
    if (!saveFailureSaid || [...items.values()].some(({ isUnsaved }) => isUnsaved)) return;
    saveFailureSaid = false;
    onNotice({ kind: 'save-recovered' });
  }

  async function saveUnsaved(): Promise<void> {
    if (gate.state().kind === 'session-only') return;
    await Promise.all([...items.values()].filter(({ isUnsaved }) => isUnsaved).map(save));
  }

  /** Whoever chose session-only wants nothing in the keyring; an item of an earlier time is deleted if it's in reach. */
  async function clearForSessionOnly(item: Item): Promise<void> {
    try {
      await gate.run(async (keyring) => (await keyring.item(item.name)).delete());
    } catch (error) {
      log.warn('keyring not reached to delete tokens', { code: keyringFailure(error, clock.now()).info.code });
    }
  }

  function atMost(limitMs: number, running: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.setTimer(limitMs, resolve);
      void running.then(resolve).finally(cancel);
    });
  }

  const stopListening = gate.onChange(({ kind }) => {
    if (kind === 'ready') void saveUnsaved();
  });

  return {
    async read(ref) {
      const item = itemOf(ref);
      if (gate.state().kind !== 'session-only' && !item.isLoaded) await gate.run((keyring) => load(item, keyring));
      const cache = item.partitions.get(ref.partition);
      return cache === undefined ? { kind: 'absent', isDamaged: item.isDamaged } : { kind: 'present', cache };
    },
    peek: (ref) => items.get(ref.item)?.partitions.get(ref.partition) ?? null,
    async write(ref, cache) {
      if (!isMsalCache(cache)) throw new Error('not a cache of MSAL');
      const item = itemOf(ref);
      item.partitions.set(ref.partition, cache);
      item.removed.delete(ref.partition);
      item.isUnsaved = true;
      if (gate.state().kind !== 'session-only') await atMost(saveWaitMs, save(item));
    },
    async remove(ref) {
      const item = itemOf(ref);
      item.partitions.delete(ref.partition);
      item.removed.add(ref.partition);
      if (gate.state().kind === 'session-only') {
        await clearForSessionOnly(item);
        return;
      }
      item.isUnsaved = true;
      await gate.run((keyring) => store(item, keyring));
    },
    flush: saveUnsaved,
    dispose: stopListening,
  };
}
