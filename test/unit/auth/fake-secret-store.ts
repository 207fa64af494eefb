import type { KeyringCondition, SecretStore } from '../../../electron/main/auth/secret-store.ts';

/** A Secret Service that says what a test has it say, and keeps what it is given. */
export class FakeSecretStore implements SecretStore {
  condition: KeyringCondition = 'ready';
  isReplaced = false;
  readonly texts = new Map<string, string>();
  readonly #listeners = new Set<(condition: KeyringCondition) => void>();

  get listeners(): number {
    return this.#listeners.size;
  }

  tell(condition: KeyringCondition): void {
    this.condition = condition;
    for (const listener of this.#listeners) listener(condition);
  }

  look(): Promise<KeyringCondition> {
    return Promise.resolve(this.condition);
  }

  onChange(listener: (condition: KeyringCondition) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  wasReplaced(): boolean {
    return this.isReplaced;
  }

  unlock(): Promise<void> {
    return Promise.resolve();
  }

  read(item: string): Promise<string | null> {
    return Promise.resolve(this.texts.get(item) ?? null);
  }

  write(item: string, text: string): Promise<void> {
    this.texts.set(item, text);
    return Promise.resolve();
  }

  erase(item: string): Promise<void> {
    this.texts.delete(item);
    return Promise.resolve();
  }
}
