/**
 * - `no-bus`: there is no session bus, or it can't be reached
 * - `refused`: the answer is an error; `errorName` says which
 * - `timed-out`: no answer within the call's time
 * - `closed`: the connection went away before the answer; whether the call was carried out is unknown
 * - `bad-call`: the message can't be written: a program error
 * - `disposed`: we are going away ourselves
 */
export type BusFailureKind = 'no-bus' | 'refused' | 'timed-out' | 'closed' | 'bad-call' | 'disposed';

/** The only error of the session bus. The message is for the log. */
export class BusFailure extends Error {
  readonly kind: BusFailureKind;
  /** Like `org.freedesktop.DBus.Error.ServiceUnknown`; null unless the kind is `refused`. */
  readonly errorName: string | null;

  constructor(kind: BusFailureKind, message: string, errorName: string | null = null) {
    super(message);
    this.name = 'BusFailure';
    this.kind = kind;
    this.errorName = errorName;
  }
}

/** Nobody provides the service that was called (D-Bus Specification, "Message Bus Starting Services"). */
export function isWithoutService(failure: BusFailure): boolean {
  return failure.errorName !== null && withoutService.has(failure.errorName);
}

const withoutService: ReadonlySet<string> = new Set([
  'org.freedesktop.DBus.Error.ServiceUnknown',
  'org.freedesktop.DBus.Error.NameHasNoOwner',
]);
