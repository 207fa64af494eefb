import { BusFailure } from '../../../electron/main/shell/dbus/bus-failure.ts';
import type { BusOutcome } from '../../../electron/main/shell/dbus/bus-link.ts';
import type { BusCall, BusSignal } from '../../../electron/main/shell/dbus/bus-message.ts';
import type { SessionBus } from '../../../electron/main/shell/dbus/session-bus.ts';

interface Pending {
  readonly call: BusCall;
  readonly settle: (outcome: BusOutcome) => void;
}

/** A bus on which a test plays the notification service, answering when it likes. */
export class FakeNotificationBus implements Pick<SessionBus, 'connect' | 'request' | 'onSignal' | 'watchOwner'> {
  /** What was said to the service, like `Notify 0 Title`, `CloseNotification 3`. */
  readonly said: string[] = [];
  /** Whole calls of Notify. */
  readonly notified: BusCall[] = [];
  capabilities: readonly string[] | BusFailure = ['body', 'body-markup', 'actions'];
  /** Whether GetCapabilities is answered at once. */
  answersCapabilities = true;
  connected: Promise<void> = Promise.resolve();
  subscriptions = 0;
  #pending: Pending[] = [];
  #signalListeners = new Set<(signal: BusSignal) => void>();
  #ownerListener: (owner: string | null) => void = () => {};
  #owner: string | null = ':1.5';

  connect(): Promise<void> {
    return this.connected;
  }

  request(call: BusCall, settle: (outcome: BusOutcome) => void): void {
    const { member, body } = call;
    this.said.push([member, ...(member === 'Notify' ? [body[1], body[3]] : body)].join(' '));
    if (member === 'Notify') this.notified.push(call);
    this.#pending.push({ call, settle });
    if (member === 'GetCapabilities' && this.answersCapabilities) this.answerCapabilities();
    if (member === 'CloseNotification') this.#take('CloseNotification').settle(this.#reply([]));
  }

  onSignal(_filter: unknown, listener: (signal: BusSignal) => void): () => void {
    this.subscriptions += 1;
    this.#signalListeners.add(listener);
    return () => {
      this.subscriptions -= 1;
      this.#signalListeners.delete(listener);
    };
  }

  watchOwner(_name: string, listener: (owner: string | null) => void): () => void {
    this.subscriptions += 1;
    this.#ownerListener = listener;
    listener(this.#owner);
    return () => {
      this.subscriptions -= 1;
      this.#ownerListener = () => {};
    };
  }

  /** The oldest Notify is answered. */
  answer(serverId: number, sender = this.#owner ?? ':1.0'): void {
    this.#take('Notify').settle({ kind: 'reply', reply: { sender, body: [serverId] } });
  }

  fail(member: 'Notify' | 'GetCapabilities', failure: BusFailure): void {
    this.#take(member).settle({ kind: 'failure', failure });
  }

  answerCapabilities(sender = this.#owner ?? ':1.0'): void {
    const { settle } = this.#take('GetCapabilities');
    if (this.#owner === null) settle({ kind: 'failure', failure: withoutService() });
    else if (this.capabilities instanceof BusFailure) settle({ kind: 'failure', failure: this.capabilities });
    else settle({ kind: 'reply', reply: { sender, body: [this.capabilities] } });
  }

  /** Another service, or none. */
  ownerIs(owner: string | null): void {
    this.#owner = owner;
    this.#ownerListener(owner);
  }

  signal(member: string, body: readonly unknown[], sender = this.#owner ?? ':1.0'): void {
    const signal = { sender, path: '/org/freedesktop/Notifications', interface: 'org.freedesktop.Notifications' };
    // One subscription a member: which filter would take it is the real bus's business.
    const [first] = this.#signalListeners;
    first?.({ ...signal, member, body });
  }

  click(serverId: number): void {
    this.signal('ActionInvoked', [serverId, 'default']);
    this.signal('NotificationClosed', [serverId, 2]);
  }

  #take(member: string): Pending {
    const index = this.#pending.findIndex(({ call }) => call.member === member);
    const [pending] = index < 0 ? [] : this.#pending.splice(index, 1);
    if (pending === undefined) throw new Error(`No ${member} waits for an answer`);
    return pending;
  }

  #reply(body: readonly unknown[]): BusOutcome {
    return { kind: 'reply', reply: { sender: this.#owner ?? ':1.0', body } };
  }
}

/** Nobody provides the service. */
export function withoutService(): BusFailure {
  return new BusFailure('refused', 'no such service', 'org.freedesktop.DBus.Error.ServiceUnknown');
}
