import type { Keyring, SecretItem } from './keyring.ts';
import { KeyringFailure } from './keyring-failure.ts';
import type { KeyringOperation } from './keyring-gate.ts';
import { formatBlob, parseBlob } from './token-blob.ts';

export interface TokenItemOptions {
  readonly name: string;
  /** Whether accounts are remembered whose tokens should be in the item. */
  readonly expectsAccounts: () => boolean;
  /** The item's content was damaged and is kept under `keptAs`, still encrypted. `isInMemory`: its tokens weren't lost. */
  readonly onSetAside: (keptAs: string, isInMemory: boolean) => void;
}

/** One item of the keyring, an MSAL cache (JSON text) an account: as it is in memory, and the ways to the keyring. */
export class TokenItem {
  readonly #options: TokenItemOptions;
  readonly #caches = new Map<string, string>();
  /** Partitions forgotten before the item was loaded. */
  readonly #forgotten = new Set<string>();
  /** Partitions of which memory says something that the keyring wasn't told yet. */
  readonly #changed = new Set<string>();
  #isLoaded = false;
  #isDamaged = false;
  /** Whether memory says something else than the keyring. */
  isUnsaved = false;

  constructor(options: TokenItemOptions) {
    this.#options = options;
  }

  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  get(partition: string): string | null {
    return this.#caches.get(partition) ?? null;
  }

  set(partition: string, cache: string): void {
    this.#caches.set(partition, cache);
    this.#forgotten.delete(partition);
    this.#changed.add(partition);
    this.isUnsaved = true;
  }

  /** Forgets the account in memory; the next {@link store} does so in the keyring. */
  forget(partition: string): void {
    this.#caches.delete(partition);
    this.#forgotten.add(partition);
    this.#changed.add(partition);
    this.isUnsaved = true;
  }

  /** Brings what the keyring has into memory, once. What memory has already is newer. */
  async load(keyring: Keyring): Promise<void> {
    if (this.#isLoaded) return;
    const secret = await keyring.item(this.#options.name);
    const { text, caches } = await this.#read(secret, keyring);
    if (caches === null) {
      const keptAs = await secret.setAside(text);
      this.#isDamaged = true;
      this.#options.onSetAside(keptAs, false);
    }
    for (const [partition, cache] of caches ?? []) {
      if (!this.#caches.has(partition) && !this.#forgotten.has(partition)) this.#caches.set(partition, cache);
    }
    this.#isLoaded = true;
  }

  /** Makes the keyring's item what memory says. */
  async store(keyring: Keyring): Promise<void> {
    await this.load(keyring);
    await this.#put(keyring, null, () => false);
  }

  /** Deletes one account's tokens, first in the keyring, then in memory: when it rejects, memory still has them. */
  async remove(partition: string, ...[keyring, isGivenUp]: Parameters<KeyringOperation<void>>): Promise<void> {
    await this.load(keyring);
    await this.#put(keyring, partition, isGivenUp);
    this.#caches.delete(partition);
    this.#changed.delete(partition);
  }

  /** Deletes one account's tokens in the keyring only, and writes nothing there that memory has. */
  async removeFromKeyring(partition: string, keyring: Keyring): Promise<void> {
    // A locked keyring reads as empty, deletes nothing and says neither.
    await keyring.verify();
    const secret = await keyring.item(this.#options.name);
    const { caches } = await readItem(secret);
    caches?.delete(partition);
    if (caches === null || caches.size === 0) {
      await secret.delete();
      return;
    }
    await secret.deleteSetAside();
    await secret.save(formatBlob(caches));
  }

  async #read(secret: SecretItem, keyring: Keyring): Promise<ItemRead> {
    const read = await readItem(secret);
    if (read.text !== null || read.caches === null || !this.#options.expectsAccounts()) return read;
    // A locked keyring reads as empty (measured with libsecret). Only a write tells, and it may unlock the keyring.
    await keyring.verify();
    return readItem(secret);
  }

  /** Puts memory's tokens into the keyring, but for those of `left`. */
  async #put(keyring: Keyring, left: string | null, isGivenUp: () => boolean): Promise<void> {
    const secret = await keyring.item(this.#options.name);
    const told = new Map(this.#caches);
    const changed = new Set(this.#changed);
    try {
      const caches = await this.#merged(secret, told, changed, left);
      if (left !== null) caches.delete(left);
      // A locked keyring deletes nothing and says nothing.
      if (caches.size === 0) await keyring.verify();
      refuseIf(isGivenUp);
      this.isUnsaved = false;
      if (caches.size === 0) await secret.delete();
      else {
        // A damaged item that was set aside may have the account's tokens too.
        if (left !== null) await secret.deleteSetAside();
        refuseIf(isGivenUp);
        await secret.save(formatBlob(caches));
      }
      refuseIf(isGivenUp);
      for (const partition of changed) {
        if (this.#caches.get(partition) === told.get(partition)) this.#changed.delete(partition);
      }
      this.isUnsaved = [...this.#changed].some((partition) => partition !== left);
    } catch (error) {
      // The keyring may have the old content, the new or neither.
      this.isUnsaved = true;
      throw error;
    }
  }

  /**
   * What the item should be: of the partitions that aren't this process's news, as it is now. Another Tidings may use the
   * same registration from another data folder, or be of another version that is just being replaced by this one.
   */
  async #merged(
    secret: SecretItem,
    told: ReadonlyMap<string, string>,
    changed: ReadonlySet<string>,
    left: string | null,
  ): Promise<Map<string, string>> {
    const { text, caches } = await readItem(secret);
    // Damaged while this ran: memory has the tokens, but perhaps not those of another Tidings.
    if (caches === null && left === null) this.#options.onSetAside(await secret.setAside(text), true);
    if (text === null || caches === null) return new Map(told);
    for (const partition of changed) {
      const cache = told.get(partition);
      if (cache === undefined) caches.delete(partition);
      else caches.set(partition, cache);
    }
    return caches;
  }
}

interface ItemRead {
  readonly text: string | null;
  /** Null when damaged. */
  readonly caches: Map<string, string> | null;
}

async function readItem(secret: SecretItem): Promise<ItemRead> {
  try {
    const text = await secret.load();
    return { text, caches: text === null ? new Map() : parseBlob(text) };
  } catch (error) {
    if (error instanceof KeyringFailure && error.info.code === 'token-cache-damaged')
      return { text: null, caches: null };
    throw error;
  }
}

/** Whoever was told that their change failed finds everything as it was, however late the keyring answers. */
function refuseIf(isGivenUp: () => boolean): void {
  if (isGivenUp()) throw new Error('given up');
}
