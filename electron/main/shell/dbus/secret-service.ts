import type { AppErrorCode, AppErrorInfo } from '../../../shared/app-error.ts';
import type { Clock } from '../../clock.ts';
import type { BusFailure } from './bus-failure.ts';
import type { BusCall } from './bus-message.ts';
import type { SessionBus } from './session-bus.ts';

/** The Secret Service can't do what it was asked: `info.code` is `keyring-unavailable` or `keyring-locked`. */
export class SecretServiceFailure extends Error {
  readonly info: AppErrorInfo;

  constructor(code: AppErrorCode, at: number, detail: string, options?: ErrorOptions) {
    super(code, options);
    this.name = 'SecretServiceFailure';
    this.info = { code, at, detail };
  }
}

/** Sorts a failed call. */
export function secretServiceFailure(failure: BusFailure, at: number): SecretServiceFailure {
  const isLocked = failure.errorName === 'org.freedesktop.Secret.Error.IsLocked';
  const code = isLocked ? 'keyring-locked' : 'keyring-unavailable';
  return new SecretServiceFailure(code, at, failure.message, { cause: failure });
}

/** How long the person may take to answer a dialog of the keyring, ms. */
export const promptLimitMs = 120_000;

/** Names of the Secret Service API 0.2. */
export const secretNames = {
  destination: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets',
  service: 'org.freedesktop.Secret.Service',
  collection: 'org.freedesktop.Secret.Collection',
  item: 'org.freedesktop.Secret.Item',
  prompt: 'org.freedesktop.Secret.Prompt',
} as const;

/** What the service gives for "none". */
const nothing = '/';

/** Where new items go. */
export interface DefaultCollection {
  readonly path: string;
  readonly isLocked: boolean;
}

export interface SecretServiceOptions {
  readonly bus: Pick<SessionBus, 'call' | 'onSignal'>;
  readonly clock: Clock;
}

/** The calls of freedesktop.org's Secret Service that more than one of us needs. Each may reject with a BusFailure. */
export class SecretService {
  readonly #options: SecretServiceOptions;

  constructor(options: SecretServiceOptions) {
    this.#options = options;
  }

  /** The default collection; null where there is none yet. */
  async defaultCollection(): Promise<DefaultCollection | null> {
    const [path] = await this.call('ReadAlias', 's', ['default']);
    if (typeof path !== 'string' || path === nothing) return null;
    return { path, isLocked: (await this.property(path, secretNames.collection, 'Locked')) === true };
  }

  /** By the service's own dialog, where it wants one. Rejects with `keyring-locked` when that isn't answered. */
  async unlock(paths: readonly string[]): Promise<void> {
    const [, prompt] = await this.call('Unlock', 'ao', [paths]);
    await this.answered(prompt);
  }

  /** Deletes an item, after the service's dialog where it wants one. */
  async delete(path: string): Promise<void> {
    const [prompt] = await this.send({ path, interface: secretNames.item, member: 'Delete', signature: '', body: [] });
    await this.answered(prompt);
  }

  /** Has the service ask the person, where it wants to. Rejects with `keyring-locked` when that isn't answered. */
  async answered(prompt: unknown): Promise<void> {
    if (typeof prompt !== 'string' || prompt === nothing) return;
    const { bus, clock } = this.#options;
    const refuse = (detail: string): SecretServiceFailure =>
      new SecretServiceFailure('keyring-locked', clock.now(), detail);
    await new Promise<void>((resolve, reject) => {
      const end = (settle: () => void): void => {
        cancel();
        stop();
        settle();
      };
      const cancel = clock.setTimer(promptLimitMs, () => {
        end(() => reject(refuse(`its dialog wasn’t answered within ${promptLimitMs / 1_000} s`)));
      });
      const completed = { path: prompt, interface: secretNames.prompt, member: 'Completed' };
      const stop = bus.onSignal(completed, ({ body }) => {
        end(() => (body[0] === true ? reject(refuse('its dialog was dismissed')) : resolve()));
      });
      // Without a parent window.
      const show = { path: prompt, interface: secretNames.prompt, member: 'Prompt', signature: 's', body: [''] };
      this.send(show).catch((error: unknown) => {
        end(() => reject(error instanceof Error ? error : new Error(String(error))));
      });
    });
  }

  async property(path: string, owner: string, name: string): Promise<unknown> {
    const call = { path, interface: 'org.freedesktop.DBus.Properties', member: 'Get', signature: 'ss' };
    const [value] = await this.send({ ...call, body: [owner, name] });
    return value;
  }

  /** A method of the service itself. */
  call(member: string, signature: string, body: readonly unknown[]): Promise<readonly unknown[]> {
    return this.send({ path: secretNames.path, interface: secretNames.service, member, signature, body });
  }

  /** A method of one of its objects. */
  async send(call: Omit<BusCall, 'destination'>): Promise<readonly unknown[]> {
    return (await this.#options.bus.call({ ...call, destination: secretNames.destination })).body;
  }
}

/** The object paths in an answer. */
export function pathsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((path): path is string => typeof path === 'string') : [];
}
