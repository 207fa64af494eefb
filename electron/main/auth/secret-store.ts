/**
 * What the system's keyring says of itself, without being asked for a secret and without raising a dialog. `absent`:
 * nobody provides one. `unknown`: there is nobody to ask.
 */
export type KeyringCondition = 'ready' | 'locked' | 'absent' | 'unknown';

/** The Secret Service (Linux) as it is reached past libsecret. Every item has the library's own attributes. */
export interface SecretStore {
  /** Asks now; starts nothing. Never rejects. */
  look(): Promise<KeyringCondition>;
  /** Calls back with each change that it tells of, also when another service takes its place; never polls. */
  onChange(listener: (condition: KeyringCondition) => void): () => void;
  /** Where the keyring is locked, has it ask the person. Rejects when it stays locked. */
  unlock(): Promise<void>;
  /**
   * Whether the service that was there went, in this process's life: libsecret holds on to its session with that one
   * for good (measured with 0.20.5, in Electron 33 too), so that only what is below still reach a keyring.
   */
  wasReplaced(): boolean;
  /** Null when there is none, and when the keyring is locked. */
  read(item: string): Promise<string | null>;
  /** As {@link unlock} first. */
  write(item: string, text: string): Promise<void>;
  /** Does nothing when the keyring is locked. */
  erase(item: string): Promise<void>;
}
