import type { AppErrorCode, AppErrorInfo } from '../../../shared/app-error.ts';
import type { Clock } from '../../clock.ts';
import { BusFailure } from './bus-failure.ts';
import type { BusCall } from './bus-message.ts';
import type { SessionBus } from './session-bus.ts';

/** The Secret Service can't do what it was asked: `info.code` is `keyring-unavailable` or `keyring-locked`. */
export class SecretServiceFailure extends Error {
  readonly info: AppErrorInfo;

  constructor(code: AppErrorCode, at: number, detail: string, options?: ErrorOptions) {
    super(code, options);
    this.name = 'SecretServiceFailure';
    this.info = { code, at, detail };
  }
}

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

/** How long the person may take to answer a dialog of the keyring, ms. */
export const promptLimitMs = 120_000;

const service = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' } as const;
const serviceInterface = 'org.freedesktop.Secret.Service';
const itemInterface = 'org.freedesktop.Secret.Item';
const promptInterface = 'org.freedesktop.Secret.Prompt';
/** What the service gives for "none". */
const nothing = '/';

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
    if (error instanceof BusFailure) throw sorted(error, clock.now());
    throw error;
  }
}

function sorted(failure: BusFailure, at: number): SecretServiceFailure {
  const isLocked = failure.errorName === 'org.freedesktop.Secret.Error.IsLocked';
  const code = isLocked ? 'keyring-locked' : 'keyring-unavailable';
  return new SecretServiceFailure(code, at, failure.message, { cause: failure });
}

class SecretItems {
  readonly #options: SecretItemsOptions;

  constructor(options: SecretItemsOptions) {
    this.#options = options;
  }

  async removeAll(): Promise<boolean> {
    const found = await this.#findAll();
    const items = [...found.unlocked, ...found.locked];
    if (found.locked.length > 0) await this.#unlock(found.locked.map(({ path }) => path));
    for (const { path } of items) await this.#delete(path);
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
    const collection = await this.#lockedDefault();
    if (collection === null) return found;
    await this.#unlock([collection]);
    return this.#search();
  }

  async #search(): Promise<FoundItems> {
    const [unlocked, locked] = await this.#call('SearchItems', 'a{ss}', [[['service', this.#options.serviceName]]]);
    return { unlocked: await this.#ours(unlocked), locked: await this.#ours(locked) };
  }

  async #ours(paths: unknown): Promise<FoundItem[]> {
    const items = await Promise.all(
      pathsOf(paths).map(async (path) => {
        const attributes = new Map(pairsOf(await this.#property(path, itemInterface, 'Attributes')));
        return { path, name: attributes.get('account') ?? '', service: attributes.get('service') };
      }),
    );
    const { serviceName, isOurs } = this.#options;
    return items.filter((item) => item.service === serviceName && isOurs(item.name));
  }

  /** The default collection when it is locked, else null. */
  async #lockedDefault(): Promise<string | null> {
    const [collection] = await this.#call('ReadAlias', 's', ['default']);
    if (typeof collection !== 'string' || collection === nothing) return null;
    const isLocked = await this.#property(collection, 'org.freedesktop.Secret.Collection', 'Locked');
    return isLocked === true ? collection : null;
  }

  async #unlock(paths: readonly string[]): Promise<void> {
    const [, prompt] = await this.#call('Unlock', 'ao', [paths]);
    await this.#answered(prompt);
  }

  async #delete(path: string): Promise<void> {
    const [prompt] = await this.#send({ path, interface: itemInterface, member: 'Delete', signature: '', body: [] });
    await this.#answered(prompt);
  }

  /** Has the service ask the person, where it wants to. */
  async #answered(prompt: unknown): Promise<void> {
    if (typeof prompt !== 'string' || prompt === nothing) return;
    const { bus, clock } = this.#options;
    const refuse = (detail: string): SecretServiceFailure =>
      new SecretServiceFailure('keyring-locked', clock.now(), detail);
    await new Promise<void>((resolve, reject) => {
      const end = (settle: () => void): void => {
        cancel();
        stop();
        settle();
      };
      const cancel = clock.setTimer(promptLimitMs, () => {
        end(() => reject(refuse(`its dialog wasn’t answered within ${promptLimitMs / 1_000} s`)));
      });
      const stop = bus.onSignal({ path: prompt, interface: promptInterface, member: 'Completed' }, ({ body }) => {
        end(() => (body[0] === true ? reject(refuse('its dialog was dismissed')) : resolve()));
      });
      // Without a parent window.
      const show = { path: prompt, interface: promptInterface, member: 'Prompt', signature: 's', body: [''] };
      this.#send(show).catch((error: unknown) => {
        end(() => reject(error instanceof Error ? error : new Error(String(error))));
      });
    });
  }

  async #property(path: string, owner: string, name: string): Promise<unknown> {
    const call = { path, interface: 'org.freedesktop.DBus.Properties', member: 'Get', signature: 'ss' };
    const [value] = await this.#send({ ...call, body: [owner, name] });
    return value;
  }

  #call(member: string, signature: string, body: readonly unknown[]): Promise<readonly unknown[]> {
    return this.#send({ path: service.path, interface: serviceInterface, member, signature, body });
  }

  async #send(call: Omit<BusCall, 'destination'>): Promise<readonly unknown[]> {
    return (await this.#options.bus.call({ ...call, destination: service.destination })).body;
  }
}

function pathsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((path): path is string => typeof path === 'string') : [];
}

/** A dictionary of texts, in either of the shapes that a D-Bus library may give it. */
function pairsOf(value: unknown): [string, string][] {
  const pairs: readonly unknown[] = Array.isArray(value) ? value : Object.entries(value ?? {});
  return pairs.filter(
    (pair): pair is [string, string] =>
      Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string',
  );
}
