import { type ChildProcess, spawn } from 'node:child_process';
import type { Logger } from '../log.ts';
import { busIdOf } from './dbus/bus-identity.ts';
import type { SessionBus } from './dbus/session-bus.ts';
import type { StartedProgram } from './desktop-entry.ts';
import { afterBus, hiddenSwitch } from './switches.ts';

export interface SuccessorOptions {
  readonly bus: Pick<SessionBus, 'call' | 'onConnect'>;
  /** How this very program is started. */
  readonly program: StartedProgram;
  readonly log: Logger;
}

/**
 * Lets go of what it got from Chromium, whose helpers would outlive it otherwise. Its only input is a pipe that the app
 * holds: the end of that is the end of the app. It then asks a new process whether there is another bus.
 */
const waitForEnd = `
for file in /proc/$$/fd/*; do number=\${file##*/}; [ "$number" -gt 2 ] && eval "exec $number>&-"; done
read -r _
question=$1; shift
"$@" "$question" && exec "$@" ${hiddenSwitch}`;

/**
 * Has Tidings come back after a restart of the session bus, which takes every Chromium along: it ends its process at
 * once ("D-Bus connection was disconnected. Aborting.", bus.cc; measured with Electron 33), and nothing in it can keep
 * it from that. A shell outside of it starts a new Tidings once there is another bus; after any other end it does nothing.
 */
export function keepSuccessor({ bus, program, log }: SuccessorOptions): { dispose(): void } {
  let child: ChildProcess | null = null;
  let isOver = false;

  const start = (busId: string): void => {
    const words = [afterBus(busId), program.path, ...program.args];
    child = spawn('/bin/bash', ['-c', waitForEnd, 'tidings-successor', ...words], {
      cwd: '/',
      env: withoutBusId(process.env),
      // Not to be ended with this process' group, by Ctrl+C for one.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.on('error', (error) => {
      log.warn('Nothing will start Tidings again when the session bus restarts', { reason: error.message });
    });
    // It ends only with us; a write never comes.
    child.stdin?.on('error', () => undefined);
  };
  const stopListening = bus.onConnect(() => {
    if (child !== null) return;
    busIdOf(bus).then(
      (busId) => {
        if (!isOver && child === null) start(busId);
      },
      (error: unknown) => {
        log.warn('The session bus has no id', { reason: String(error) });
      },
    );
  });
  return {
    dispose() {
      isOver = true;
      stopListening();
      child?.kill();
    },
  };
}

/** An address with the id of its bus, as dbus-launch gives it, leads to no other one (D-Bus Specification, "guid"). */
function withoutBusId(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const address = env['DBUS_SESSION_BUS_ADDRESS'];
  return address === undefined
    ? env
    : { ...env, DBUS_SESSION_BUS_ADDRESS: address.replaceAll(/,guid=[0-9a-f]+/giu, '') };
}
