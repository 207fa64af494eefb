import { createHash } from 'node:crypto';
import type { VaultState } from '../../shared/snapshot.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { type Keyring, openSystemKeyring } from './keyring.ts';
import { createKeyringGate } from './keyring-gate.ts';
import { createKeptSecret, type KeptSecret } from './kept-secret.ts';
import { createTokenStore, type TokenStore } from './token-store.ts';
import type { SecretStore } from './secret-store.ts';
import type { VaultNotice } from './vault-notice.ts';

/** Keeps tokens, encrypted by the system's keyring or, when the person chose so, in memory only. */
export interface TokenVault {
  state(): VaultState;
  /** Calls back after each change of {@link state} until the returned function is called. */
  onChange(listener: (state: VaultState) => void): () => void;
  /** Tries the keyring now, by writing, reading and deleting a probe. Not in session-only mode. Never rejects. */
  probe(): Promise<VaultState>;
  /** Keeps tokens in memory only from now on. */
  useSessionOnly(): void;
  /**
   * The person looks for the keyring again, also after {@link useSessionOnly}. When it is ready, what is in memory
   * moves into it; else the answer says why (`unavailable`), and a session-only vault stays so, its tokens usable.
   */
  retry(): Promise<VaultState>;
  /** For the auth room. */
  readonly tokens: TokenStore;
  /** The password for a proxy that somebody named. */
  readonly proxyPassword: KeptSecret;
  /** Before quitting: {@link TokenStore.flush}. Resolves within 2 s, whatever the keyring does. */
  flush(): Promise<void>;
  /**
   * For removing everything: nothing is written to the keyring any more. Resolves when the call under way has ended,
   * after {@link keyringLimitMs} at the most. Never rejects.
   */
  stopKeeping(): Promise<void>;
  /** Whether the keyring is still at a call, such as a dialog: whoever then exits waits for it, or kills the process. */
  isBusy(): boolean;
  dispose(): void;
}

export interface TokenVaultOptions {
  /** Absolute; `appPaths().tokensFolder`. */
  readonly folder: string;
  /** `settings.tokenStorage === 'session-only'`. */
  readonly sessionOnly: boolean;
  /** Whether an account is remembered whose `tokenItemName(profile)` is `itemName`: empty then means locked or lost. */
  readonly expectsAccounts: (itemName: string) => boolean;
  readonly onNotice: (notice: VaultNotice) => void;
  readonly clock: Clock;
  readonly log: Logger;
  /** Linux: the Secret Service itself, to be asked and, once it was restarted, used. */
  readonly store?: SecretStore | undefined;
  /** The system's own unless given. */
  readonly openKeyring?: () => Promise<Keyring>;
  /** The name a person sees in the keyring's own program; `Tidings` unless given. */
  readonly serviceName?: string;
}

/**
 * Each data folder's own (`folder`: its tokens'), or a second Tidings would take the everyday one's password away. Told
 * from a token item's name by having no host in it, and removed with those (`isTokenItemName`).
 */
export function proxyItemName(folder: string): string {
  return `proxy_${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
}

/** Nothing is touched before the first call that needs the keyring. */
export function createTokenVault(options: TokenVaultOptions): TokenVault {
  const { folder, sessionOnly, store, expectsAccounts, onNotice, clock, log, serviceName = 'Tidings' } = options;
  const openKeyring =
    options.openKeyring ?? ((): Promise<Keyring> => openSystemKeyring({ folder, serviceName, store }));
  const gate = createKeyringGate({ openKeyring, sessionOnly, store, clock, log });
  const tokens = createTokenStore({ gate, expectsAccounts, onNotice, clock, log });
  const proxyPassword = createKeptSecret({ gate, itemName: proxyItemName(folder), store });

  return {
    state: () => gate.state(),
    onChange: (listener) => gate.onChange(listener),
    probe: () => gate.probe(),
    useSessionOnly() {
      gate.useSessionOnly();
    },
    retry: () => gate.retry(),
    tokens,
    proxyPassword,
    flush: () => tokens.flush(),
    async stopKeeping() {
      gate.useSessionOnly();
      await gate.run(() => Promise.resolve(), 'person').catch(() => undefined);
    },
    isBusy: () => gate.isBusy(),
    dispose() {
      tokens.dispose();
      proxyPassword.dispose();
      gate.dispose();
    },
  };
}
