import type * as ExtensionsModule from '@azure/msal-node-extensions';
import { open, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { systemErrorCode } from '../storage/storage-failure.ts';
import { KeyringFailure } from './keyring-failure.ts';
import type { SecretStore } from './secret-store.ts';

/** One text that the operating system keeps encrypted for this user. Every call may reject with the store's own error. */
export interface SecretItem {
  /** Null when there is none, and (libsecret) when the keyring is locked. */
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
  /** Deletes the text and what {@link setAside} kept of it. */
  delete(): Promise<void>;
  /** Deletes only what {@link setAside} kept. */
  deleteSetAside(): Promise<void>;
  /** Keeps `text`, as loaded (null where it couldn't be decrypted), encrypted under another name, which it answers. */
  setAside(text: string | null): Promise<string>;
}

/** The system's secret store: libsecret on Linux, Keychain on macOS, DPAPI files on Windows. Never plain text. */
export interface Keyring {
  /** Writes, reads and deletes a probe; rejects with the store's own error when it can't. */
  verify(): Promise<void>;
  /** `name`: lower-case letters, digits, `.`, `-` and `_`. */
  item(name: string): Promise<SecretItem>;
}

export interface SystemKeyringOptions {
  /** Absolute; for DPAPI files, and elsewhere for empty stubs that the library wants. */
  readonly folder: string;
  /** The name that a person sees in the keyring's own program. */
  readonly serviceName: string;
  /** Linux: takes libsecret's place once the service was restarted. */
  readonly store?: SecretStore | undefined;
}

type Extensions = typeof ExtensionsModule;
type IPersistence = ExtensionsModule.IPersistence;
/** The library's, or what takes its place. */
type KeptText = Pick<IPersistence, 'load' | 'save' | 'delete'>;

/** Loads the native parts. Rejects, and never ends the process, when a system library is missing. */
export async function openSystemKeyring(options: SystemKeyringOptions): Promise<Keyring> {
  // Importing the extensions imports keytar, whose native part needs libsecret. An import() that fails in there can
  // end the process (measured); a require() throws, and what it loaded is what the import then finds.
  createRequire(import.meta.url)('keytar');
  const extensions = await import('@azure/msal-node-extensions');
  return process.platform === 'win32' ? dpapiKeyring(extensions, options) : nativeKeyring(extensions, options);
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.tokens`);
}

function damagedName(name: string): string {
  return `${name}.damaged`;
}

/** Linux and macOS: each item is one in the keyring, which writes atomically; the file beside it holds no secret. */
function nativeKeyring(extensions: Extensions, { folder, serviceName, store }: SystemKeyringOptions): Keyring {
  const Persistence = process.platform === 'darwin' ? extensions.KeychainPersistence : extensions.LibSecretPersistence;
  const ofLibrary = (name: string): Promise<IPersistence> =>
    Persistence.create(fileOf(folder, name), serviceName, name);
  const replacement = (): SecretStore | null => (store?.wasReplaced() === true ? store : null);
  const persistenceOf = async (name: string): Promise<KeptText> => {
    const instead = replacement();
    return instead === null ? ofLibrary(name) : keptInStore(instead, name);
  };
  const openProbe = async (): Promise<KeptText> => {
    const instead = replacement();
    if (instead !== null) return keptInStore(instead, probeName);
    // As the library's own check does, but for the file.
    return (await ofLibrary('probe')).createForPersistenceValidation();
  };

  return {
    async verify() {
      // Past the library: its own way through the dialog holds a thread of Node's pool, and can hang (measured).
      await store?.unlock();
      await verifyBy(await openProbe());
    },
    async item(name) {
      const kept = await persistenceOf(name);
      return {
        load: () => kept.load(),
        save: (text) => saveItem(kept, text),
        async delete() {
          await deleteForCertain(kept);
          await deleteForCertain(await persistenceOf(damagedName(name)));
        },
        deleteSetAside: async () => deleteForCertain(await persistenceOf(damagedName(name))),
        async setAside(text) {
          const copy = await persistenceOf(damagedName(name));
          if (text !== null) await saveItem(copy, text);
          await deleteForCertain(kept);
          return damagedName(name);
        },
      };
    },
  };
}

const probeText = 'probe';
/** One of ours by its name, so that a probe that a crash left behind goes with the rest. */
const probeName = 'probe_tidings';

async function verifyBy(probe: KeptText): Promise<void> {
  await saveItem(probe, probeText);
  if ((await probe.load()) !== probeText) throw new Error('the keyring does not give back what it was given');
  await probe.delete();
}

function keptInStore(store: SecretStore, name: string): KeptText {
  return {
    load: () => store.read(name),
    save: (text) => store.write(name, text),
    async delete() {
      await store.erase(name);
      return true;
    },
  };
}

/**
 * Saves, whatever becomes of the file beside the item, which the library writes last and only for its time: a full disk
 * (measured) would else keep the app from tokens that the keyring has and has room for.
 */
async function saveItem(item: KeptText, text: string): Promise<void> {
  try {
    await item.save(text);
  } catch (error) {
    const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : '';
    const isFileTrouble = /^E[A-Z]{3,}$/u.test(code);
    if (!isFileTrouble) throw error;
  }
}

/** Rejects unless the item is gone. */
async function deleteForCertain(item: KeptText): Promise<void> {
  try {
    await item.delete();
  } catch (error) {
    // The library deletes its stub file first and stops when that fails: leave no secret in the item at least.
    await saveItem(item, '{}').catch(() => undefined);
    throw error;
  }
  if ((await item.load()) !== null) throw new Error('the item is still in the keyring');
}

/** Windows: each item is a file that only this user can decrypt, replaced whole (the library would write in place). */
export function dpapiKeyring(
  extensions: Pick<Extensions, 'FilePersistenceWithDataProtection'>,
  { folder }: Pick<SystemKeyringOptions, 'folder'>,
): Keyring {
  const persistenceOf = (path: string): Promise<IPersistence> =>
    extensions.FilePersistenceWithDataProtection.create(path, 'CurrentUser');

  return {
    async verify() {
      const probe = await persistenceOf(fileOf(folder, 'probe'));
      await probe.verifyPersistence();
    },
    async item(name) {
      const path = fileOf(folder, name);
      const kept = await persistenceOf(path);
      return {
        async load() {
          try {
            return await kept.load();
          } catch (error) {
            const isFileTrouble = error instanceof Error && /\bE[A-Z]{3,}\b/u.test(error.message);
            if (isFileTrouble) throw error;
            throw new KeyringFailure({ code: 'token-cache-damaged', at: Date.now() }, { cause: error });
          }
        },
        async save(text) {
          const next = await persistenceOf(`${path}.tmp`);
          await next.save(text);
          await syncFile(next.getFilePath());
          await rename(next.getFilePath(), path);
        },
        async delete() {
          await rm(path, { force: true });
          await rm(`${path}.tmp`, { force: true });
          await rm(fileOf(folder, damagedName(name)), { force: true });
        },
        deleteSetAside: () => rm(fileOf(folder, damagedName(name)), { force: true }),
        async setAside() {
          try {
            await rename(path, fileOf(folder, damagedName(name)));
          } catch (error) {
            if (systemErrorCode(error) !== 'ENOENT') throw error;
          }
          return damagedName(name);
        },
      };
    },
  };
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
