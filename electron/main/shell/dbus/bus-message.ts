/** A method call. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** Of the arguments; '' for none. */
  readonly signature: string;
  /** One value for each type of the signature; a dictionary as pairs, a variant as {@link BusVariant}. */
  readonly body: readonly unknown[];
}

/** The signature of a single complete type, and the value. */
export type BusVariant = readonly [signature: string, value: unknown];

/** An answer. Values are plain: variants unwrapped, 64-bit numbers as bigint. */
export interface BusReply {
  /** The unique name of the connection that answered, like `:1.5`. */
  readonly sender: string;
  readonly body: readonly unknown[];
}

/** A broadcast of our own. */
export interface OutgoingSignal {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature: string;
  readonly body: readonly unknown[];
}

/** A signal as it came; values as in {@link BusReply}. */
export interface BusSignal {
  /** A unique name, or `org.freedesktop.DBus` for the bus itself. */
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

/** Which signals; what is absent matches anything. */
export interface SignalFilter {
  /** The bus takes a well-known name here too, but only the path, interface and member are looked at again. */
  readonly sender?: string;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  /** The first argument, a string. */
  readonly arg0?: string;
}

/** The bus itself, as a service on it. */
export const busService = 'org.freedesktop.DBus';

/** A method of the bus itself with one string as argument. */
export function callOfBus(member: string, argument: string): BusCall {
  return {
    destination: busService,
    path: '/org/freedesktop/DBus',
    interface: busService,
    member,
    signature: 's',
    body: [argument],
  };
}

/** The rule that has the bus send matching signals (D-Bus Specification, "Match Rules"). Names need no escapes. */
export function matchRule(filter: SignalFilter): string {
  return ["type='signal'", ...Object.entries(filter).map(([key, value]) => `${key}='${String(value)}'`)].join(',');
}

/** Whether a signal is meant by the filter: several rules are in force on one connection. */
export function matches(filter: SignalFilter, signal: BusSignal): boolean {
  return (
    (filter.path === undefined || filter.path === signal.path) &&
    (filter.interface === undefined || filter.interface === signal.interface) &&
    (filter.member === undefined || filter.member === signal.member) &&
    (filter.arg0 === undefined || filter.arg0 === signal.body[0])
  );
}
