import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { connectBus } from './bus-client.ts';
import type { BusClient } from './bus-client.ts';
import { startDisplay } from './display.ts';
import type { Display } from './display.ts';
import { prepareKeyring } from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { makePrivateFolder, ordinaryUser } from './ordinary-user.ts';
import type { OrdinaryUser } from './ordinary-user.ts';
import { sessionMark, sessionProcesses } from './processes.ts';
import type { ProcessEntry } from './processes.ts';
import { startSessionBus } from './session-bus.ts';
import { startUndertaker } from './undertaker-process.ts';
import type { Undertaker } from './undertaker-process.ts';

export interface DesktopSessionOptions {
  /** Size of the screen in pixels; 1280 by 800 by default. */
  readonly width?: number;
  readonly height?: number;
  /** `absent`: nothing provides the Secret Service until `keyring.start()`. Default `unlocked`. */
  readonly keyring?: 'unlocked' | 'locked' | 'absent';
  /** The person's language and country as locales name them; default `en_US`. */
  readonly language?: string;
  /** For `XDG_CURRENT_DESKTOP`; none by default. */
  readonly currentDesktop?: string;
  /** Whether there is a bus for machine-wide services, with none on it yet; default false. */
  readonly systemBus?: boolean;
}

/** A desktop of its own: display, message bus, keyring and folders, apart from the machine's and the caller's. */
export interface DesktopSession {
  readonly user: OrdinaryUser;
  /** Everything of the session is under here; gone after `dispose`. Others can enter it but not list it. */
  readonly folder: string;
  /** Where the programs go that stand in for the system's, first in `PATH`. Only the caller writes here. */
  readonly programs: string;
  /** The whole environment for a program of this session; nothing of the caller's is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly display: Display;
  readonly busAddress: string;
  readonly bus: BusClient;
  /** Null unless asked for. */
  readonly systemBus: BusClient | null;
  readonly keyring: Keyring;
  /** Makes a folder in the session that only the user can enter. */
  makeFolder(name: string): string;
  /** Tells the session of a process group to be ended with it. */
  adopt(processGroup: number): void;
  /** What runs in the session now. */
  processes(): readonly ProcessEntry[];
  /** Ends everything that was started in it and removes its folder. */
  dispose(): Promise<void>;
}

/**
 * Starts a private desktop. As root, everything in it runs as an existing unprivileged user.
 * @throws when one of its programs (Xvfb, dbus-daemon, gnome-keyring-daemon) isn't installed; nothing is left then
 */
export async function startDesktopSession(options: DesktopSessionOptions = {}): Promise<DesktopSession> {
  const user = ordinaryUser();
  const folder = mkdtempSync(join(tmpdir(), 'tidings-'));
  chmodSync(folder, user.drop ? 0o711 : 0o700);
  const undertaker = startUndertaker(folder);
  try {
    return await fillSession(folder, user, undertaker, options);
  } catch (error) {
    await undertaker.finish();
    throw error;
  }
}

async function fillSession(
  folder: string,
  user: OrdinaryUser,
  undertaker: Undertaker,
  options: DesktopSessionOptions,
): Promise<DesktopSession> {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  // Whatever the umask: the session's user looks for programs here.
  chmodSync(programs, 0o755);
  const makeFolder = (name: string): string => makePrivateFolder(join(folder, name), user);
  const runtimeFolder = makeFolder('run');
  const language = options.language ?? 'en_US';
  const baseEnv = {
    [sessionMark]: folder,
    PATH: `${programs}:/usr/local/bin:/usr/bin:/bin`,
    HOME: makeFolder('home'),
    USER: user.name,
    LOGNAME: user.name,
    SHELL: '/bin/sh',
    // The locale itself may not be installed: names and words follow LANG, and text is UTF-8 in any case.
    LANG: `${language}.UTF-8`,
    LANGUAGE: language,
    LC_CTYPE: 'C.UTF-8',
    TZ: process.env['TZ'] ?? 'UTC',
    TMPDIR: makeFolder('tmp'),
    XDG_RUNTIME_DIR: runtimeFolder,
    XDG_CONFIG_HOME: makeFolder('config'),
    XDG_DATA_HOME: makeFolder('data'),
    XDG_CACHE_HOME: makeFolder('cache'),
    XDG_STATE_HOME: makeFolder('state'),
    XDG_SESSION_TYPE: 'x11',
    ...(options.currentDesktop === undefined ? {} : { XDG_CURRENT_DESKTOP: options.currentDesktop }),
    // No machine-wide services unless asked for, no accessibility bus, no settings daemon: none of them is this session's.
    DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${runtimeFolder}/no-system-bus`,
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
    GIO_USE_VFS: 'local',
  };
  const common = { env: baseEnv, user, onStarted: undertaker.adopt };
  const size = { width: options.width ?? 1280, height: options.height ?? 800 };
  const [display, busAddress, systemBusAddress] = await Promise.all([
    startDisplay({ ...common, folder, ...size }),
    startSessionBus({ ...common, runtimeFolder }),
    options.systemBus === true ? startSessionBus({ ...common, runtimeFolder, name: 'system-bus' }) : null,
  ]);
  const env = {
    ...baseEnv,
    ...(systemBusAddress === null ? {} : { DBUS_SYSTEM_BUS_ADDRESS: systemBusAddress }),
    DISPLAY: display.name,
    XAUTHORITY: display.authorityFile,
    DBUS_SESSION_BUS_ADDRESS: busAddress,
  };
  const bus = await connectBus(busAddress);
  const systemBus = systemBusAddress === null ? null : await connectBus(systemBusAddress);
  const keyring = await prepareKeyring({ ...common, env, folder: runtimeFolder, bus });
  if (options.keyring !== 'absent') await keyring.start(options.keyring ?? 'unlocked');
  return {
    user,
    folder,
    programs,
    env,
    display,
    busAddress,
    bus,
    systemBus,
    keyring,
    makeFolder,
    adopt: undertaker.adopt,
    processes: () => sessionProcesses(folder, undertaker.groups),
    dispose: async () => {
      await Promise.all([bus.dispose(), systemBus?.dispose()]);
      await undertaker.finish();
    },
  };
}
