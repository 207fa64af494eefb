import * as dbus from 'dbus-native';
import type { DefinedInterface, Message, MessageBus } from 'dbus-native';

/** A signal as it came. Values are plain: variants unwrapped, dicts with string keys as objects. */
export interface BusSignal {
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

/** Which signals: absent fields match anything. */
export interface SignalFilter {
  readonly sender?: string;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
}

/** A method call; `signature` is of the arguments. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** One connection to the session's bus. */
export interface BusClient {
  /** The connection's unique name, like `:1.5`. */
  readonly uniqueName: string;
  /** Resolves to the reply's only value, an array of several, or undefined. Rejects with a DBusError. */
  call(call: BusCall): Promise<unknown>;
  getProperty(destination: string, path: string, name: string, property: string): Promise<unknown>;
  /** Calls back on each signal that matches; resolves, once the bus routes them, to what ends it. */
  onSignal(filter: SignalFilter, listener: (signal: BusSignal) => void): Promise<() => void>;
  emit(path: string, name: string, member: string, signature: string, body: readonly unknown[]): void;
  export(path: string, definition: DefinedInterface): Promise<void>;
  /** @throws when somebody else has the name */
  own(name: string): Promise<void>;
  release(name: string): Promise<void>;
  dispose(): Promise<void>;
}

const busName = 'org.freedesktop.DBus';

function matchRule(filter: SignalFilter): string {
  return ["type='signal'", ...Object.entries(filter).map(([key, value]) => `${key}='${String(value)}'`)].join(',');
}

function matches(filter: SignalFilter, signal: BusSignal): boolean {
  return (
    (filter.sender === undefined || filter.sender === signal.sender) &&
    (filter.path === undefined || filter.path === signal.path) &&
    (filter.interface === undefined || filter.interface === signal.interface) &&
    (filter.member === undefined || filter.member === signal.member)
  );
}

function invoke(bus: MessageBus, message: Message): Promise<unknown> {
  return Promise.resolve(bus.invoke<unknown>(message));
}

/**
 * Connects to a bus.
 * @param address as in `DBUS_SESSION_BUS_ADDRESS`
 * @throws when there is no bus or it refuses us
 */
export async function connectBus(address: string): Promise<BusClient> {
  const bus = dbus.createClient({ busAddress: address, timeout: 10_000 });
  const listeners = new Map<(signal: BusSignal) => void, SignalFilter>();
  await new Promise<void>((resolve, reject) => {
    bus.connection.once('connect', resolve);
    bus.connection.once('error', reject);
  });
  // The bus going away at the end of a session is no error of the test's; calls in flight reject by themselves.
  bus.connection.on('error', () => undefined);
  bus.connection.on('message', (message) => {
    if (message.type !== dbus.messageType.signal) return;
    const signal: BusSignal = {
      sender: message.sender ?? '',
      path: message.path ?? '',
      interface: message.interface ?? '',
      member: message.member ?? '',
      body: message.body ?? [],
    };
    for (const [listener, filter] of listeners) if (matches(filter, signal)) listener(signal);
  });
  const uniqueName = String(await invoke(bus, { ...busCall('GetNameOwner', 's', [busName]) }).then(() => bus.name));

  return {
    uniqueName,
    call: ({ body, ...rest }) => invoke(bus, { ...rest, ...(body === undefined ? {} : { body: [...body] }) }),
    getProperty: (destination, path, name, property) =>
      invoke(bus, {
        destination,
        path,
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        signature: 'ss',
        body: [name, property],
      }),
    onSignal: async (filter, listener) => {
      const once = (signal: BusSignal): void => listener(signal);
      listeners.set(once, filter);
      await bus.addMatch(matchRule(filter));
      return () => void listeners.delete(once);
    },
    emit: (path, name, member, signature, body) => bus.sendSignal(path, name, member, signature, [...body]),
    export: async (path, definition) => void (await bus.export(path, definition)),
    own: async (name) => {
      const doNotQueue = 4;
      const { isPrimaryOwner } = await bus.ownName(name, doNotQueue);
      if (!isPrimaryOwner) throw new Error(`Somebody else has the name ${name} on this bus`);
    },
    release: async (name) => void (await bus.releaseName(name)),
    dispose: () => bus.close(),
  };
}

function busCall(member: string, signature: string, body: unknown[]): Message {
  return { destination: busName, path: '/org/freedesktop/DBus', interface: busName, member, signature, body };
}
