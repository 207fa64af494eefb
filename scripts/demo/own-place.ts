import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';

import { defaultSettings } from '../../electron/shared/settings.ts';
import type { AppSurroundings } from '../../test/desktop/app.ts';
import { makePrivateFolder, ordinaryUser, writePrivateFile } from '../../test/desktop/ordinary-user.ts';
import type { OrdinaryUser } from '../../test/desktop/ordinary-user.ts';
import { sessionMark } from '../../test/desktop/processes.ts';
import { startUndertaker } from '../../test/desktop/undertaker-process.ts';

/** Folders of the demo's own on the person's desktop. */
export interface OwnPlace extends AppSurroundings {
  /** Everything is under here; gone after `dispose`. */
  readonly folder: string;
  /** First in the app's `PATH`. */
  readonly programs: string;
  /** Where the app keeps its data. */
  readonly dataFolder: string;
  makeFolder(name: string): string;
  /** Ends what is left of the app and removes the folder; on Linux this also happens when the demo is killed. */
  dispose(): Promise<void>;
}

/** What the app must have from the person's session to be on their screen and in their language. */
const inherited =
  /^(?:DISPLAY|WAYLAND_DISPLAY|XDG_(?:RUNTIME_DIR|SESSION_TYPE|SESSION_DESKTOP|CURRENT_DESKTOP|DATA_DIRS|CONFIG_DIRS)|DESKTOP_SESSION|DBUS_SESSION_BUS_ADDRESS|XCURSOR_.*|G[TD]K_.*|LANG|LANGUAGE|LC_.*|TZ)$/u;

/** @throws when root finds no ordinary user to become */
export function makeOwnPlace(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): OwnPlace {
  const user = demoUser(platform);
  const folder = mkdtempSync(join(tmpdir(), 'tidings-demo-'));
  chmodSync(folder, user.drop ? 0o711 : 0o700);
  const makeFolder = (name: string): string => makePrivateFolder(join(folder, name), user);
  const programs = join(folder, 'programs');
  mkdirSync(programs, { mode: 0o755 });
  const dataFolder = makeFolder('data');
  if (platform === 'darwin') {
    // The Keychain there belongs to the login, whatever folders a program has: the demo stays out of it.
    const settings = { ...defaultSettings, tokenStorage: 'session-only' };
    writePrivateFile(join(dataFolder, 'settings.json'), JSON.stringify(settings), user);
  }
  const common = { user, folder, programs, dataFolder, makeFolder };
  if (platform !== 'linux') {
    const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    return { ...common, env: definedOnly(env), adopt: () => undefined, dispose: async () => remove() };
  }
  const undertaker = startUndertaker(folder);
  return {
    ...common,
    env: linuxEnvironment(env, { user, folder, programs, makeFolder }),
    adopt: undertaker.adopt,
    dispose: undertaker.finish,
  };
}

function demoUser(platform: NodeJS.Platform): OrdinaryUser {
  if (platform === 'linux') return ordinaryUser();
  return { uid: 0, gid: 0, name: userInfo().username, drop: false };
}

/**
 * The person's screen and message bus, for without them there is no window, tray icon or notification; home, data,
 * temporary files and keyring of the demo's own. The keyring is libsecret's file, which stands in for the Secret
 * Service when these variables are set (libsecret 0.19 or later, secret-file-backend.c); by the first of them the app
 * leaves the person's Secret Service alone too.
 */
function linuxEnvironment(
  env: NodeJS.ProcessEnv,
  place: Pick<OwnPlace, 'user' | 'folder' | 'programs' | 'makeFolder'>,
): Record<string, string> {
  const { user, folder, makeFolder } = place;
  const taken = Object.fromEntries(Object.entries(definedOnly(env)).filter(([name]) => inherited.test(name)));
  return {
    ...taken,
    ...busAddress(env),
    ...displayAuthority(env, user, folder),
    [sessionMark]: folder,
    PATH: [place.programs, env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter),
    HOME: makeFolder('home'),
    USER: user.name,
    LOGNAME: user.name,
    TMPDIR: makeFolder('tmp'),
    XDG_CONFIG_HOME: makeFolder('config'),
    XDG_DATA_HOME: makeFolder('share'),
    XDG_CACHE_HOME: makeFolder('cache'),
    XDG_STATE_HOME: makeFolder('state'),
    SECRET_BACKEND: 'file',
    SECRET_FILE_TEST_PATH: join(makeFolder('keyring'), 'demo.keyring'),
    // It guards nothing but a throw-away folder.
    SECRET_FILE_TEST_PASSWORD: 'tidings-demo',
    // A root who becomes somebody else can't take along what only root may enter.
    ...(user.drop ? { XDG_RUNTIME_DIR: makeFolder('run'), WAYLAND_DISPLAY: '' } : {}),
  };
}

/** Where libraries look by themselves when the variable isn't set. */
function busAddress(env: NodeJS.ProcessEnv): Record<string, string> {
  const runtimeFolder = env['XDG_RUNTIME_DIR'];
  if (env['DBUS_SESSION_BUS_ADDRESS'] || !runtimeFolder) return {};
  const socket = join(runtimeFolder, 'bus');
  return existsSync(socket) ? { DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}` } : {};
}

/** The key to the X display, which is found in the home folder if nothing else is said. */
function displayAuthority(env: NodeJS.ProcessEnv, user: OrdinaryUser, folder: string): Record<string, string> {
  const file = env['XAUTHORITY'] || join(userInfo().homedir, '.Xauthority');
  if (!existsSync(file)) return {};
  if (!user.drop) return { XAUTHORITY: file };
  const copy = writePrivateFile(join(folder, 'authority'), '', user);
  copyFileSync(file, copy);
  return { XAUTHORITY: copy };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
