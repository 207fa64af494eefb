import { join } from 'node:path';

import { writePrivateFile } from './ordinary-user.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import { startService } from './service-process.ts';

/**
 * A bus without any service folder: nothing of the machine is ever activated on it. Besides its own user only
 * root may connect (the test, where root dropped to an ordinary user for the app).
 */
const configuration = (socket: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <allow user="root"/>
  </policy>
</busconfig>
`;

export interface SessionBusOptions {
  /** Where its socket goes; the path must stay under the 108 bytes of a Unix address. */
  readonly runtimeFolder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: OrdinaryUser;
  readonly onStarted: (processGroup: number) => void;
  /** Of its files in the folder; default `bus`. */
  readonly name?: string;
}

/**
 * Starts a private message bus and gives its address for `DBUS_SESSION_BUS_ADDRESS`, or for the system's. It ends with the session.
 * @throws when dbus-daemon isn't installed or gives up
 */
export async function startSessionBus(options: SessionBusOptions): Promise<string> {
  const name = options.name ?? 'bus';
  const socket = join(options.runtimeFolder, name);
  const file = writePrivateFile(join(options.runtimeFolder, `${name}.conf`), configuration(socket), options.user);
  const service = await startService({
    command: 'dbus-daemon',
    args: [`--config-file=${file}`, '--nofork', '--nopidfile', '--nosyslog', '--print-address=3'],
    env: options.env,
    user: options.user,
    readyOn: 'descriptor-3',
    onStarted: options.onStarted,
  });
  // The address it prints carries the bus's GUID, which lets clients tell that they reached the same bus.
  return await service.ready;
}
