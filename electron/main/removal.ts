import { homedir } from 'node:os';
import type { AccountRecord, Settings } from '../shared/settings.ts';
import { type Keyring, openSystemKeyring } from './auth/keyring.ts';
import { keyringFailure } from './auth/keyring-failure.ts';
import { removeKeychainItems } from './auth/keychain-items.ts';
import { TokenItem } from './auth/token-item.ts';
import { isTokenItemName, tokenItemName, tokenRef } from './auth/token-ref.ts';
import { proxyItemName } from './auth/vault.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './log.ts';
import { readProxySetting } from './network/proxy-routes.ts';
import { infoOf, removeMyData, type RemovalOutcome, type RemovalPart, type RemovalReport } from './remove-my-data.ts';
import { createSessionBus } from './shell/dbus/session-bus.ts';
import { removeSecretItems } from './shell/dbus/secret-items.ts';
import { autostartFile, type LoginItem } from './shell/login-item.ts';
import { appPaths } from './storage/paths.ts';
import { removeDataFolder, type RemovalExtent } from './storage/remove-folder.ts';
import { peekSettings } from './storage/settings-file.ts';

/** The name of our items in the keyring's own program, as the vault has it. */
const serviceName = 'Tidings';

export interface RemovalOptions {
  /** Absolute. */
  readonly dataFolder: string;
  /**
   * False for a folder given by `--user-data-dir`, such as a demo's: beside it the person may have the usual one, so
   * keyring items are removed for its own accounts only, and the autostart entry not.
   */
  readonly isUsualPlace: boolean;
  /** The person was told that the keyring is out of reach, and said to leave it. */
  readonly leaveTokens: boolean;
  /** How much of the folder goes. */
  readonly extent: RemovalExtent;
  readonly platform: NodeJS.Platform;
  readonly loginItem: LoginItem;
  readonly clock: Clock;
  readonly log: Logger;
  /** The system's own unless given. */
  readonly openKeyring?: () => Promise<Keyring>;
}

/** Removes all that Tidings keeps on this computer. Nothing may use it any more, nor the keyring. Never rejects. */
export async function removeEverything(options: RemovalOptions): Promise<RemovalReport> {
  const { dataFolder, isUsualPlace, extent, loginItem, clock } = options;
  const settings = await peekSettings(appPaths(dataFolder).settingsFile);
  return removeMyData(
    {
      tokens: async () => (options.leaveTokens ? { kind: 'left' } : removeTokens(options, settings)),
      autostart: async () => outcomeOf(isUsualPlace && (await loginItem.remove())),
      async data() {
        const removal = await removeDataFolder(dataFolder, extent);
        if (removal.leftBehind.length > 0) return { kind: 'still-there', files: removal.leftBehind };
        return removal.keptFolder && removal.found ? { kind: 'own-files-removed' } : outcomeOf(removal.found);
      },
    },
    () => clock.now(),
  );
}

/** Where a person finds each part. */
export function placesOf({ dataFolder, platform }: Pick<RemovalOptions, 'dataFolder' | 'platform'>) {
  const autostart = platform === 'linux' ? autostartFile({ env: process.env, homeFolder: homedir() }) : 'Tidings';
  return { tokens: serviceName, autostart, data: dataFolder } satisfies Readonly<Record<RemovalPart, string>>;
}

async function removeTokens(options: RemovalOptions, settings: Settings | null): Promise<RemovalOutcome> {
  const { platform, isUsualPlace } = options;
  // DPAPI's are files, and go with the data folder.
  if (platform === 'win32') return { kind: 'none' };
  const accounts = settings === null || settings.tokenStorage === 'session-only' ? [] : settings.accounts;
  try {
    if (!isUsualPlace) return outcomeOf(await removeOnly(settings, options));
    return outcomeOf(await (platform === 'darwin' ? fromKeychain(options) : fromSecretService(options, accounts)));
  } catch (error) {
    const info = infoOf(error);
    const isKnownUnused = settings !== null && accounts.length === 0 && info?.code === 'keyring-unavailable';
    if (isKnownUnused) return { kind: 'not-used', error: info };
    throw error;
  }
}

function fromKeychain({ clock }: RemovalOptions): Promise<boolean> {
  return removeKeychainItems({ serviceName, isOurs: isTokenItemName, now: () => clock.now() });
}

async function fromSecretService({ clock, log }: RemovalOptions, accounts: readonly AccountRecord[]): Promise<boolean> {
  const bus = createSessionBus({ clock, log });
  try {
    const expected = [...new Set(accounts.map(({ profile }) => tokenItemName(profile)))];
    return await removeSecretItems({ bus, serviceName, isOurs: isTokenItemName, expected, clock });
  } finally {
    await bus.dispose();
  }
}

/** An item may hold accounts of another data folder too: those stay. */
async function removeOnly(settings: Settings | null, options: RemovalOptions): Promise<boolean> {
  const { dataFolder, clock } = options;
  const accounts = settings?.accounts ?? [];
  const proxy = readProxySetting(settings?.profile.proxy ?? '');
  const hasPassword = proxy?.kind === 'manual' && proxy.proxy.user !== null;
  if (accounts.length === 0 && !hasPassword) return false;
  const folder = appPaths(dataFolder).tokensFolder;
  try {
    const keyring = await (options.openKeyring ?? (() => openSystemKeyring({ folder, serviceName })))();
    for (const account of accounts) {
      const { item, partition } = tokenRef(account);
      const kept = new TokenItem({ name: item, expectsAccounts: () => false, onSetAside: () => undefined });
      await kept.removeFromKeyring(partition, keyring);
    }
    // Also one that a locked keyring kept though it was no longer wanted.
    await keyring.verify();
    await (await keyring.item(proxyItemName(folder))).delete();
    return true;
  } catch (error) {
    throw keyringFailure(error, clock.now());
  }
}

function outcomeOf(wasThere: boolean): RemovalOutcome {
  return { kind: wasThere ? 'removed' : 'none' };
}
