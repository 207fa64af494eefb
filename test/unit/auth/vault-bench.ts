import { createTokenVault, type TokenVault } from '../../../electron/main/auth/vault.ts';
import type { VaultNotice } from '../../../electron/main/auth/vault-notice.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { FakeSecretStore } from './fake-secret-store.ts';
import { MemoryKeyring } from './memory-keyring.ts';

export const ada = { item: 'item', partition: 'common/ada' };
export const lin = { item: 'item', partition: 'common/lin' };

/** A cache such as MSAL writes, with a word to know it by. */
export function cacheOf(word: string): string {
  return JSON.stringify({ Account: { [word]: {} }, IdToken: {}, AccessToken: {}, RefreshToken: {}, AppMetadata: {} });
}

/** What reading it answers. */
export function present(word: string): { kind: 'present'; cache: string } {
  return { kind: 'present', cache: cacheOf(word) };
}

/** A keyring and a clock in memory, and as many runs of the vault on them as a test wants. */
export class VaultBench {
  readonly keyring = new MemoryKeyring();
  readonly clock = new FakeClock();
  readonly notices: VaultNotice[] = [];
  /** What the keyring says of itself, where it can be asked. */
  readonly store = new FakeSecretStore();
  readonly #hasStore: boolean;

  constructor({ hasStore = false } = {}) {
    this.#hasStore = hasStore;
  }

  start(sessionOnly = false): TokenVault {
    return createTokenVault({
      folder: '',
      sessionOnly,
      expectsAccounts: () => true,
      onNotice: (notice) => this.notices.push(notice),
      clock: this.clock,
      log: recordingLog(),
      store: this.#hasStore ? this.store : undefined,
      openKeyring: () => Promise.resolve(this.keyring),
    });
  }

  /** A vault that has Ada's and Lin's tokens, in the keyring too. */
  async startWithTokens(): Promise<TokenVault> {
    const vault = this.start();
    await vault.tokens.write(ada, cacheOf('ada'));
    await vault.tokens.write(lin, cacheOf('lin'));
    return vault;
  }

  /** Locks the keyring, which says so. */
  lock(): void {
    this.keyring.mode = 'locked';
    this.store.tell('locked');
  }

  /** Makes the keyring one that can be used, which says so. */
  unlock(): void {
    this.keyring.mode = 'ready';
    this.store.tell('ready');
  }

  /** Makes the keyring wait, as for a person at its dialog, until the returned function is called. */
  raiseDialog(): () => void {
    let release = (): void => {};
    this.keyring.hold = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.keyring.hold = null;
      release();
    };
  }

  /** All that the keyring has, as one text. */
  kept(): string {
    return [...this.keyring.texts.values()].join('\n');
  }
}
