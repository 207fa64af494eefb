import type { Logger } from '../../log.ts';
import type { BusFailure } from './bus-failure.ts';
import type { BusVariant, OutgoingSignal } from './bus-message.ts';
import type { SessionBus } from './session-bus.ts';

const launcherInterface = 'com.canonical.Unity.LauncherEntry';
/** Had by whatever shows launchers: Ubuntu's dock, KDE's task bar and others take this name. */
const dockName = 'com.canonical.Unity';

/** The number on the launcher of Linux' docks. */
export interface LauncherEntry {
  /** Shows the number, 0 for none; true: whether a dock shows it isn't told. Never throws. */
  setCount(count: number): boolean;
  /** Listens for docks no more. The number goes with the connection to the bus. */
  dispose(): void;
}

export interface LauncherEntryOptions {
  readonly bus: Pick<SessionBus, 'connect' | 'emit' | 'watchOwner' | 'onConnect'>;
  /** Name of the desktop file with its ending: how docks know which launcher is meant. */
  readonly desktopFile: string;
  readonly log: Logger;
}

/**
 * Tells docks by Unity's launcher interface, as libunity does (https://wiki.ubuntu.com/Unity/LauncherAPI); Electron's
 * own `app.setBadgeCount` needs that library and says nothing without it (measured with 33). Doesn't touch the bus
 * before the first number.
 */
export function createLauncherEntry({ bus, desktopFile, log }: LauncherEntryOptions): LauncherEntry {
  const application = `application://${desktopFile}`;
  let count = 0;
  let stopListening: (() => void) | null = null;

  const announce = (): boolean => bus.emit(launcherUpdate(application, count));

  const complain = (failure: BusFailure): void => {
    log.debug('badge: no dock can be told', { reason: failure.message });
  };

  /** A dock that comes later, or a bus that comes back, knows nothing of what was said before. */
  const listen = (): (() => void) => {
    const stopWatching = bus.watchOwner(dockName, (owner) => {
      if (owner !== null) announce();
    });
    const stopConnects = bus.onConnect(announce);
    return () => {
      stopWatching();
      stopConnects();
    };
  };

  return {
    setCount: (next) => {
      count = next;
      if (stopListening === null) {
        // Connects, and announces then.
        stopListening = listen();
      }
      if (!announce()) bus.connect().catch(complain);
      return true;
    },
    dispose: () => {
      stopListening?.();
      stopListening = null;
    },
  };
}

/** The signal for a number; 0 hides it. */
export function launcherUpdate(application: string, count: number): OutgoingSignal {
  const properties: readonly (readonly [string, BusVariant])[] = [
    ['count', ['x', count]],
    ['count-visible', ['b', count > 0]],
  ];
  return {
    path: `/com/canonical/unity/launcherentry/${stringHash(application)}`,
    interface: launcherInterface,
    member: 'Update',
    signature: 'sa{sv}',
    body: [application, properties],
  };
}

/** GLib's g_str_hash (djb2 in 32 bits), by which libunity makes its path; the text must be ASCII. */
function stringHash(text: string): number {
  let hash = 5381;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(hash, 33) + text.charCodeAt(index)) >>> 0;
  }
  return hash;
}
