import type { Clock } from '../../clock.ts';
import { BusFailure } from './bus-failure.ts';
import { pathsOf, secretNames, SecretService, SecretServiceFailure, secretServiceFailure } from './secret-service.ts';
import type { SessionBus } from './session-bus.ts';

export interface SecretItemsOptions {
  readonly bus: Pick<SessionBus, 'call' | 'onSignal'>;
  /** The attribute `service` that our items have. */
  readonly serviceName: string;
  /** By the attribute `account`. */
  readonly isOurs: (itemName: string) => boolean;
  /** Names that should be there. If they aren't and the default collection is locked, it is unlocked to look again. */
  readonly expected: readonly string[];
  readonly clock: Clock;
}

interface FoundItem {
  readonly path: string;
  readonly name: string;
}

interface FoundItems {
  readonly unlocked: readonly FoundItem[];
  readonly locked: readonly FoundItem[];
}

/**
 * Deletes our items from the Secret Service (freedesktop.org's Secret Service API 0.2), whichever app registrations
 * they are of; answers whether there were any. No secret is read. Where the keyring has to be unlocked for it, its own
 * dialog asks. Rejects with a {@link SecretServiceFailure}.
 *
 * Past libsecret, because that can't list a locked keyring without reading its secrets, and keytar, which does, ends
 * the process over it (7.10.6 with libsecret 0.20, measured).
 */
export async function removeSecretItems(options: SecretItemsOptions): Promise<boolean> {
  const { clock } = options;
  try {
    return await new SecretItems(options).removeAll();
  } catch (error) {
    if (error instanceof BusFailure) throw secretServiceFailure(error, clock.now());
    throw error;
  }
}

class SecretItems {
  readonly #options: SecretItemsOptions;
  readonly #service: SecretService;

  constructor(options: SecretItemsOptions) {
    this.#options = options;
    this.#service = new SecretService(options);
  }

  async removeAll(): Promise<boolean> {
    const found = await this.#findAll();
    const items = [...found.unlocked, ...found.locked];
    if (found.locked.length > 0) await this.#service.unlock(found.locked.map(({ path }) => path));
    for (const { path } of items) await this.#service.delete(path);
    const left = await this.#search();
    if (left.unlocked.length + left.locked.length > 0) {
      throw new SecretServiceFailure('keyring-unavailable', this.#options.clock.now(), 'it kept what it was to delete');
    }
    return items.length > 0;
  }

  async #findAll(): Promise<FoundItems> {
    const found = await this.#search();
    const names = new Set([...found.unlocked, ...found.locked].map(({ name }) => name));
    if (this.#options.expected.every((name) => names.has(name))) return found;
    // Not every service lists what it keeps locked (KWallet doesn't).
    const collection = await this.#service.defaultCollection();
    if (collection === null || !collection.isLocked) return found;
    await this.#service.unlock([collection.path]);
    return this.#search();
  }

  async #search(): Promise<FoundItems> {
    const [unlocked, locked] = await this.#service.call('SearchItems', 'a{ss}', [
      [['service', this.#options.serviceName]],
    ]);
    return { unlocked: await this.#ours(unlocked), locked: await this.#ours(locked) };
  }

  async #ours(paths: unknown): Promise<FoundItem[]> {
    const items = await Promise.all(
      pathsOf(paths).map(async (path) => {
        const attributes = new Map(pairsOf(await this.#service.property(path, secretNames.item, 'Attributes')));
        return { path, name: attributes.get('account') ?? '', service: attributes.get('service') };
      }),
    );
    const { serviceName, isOurs } = this.#options;
    return items.filter((item) => item.service === serviceName && isOurs(item.name));
  }
}

/** A dictionary of texts, in either of the shapes that a D-Bus library may give it. */
function pairsOf(value: unknown): [string, string][] {
  const pairs: readonly unknown[] = Array.isArray(value) ? value : Object.entries(value ?? {});
  return pairs.filter(
    (pair): pair is [string, string] =>
      Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string',
  );
}
