import type { KeyringGate } from './keyring-gate.ts';

/** One text of the person's own, in the keyring beside the tokens; in memory only where tokens are too. */
export interface KeptSecret {
  /** Null where there is none, and where the keyring can't be used now. Asks the keyring once. Never rejects. */
  read(): Promise<string | null>;
  /** Null deletes it. Rejects with a KeyringFailure where the keyring has still the old one; memory has the new one. */
  write(text: string | null): Promise<void>;
}

export function createKeptSecret(gate: KeyringGate, itemName: string): KeptSecret {
  let known: { readonly text: string | null } | null = null;
  return {
    async read() {
      if (known !== null) return known.text;
      if (gate.state().kind === 'session-only') return null;
      try {
        const text = await gate.run(async (keyring) => (await keyring.item(itemName)).load(), 'background');
        known ??= { text };
        return known.text;
      } catch {
        // The keyring's state is told already; who asks goes on without.
        return null;
      }
    },
    async write(text) {
      known = { text };
      if (gate.state().kind === 'session-only') return;
      await gate.run(async (keyring, isGivenUp) => {
        const item = await keyring.item(itemName);
        if (isGivenUp()) return;
        await (text === null ? item.delete() : item.save(text));
      }, 'person');
    },
  };
}
