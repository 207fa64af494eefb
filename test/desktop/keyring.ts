import { join } from 'node:path';

import type { BusClient } from './bus-client.ts';
import { Conditions, waitLimitMs } from './conditions.ts';
import { makePrivateFolder } from './ordinary-user.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import { startService } from './service-process.ts';
import type { ServiceProcess } from './service-process.ts';

const secretsName = 'org.freedesktop.secrets';
const servicePath = '/org/freedesktop/secrets';
const defaultCollection = '/org/freedesktop/secrets/aliases/default';
const loginCollection = '/org/freedesktop/secrets/collection/login';
const serviceInterface = 'org.freedesktop.Secret.Service';
/** What the keyrings here are encrypted with; it guards nothing but a test's throw-away folder. */
export const keyringPassword = 'tidings-desktop-test';

/** An item of the keyring: everything but its secret. */
export interface KeyringItem {
  readonly label: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A real gnome-keyring with a default collection, and the ways in which it can fail a person. */
export interface Keyring {
  /** Locks the default collection (Secret Service API, Lock). Nobody is there to answer the prompt to unlock it. */
  lock(): Promise<void>;
  /** Unlocks it with its password, as a login or the prompt does. */
  unlock(): Promise<void>;
  isLocked(): Promise<boolean>;
  /** All items, of a locked collection too. */
  items(): Promise<readonly KeyringItem[]>;
  /** The secrets of all items, as a program of the same person reads them; the keyring must be unlocked. */
  secrets(): Promise<readonly string[]>;
  /** Ends the daemon: nobody provides `org.freedesktop.secrets` then. What it kept stays on disk. */
  stop(): Promise<void>;
  /** Starts it again, by default unlocked. */
  start(state?: 'unlocked' | 'locked'): Promise<void>;
}

export interface KeyringOptions {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: OrdinaryUser;
  readonly bus: BusClient;
  readonly onStarted: (processGroup: number) => void;
}

/** Follows who provides the Secret Service. */
async function watchOwner(bus: BusClient): Promise<(owned: boolean) => Promise<void>> {
  let owner = '';
  const conditions = new Conditions();
  const filter = { interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged', sender: 'org.freedesktop.DBus' };
  await bus.onSignal(filter, ({ body }) => {
    if (body[0] !== secretsName) return;
    owner = String(body[2]);
    conditions.changed();
  });
  return async (owned) => {
    await conditions.until(
      () => ((owner !== '') === owned ? true : undefined),
      () => `${secretsName} ${owned ? 'to appear' : 'to go'}`,
      waitLimitMs,
    );
  };
}

/**
 * Prepares a keyring; `start` on the result starts it for the first time.
 * @throws (from `start`) when gnome-keyring isn't installed or gives up
 */
export async function prepareKeyring(options: KeyringOptions): Promise<Keyring> {
  const { bus, user } = options;
  const control = makePrivateFolder(join(options.folder, 'keyring'), user);
  const untilOwned = await watchOwner(bus);
  let daemon: ServiceProcess | null = null;

  const onService = (member: string, signature: string, body: readonly unknown[]): Promise<unknown> =>
    bus.call({ destination: secretsName, path: servicePath, interface: serviceInterface, member, signature, body });
  const property = (path: string, name: string, key: string): Promise<unknown> =>
    bus.getProperty(secretsName, path, name, key);
  const isLocked = async (): Promise<boolean> =>
    (await property(defaultCollection, 'org.freedesktop.Secret.Collection', 'Locked')) === true;

  const openSession = async (): Promise<string> => {
    const opened = await onService('OpenSession', 'sv', ['plain', ['s', '']]);
    return Array.isArray(opened) ? String(opened[1]) : '';
  };
  const itemPaths = async (): Promise<readonly string[]> => {
    const paths = await property(defaultCollection, 'org.freedesktop.Secret.Collection', 'Items');
    return (Array.isArray(paths) ? paths : []).map(String);
  };
  const unlock = async (): Promise<void> => {
    const session = await openSession();
    await bus.call({
      destination: secretsName,
      path: servicePath,
      // gnome-keyring's own name for what its prompter and its tests use.
      interface: 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface',
      member: 'UnlockWithMasterPassword',
      signature: 'o(oayays)',
      body: [loginCollection, [session, Buffer.alloc(0), Buffer.from(keyringPassword), 'text/plain']],
    });
  };
  const lock = async (): Promise<void> => void (await onService('Lock', 'ao', [[loginCollection]]));

  const item = async (path: string): Promise<KeyringItem> => {
    const label = await property(path, 'org.freedesktop.Secret.Item', 'Label');
    const attributes = await property(path, 'org.freedesktop.Secret.Item', 'Attributes');
    return { label: String(label), attributes: attributes as Record<string, string> };
  };

  const secret = async (path: string, session: string): Promise<string> => {
    const call = { destination: secretsName, path, interface: 'org.freedesktop.Secret.Item', member: 'GetSecret' };
    const answer = await bus.call({ ...call, signature: 'o', body: [session] });
    // The session, the parameters of its cipher (none), the secret, its type.
    const [, , value] = Array.isArray(answer) ? (answer as readonly unknown[]) : [];
    if (!Buffer.isBuffer(value)) throw new Error(`The keyring gave no secret for ${path}`);
    return value.toString('utf8');
  };

  return {
    lock,
    unlock,
    isLocked,
    items: async () => await Promise.all((await itemPaths()).map(item)),
    secrets: async () => {
      const session = await openSession();
      return await Promise.all((await itemPaths()).map((path) => secret(path, session)));
    },
    stop: async () => {
      await daemon?.kill();
      daemon = null;
      await untilOwned(false);
    },
    start: async (state = 'unlocked') => {
      if (daemon !== null) throw new Error('The keyring runs already');
      daemon = await startService({
        command: 'gnome-keyring-daemon',
        args: ['--foreground', '--components=secrets', `--control-directory=${control}`, '--unlock'],
        env: options.env,
        user,
        readyOn: 'stdout',
        input: keyringPassword,
        onStarted: options.onStarted,
      });
      await Promise.race([untilOwned(true), daemon.ready.then(() => untilOwned(true))]);
      if (state === 'locked') await lock();
    },
  };
}
