import type { Keyring } from '../../../electron/main/auth/keyring.ts';

/** A keyring in memory that fails as the real ones were measured to. */
export class MemoryKeyring implements Keyring {
  readonly texts = new Map<string, string>();
  /** How often it was asked for anything: each may raise a dialog. */
  calls = 0;
  /** How often the probe item was written. */
  probes = 0;
  saves = 0;
  /** `locked`: reads are empty, deletes do nothing, writes throw (libsecret). `broken`: everything throws. */
  mode: 'ready' | 'locked' | 'broken' = 'ready';
  /** Thrown by writes of items, but not of the probe. */
  writeError: Error | null = null;
  /** Runs when an item (not the probe) is about to be written. */
  onSave: () => void = () => {};
  /** Runs before the probe item is written. */
  onVerify: () => void = () => {};
  /** How many calls from now on throw, as a keyring's that was unlocked this very moment. */
  failures = 0;
  /** While set, every call waits for it. */
  hold: Promise<void> | null = null;

  async verify(): Promise<void> {
    await this.#enter();
    this.onVerify();
    this.probes += 1;
    this.#refuseWrites();
  }

  item(name: string): ReturnType<Keyring['item']> {
    return Promise.resolve({
      load: async () => {
        await this.#enter();
        return this.mode === 'locked' ? null : (this.texts.get(name) ?? null);
      },
      save: async (text) => {
        await this.#enter();
        this.#refuseWrites();
        this.onSave();
        if (this.writeError !== null) throw this.writeError;
        this.saves += 1;
        this.texts.set(name, text);
      },
      delete: async () => {
        await this.#enter();
        if (this.mode === 'locked') return;
        this.texts.delete(name);
        this.texts.delete(`${name}.damaged`);
      },
      deleteSetAside: async () => {
        await this.#enter();
        if (this.mode !== 'locked') this.texts.delete(`${name}.damaged`);
      },
      setAside: async (text) => {
        await this.#enter();
        this.#refuseWrites();
        this.texts.delete(name);
        if (text !== null) this.texts.set(`${name}.damaged`, text);
        return `${name}.damaged`;
      },
    });
  }

  async #enter(): Promise<void> {
    this.calls += 1;
    await this.hold;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('No such interface “org.freedesktop.Secret.Item” on object at path /org/freedesktop/secrets/1');
    }
    if (this.mode === 'broken')
      throw new Error('The name org.freedesktop.secrets was not provided by any .service files');
  }

  #refuseWrites(): void {
    if (this.mode === 'locked') throw new Error('Cannot create an item in a locked collection');
  }
}
