import type { KeyringGate } from './keyring-gate.ts';
import type { SecretStore } from './secret-store.ts';

/** One text of the person's own, in the keyring beside the tokens; in memory only where tokens are too. */
export interface KeptSecret {
  /** Null where there is none. Asks the keyring once. Rejects with a KeyringFailure where it can't be used now. */
  read(): Promise<string | null>;
  /**
   * Rejects with a KeyringFailure where the keyring can't take it now: memory has it, and the keyring gets it as soon
   * as it can be written.
   */
  write(text: string): Promise<void>;
  /**
   * Deletes it where that raises no dialog, else as soon as the keyring is ready, in this run; its owner sees to it in
   * later ones. Never rejects.
   */
  erase(): Promise<void>;
  dispose(): void;
}

export interface KeptSecretOptions {
  readonly gate: KeyringGate;
  readonly itemName: string;
  /** What the keyring says of itself, where it can be asked. */
  readonly store: Pick<SecretStore, 'look'> | undefined;
}

export function createKeptSecret({ gate, itemName, store }: KeptSecretOptions): KeptSecret {
  let known: { readonly text: string | null } | null = null;
  /** Whether memory says something else than the keyring. */
  let isUnsaved = false;
  let reading: Promise<string | null> | null = null;

  async function load(): Promise<string | null> {
    const text = await gate.run(async (keyring) => (await keyring.item(itemName)).load(), 'background');
    known ??= { text };
    return known.text;
  }

  function save(urgency: 'person' | 'background'): Promise<void> {
    return gate.run(async (keyring, isGivenUp) => {
      const told = known;
      if (told === null || !isUnsaved) return;
      const item = await keyring.item(itemName);
      // A locked keyring deletes nothing and says nothing.
      if (told.text === null) await keyring.verify();
      if (isGivenUp()) return;
      await (told.text === null ? item.delete() : item.save(told.text));
      if (known === told) isUnsaved = false;
    }, urgency);
  }

  /** What nobody waits for; what fails now is tried again when the keyring is ready the next time. */
  async function saveQuietly(): Promise<void> {
    const condition = (await store?.look()) ?? 'unknown';
    const { kind } = gate.state();
    const isInReach = kind === 'ready' || (kind === 'unknown' && (store === undefined || condition === 'ready'));
    if (!isInReach || condition === 'locked') return;
    // The gate tells what is wrong with the keyring.
    await save('background').catch(() => undefined);
  }

  const stopListening = gate.onChange(({ kind }) => {
    if (kind === 'ready' && isUnsaved) void saveQuietly();
  });

  return {
    async read() {
      if (known !== null) return known.text;
      if (gate.state().kind === 'session-only') return null;
      reading ??= load().finally(() => {
        reading = null;
      });
      return reading;
    },
    async write(text) {
      known = { text };
      isUnsaved = true;
      if (gate.state().kind !== 'session-only') await save('person');
    },
    async erase() {
      known = { text: null };
      isUnsaved = true;
      await saveQuietly();
    },
    dispose: stopListening,
  };
}
