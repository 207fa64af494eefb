import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { BusFailure } from './bus-failure.ts';
import type { BusVariant } from './bus-message.ts';
import { beginSecretExchange, exchangeAlgorithm, type SecretCipher } from './secret-exchange.ts';
import {
  type DefaultCollection,
  pathsOf,
  secretNames,
  SecretService,
  secretServiceFailure,
  SecretServiceFailure,
} from './secret-service.ts';
import { type SecretCondition, watchSecretService } from './secret-watch.ts';
import type { SessionBus } from './session-bus.ts';

export interface SecretStoreOptions {
  readonly bus: Pick<SessionBus, 'call' | 'onSignal' | 'watchOwner'>;
  /** The attribute `service` that our items have; `Tidings` unless given. */
  readonly serviceName?: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The Secret Service past libsecret, which loses it for good when the service restarts. For the auth room's vault. */
export interface DBusSecretStore {
  look(): Promise<SecretCondition>;
  onChange(listener: (condition: SecretCondition) => void): () => void;
  wasReplaced(): boolean;
  /** Where the keyring is locked, has it ask the person. Rejects with a {@link SecretServiceFailure} when it stays so. */
  unlock(): Promise<void>;
  /** Null when there is none, and when the keyring is locked. Rejects with a {@link SecretServiceFailure}. */
  read(item: string): Promise<string | null>;
  /** As {@link unlock} first. Rejects with a {@link SecretServiceFailure}. */
  write(item: string, text: string): Promise<void>;
  /** Does nothing when the keyring is locked. Rejects with a {@link SecretServiceFailure}. */
  erase(item: string): Promise<void>;
  dispose(): void;
}

/** What is agreed upon with the service, for as long as one answers. */
interface Session {
  readonly path: string;
  readonly cipher: SecretCipher;
}

/** The attributes are keytar's, so that either finds what the other wrote. */
export function createSecretStore({ bus, serviceName = 'Tidings', clock, log }: SecretStoreOptions): DBusSecretStore {
  const service = new SecretService({ bus, clock });
  const listeners = new Set<(condition: SecretCondition) => void>();
  const watch = watchSecretService({
    bus,
    service,
    onChange: (condition) => {
      for (const listener of listeners) listener(condition);
    },
    clock,
    log,
  });

  const attributesOf = (item: string): [string, string][] => [
    ['service', serviceName],
    ['account', item],
  ];

  /** One for each call, closed with it: nothing of it outlives a service that goes. */
  async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const exchange = beginSecretExchange();
    const publicKey: BusVariant = ['ay', exchange.publicKey];
    const [peer, path] = await service.call('OpenSession', 'sv', [exchangeAlgorithm, publicKey]);
    if (!Buffer.isBuffer(peer) || typeof path !== 'string') throw unfit('OpenSession');
    try {
      return await work({ path, cipher: exchange.agree(peer) });
    } finally {
      const close = { path, interface: 'org.freedesktop.Secret.Session', member: 'Close', signature: '', body: [] };
      await service.send(close).catch(() => undefined);
    }
  }

  function unfit(member: string): SecretServiceFailure {
    return new SecretServiceFailure('keyring-unavailable', clock.now(), `it gave no answer of use to ${member}`);
  }

  async function search(item: string): Promise<readonly string[]> {
    const [unlocked] = await service.call('SearchItems', 'a{ss}', [attributesOf(item)]);
    return pathsOf(unlocked);
  }

  async function read(item: string): Promise<string | null> {
    const [path] = await search(item);
    if (path === undefined) return null;
    return withSession(async ({ path: session, cipher }) => {
      const get = { path, interface: secretNames.item, member: 'GetSecret', signature: 'o', body: [session] };
      const [secret] = await service.send(get);
      const [, iv, content]: readonly unknown[] = Array.isArray(secret) ? secret : [];
      if (!Buffer.isBuffer(iv) || !Buffer.isBuffer(content)) throw unfit('GetSecret');
      return cipher.decrypt({ iv, content });
    });
  }

  async function unlockIf({ path, isLocked }: DefaultCollection): Promise<void> {
    if (!isLocked) return;
    await service.unlock([path]);
    // Some services call a dialog that couldn't be shown answered.
    const after = await service.defaultCollection();
    if (after?.isLocked === true) throw new SecretServiceFailure('keyring-locked', clock.now(), 'it stayed locked');
  }

  async function unlock(): Promise<void> {
    // Unasked, a call would have the bus start a service; the library does that.
    if ((await watch.look()) !== 'locked') return;
    const collection = await service.defaultCollection();
    if (collection !== null) await unlockIf(collection);
  }

  async function write(item: string, text: string): Promise<void> {
    const collection = await service.defaultCollection();
    if (collection === null) {
      throw new SecretServiceFailure('keyring-unavailable', clock.now(), 'it has no default keyring');
    }
    await unlockIf(collection);
    await withSession(async ({ path: session, cipher }) => {
      const { iv, content } = cipher.encrypt(text);
      const properties: readonly (readonly [string, BusVariant])[] = [
        [`${secretNames.item}.Label`, ['s', `${serviceName}/${item}`]],
        [
          `${secretNames.item}.Attributes`,
          ['a{ss}', [...attributesOf(item), ['xdg:schema', 'org.freedesktop.Secret.Generic']]],
        ],
      ];
      const [, prompt] = await service.send({
        path: collection.path,
        interface: secretNames.collection,
        member: 'CreateItem',
        signature: 'a{sv}(oayays)b',
        body: [properties, [session, iv, content, 'text/plain'], true],
      });
      await service.answered(prompt);
    });
  }

  async function erase(item: string): Promise<void> {
    for (const path of await search(item)) await service.delete(path);
  }

  async function sorted<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw error instanceof BusFailure ? secretServiceFailure(error, clock.now()) : error;
    }
  }

  return {
    look: () => watch.look(),
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    wasReplaced: () => watch.wasReplaced(),
    unlock: () => sorted(unlock()),
    read: (item) => sorted(read(item)),
    write: (item, text) => sorted(write(item, text)),
    erase: (item) => sorted(erase(item)),
    dispose: () => {
      watch.dispose();
      listeners.clear();
    },
  };
}
