import { createRequire } from 'node:module';
import { keyringFailure } from './keyring-failure.ts';

/** The part of keytar that this needs. */
interface Keytar {
  findCredentials(service: string): Promise<readonly { readonly account: string }[]>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeychainItemsOptions {
  /** The service that our items have. */
  readonly serviceName: string;
  readonly isOurs: (itemName: string) => boolean;
  readonly now: () => number;
  /** keytar unless given. */
  readonly load?: () => Keytar;
}

/**
 * Deletes our items from the Keychain (macOS), whichever app registrations they are of; answers whether there were
 * any. Rejects with a KeyringFailure. Not for Linux: there, listing the items of a locked keyring ends the process
 * (keytar 7.10.6 with libsecret 0.20, measured).
 */
export async function removeKeychainItems(options: KeychainItemsOptions): Promise<boolean> {
  const { serviceName, isOurs, now, load = loadKeytar } = options;
  try {
    const keytar = load();
    const list = async (): Promise<string[]> =>
      (await keytar.findCredentials(serviceName)).map(({ account }) => account).filter(isOurs);
    const names = await list();
    for (const name of names) await keytar.deletePassword(serviceName, name);
    if ((await list()).length > 0) throw new Error('the items are still in the keychain');
    return names.length > 0;
  } catch (error) {
    throw keyringFailure(error, now());
  }
}

function loadKeytar(): Keytar {
  const keytar: Keytar = createRequire(import.meta.url)('keytar');
  return keytar;
}
