import { BusFailure } from '../../../electron/main/shell/dbus/bus-failure.ts';
import type { BusCall, BusReply, BusSignal, SignalFilter } from '../../../electron/main/shell/dbus/bus-message.ts';
import type { SessionBus } from '../../../electron/main/shell/dbus/session-bus.ts';

/** How the person answers the service's dialogs. */
export type DialogConduct = 'agrees' | 'dismisses' | 'is away';

/** A Secret Service on a bus of its own, by the Secret Service API 0.2. */
export class FakeSecretService implements Pick<SessionBus, 'call' | 'onSignal'> {
  readonly items = new Map<string, Readonly<Record<string, string>>>();
  isLocked = false;
  /** KWallet finds nothing in what is locked. */
  findsLocked = true;
  conduct: DialogConduct = 'agrees';
  /** KeePassXC asks before it deletes. */
  asksToDelete = false;
  failure: BusFailure | null = null;
  dialogs = 0;
  subscriptions = 0;
  readonly #listeners = new Map<string, (signal: BusSignal) => void>();
  #prompts = new Map<string, () => void>();

  put(account: string, service = 'Tidings'): string {
    const path = `/item/${this.items.size}`;
    this.items.set(path, { service, account, 'xdg:schema': 'org.freedesktop.Secret.Generic' });
    return path;
  }

  onSignal(filter: SignalFilter, listener: (signal: BusSignal) => void): () => void {
    this.subscriptions += 1;
    const path = filter.path ?? '';
    this.#listeners.set(path, listener);
    return () => {
      this.subscriptions -= 1;
      this.#listeners.delete(path);
    };
  }

  async call(call: BusCall): Promise<BusReply> {
    if (this.failure !== null) throw this.failure;
    return Promise.resolve({ sender: ':1.9', body: this.#answer(call) });
  }

  #answer({ member, path, body }: BusCall): readonly unknown[] {
    switch (member) {
      case 'SearchItems':
        return this.#search();
      case 'Get':
        return body[1] === 'Attributes' ? [Object.entries(this.items.get(path) ?? {})] : [this.isLocked];
      case 'ReadAlias':
        return ['/collection/login'];
      case 'Unlock':
        return [[], this.#prompt(() => (this.isLocked = false))];
      case 'Delete':
        if (this.isLocked) throw new BusFailure('refused', 'locked', 'org.freedesktop.Secret.Error.IsLocked');
        if (this.asksToDelete) return [this.#prompt(() => this.items.delete(path))];
        this.items.delete(path);
        return ['/'];
      case 'Prompt':
        this.#show(path);
        return [];
      default:
        throw new Error(`nobody calls ${member}`);
    }
  }

  #search(): readonly unknown[] {
    const paths = [...this.items.keys()];
    if (!this.isLocked) return [paths, []];
    return [[], this.findsLocked ? paths : []];
  }

  #prompt(onAgreed: () => void): string {
    const path = `/prompt/${this.#prompts.size}`;
    this.#prompts.set(path, onAgreed);
    return path;
  }

  #show(path: string): void {
    this.dialogs += 1;
    if (this.conduct === 'is away') return;
    const isDismissed = this.conduct === 'dismisses';
    if (!isDismissed) this.#prompts.get(path)?.();
    const names = { sender: ':1.9', interface: 'org.freedesktop.Secret.Prompt', member: 'Completed' };
    this.#listeners.get(path)?.({ ...names, path, body: [isDismissed, ''] });
  }
}
