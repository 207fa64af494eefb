import { join } from 'node:path';

/** The variables that say where a person's bus is. */
export interface BusEnvironment {
  readonly DBUS_SESSION_BUS_ADDRESS?: string | undefined;
  readonly XDG_RUNTIME_DIR?: string | undefined;
}

/** The address of the session's bus; without one being named it is where systemd puts it; null when unknown. */
export function sessionBusAddress(environment: BusEnvironment): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: named, XDG_RUNTIME_DIR: runtimeFolder } = environment;
  if (named !== undefined && named !== '') return named;
  if (runtimeFolder === undefined || runtimeFolder === '') return null;
  return `unix:path=${encodeURI(join(runtimeFolder, 'bus'))}`;
}

/**
 * The sockets that an address names, to be tried in this order, as `net.connect` takes them: a path, or an abstract
 * name after a NUL. Other transports (TCP, a program to start) are no session's and are left out. D-Bus
 * Specification, "Server Addresses".
 */
export function socketsOf(address: string): readonly string[] {
  return address.split(';').flatMap((one) => {
    const [transport, settings = ''] = splitOnce(one, ':');
    if (transport !== 'unix') return [];
    const values = new Map(settings.split(',').map((setting) => splitOnce(setting, '=')));
    const path = decode(values.get('path'));
    if (path !== null) return [path];
    const abstract = decode(values.get('abstract'));
    return abstract === null ? [] : [`\0${abstract}`];
  });
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Values are percent-encoded; null for none and for one that isn't text. */
function decode(value: string | undefined): string | null {
  if (value === undefined || value === '') return null;
  try {
    return decodeURIComponent(value);
  } catch {
    // The next address of the list is tried, and if there is none the caller says that nothing could be reached.
    return null;
  }
}
