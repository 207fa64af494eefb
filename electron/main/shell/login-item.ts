import { constants } from 'node:fs';
import { access, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Clock } from '../clock.ts';
import { StorageFailure, storageFailure, systemErrorCode } from '../storage/storage-failure.ts';
import { autostartEntry, isSwitchedOn, parseDesktopEntry, type StartedProgram } from './desktop-entry.ts';

/**
 * What has the system start Tidings when the person logs in. It belongs to the person, who may change it anywhere:
 * nothing is remembered here.
 */
export interface LoginItem {
  /** Whether Tidings would be started now. Rejects with a {@link StorageFailure} when that can't be read. */
  isOn(): Promise<boolean>;
  /** Rejects with a {@link StorageFailure}; everything is then as it was. */
  set(enabled: boolean): Promise<void>;
  /** Takes away whatever there is of it, switched on or off; false when there was nothing. Rejects as {@link set}. */
  remove(): Promise<boolean>;
}

/** The part of Electron's `app` that Windows and macOS need. */
export interface SystemLoginItems {
  getLoginItemSettings(options: { path: string; args: string[] }): {
    readonly openAtLogin: boolean;
    /** Windows: false too when switched off in the Task Manager or the system's settings. */
    readonly executableWillLaunchAtLogin: boolean;
  };
  setLoginItemSettings(settings: { openAtLogin: boolean; enabled: boolean; path: string; args: string[] }): void;
}

/** Electron's own way, for Windows and macOS. */
export function createSystemLoginItem(
  system: SystemLoginItems,
  { path, args }: StartedProgram,
  platform: NodeJS.Platform,
): LoginItem {
  const target = { path, args: [...args] };
  const isOn = (): boolean => {
    const found = system.getLoginItemSettings(target);
    return platform === 'win32' ? found.executableWillLaunchAtLogin : found.openAtLogin;
  };
  const set = (enabled: boolean): void => {
    system.setLoginItemSettings({ ...target, openAtLogin: enabled, enabled });
  };
  return {
    isOn: async () => isOn(),
    set: async (enabled) => {
      set(enabled);
    },
    remove: async () => {
      const wasThere = system.getLoginItemSettings(target).openAtLogin;
      set(false);
      return wasThere;
    },
  };
}

export interface AutostartOptions {
  readonly appName: string;
  readonly program: StartedProgram;
  /** `XDG_CONFIG_HOME`, and `PATH` for entries that name a program without its folder. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly clock: Pick<Clock, 'now'>;
}

/** `$XDG_CONFIG_HOME/autostart/tidings.desktop`; a relative `XDG_CONFIG_HOME` is ignored, as its specification asks. */
export function autostartFile({ env, homeFolder }: Pick<AutostartOptions, 'env' | 'homeFolder'>): string {
  const named = env['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(named) ? named : join(homeFolder, '.config'), 'autostart', 'tidings.desktop');
}

/** An entry in the person's autostart folder, for Linux. */
export function createAutostartEntry(options: AutostartOptions): LoginItem {
  const { appName, program, env, clock } = options;
  const file = autostartFile(options);
  const folder = join(file, '..');

  /** The entry's text; null when there is none. Rejects for another program's entry of the same name. */
  async function read(): Promise<string | null> {
    try {
      // A link counts as an entry even where it leads nowhere.
      await lstat(file);
    } catch (error) {
      if (isMissing(error)) return null;
      throw storageFailure(error, clock.now());
    }
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '';
      throw storageFailure(error, clock.now());
    });
    const name = parseDesktopEntry(text)?.get('Name');
    if (name !== undefined && name !== appName) {
      const detail = 'tidings.desktop in the autostart folder belongs to another program';
      throw new StorageFailure({ code: 'disk-failed', at: clock.now(), detail });
    }
    return text;
  }

  async function remove(): Promise<boolean> {
    if ((await read()) === null) return false;
    try {
      // Of a link, the link.
      await rm(file);
    } catch (error) {
      if (!isMissing(error)) throw storageFailure(error, clock.now());
    }
    return true;
  }

  return {
    async isOn() {
      const entry = parseDesktopEntry((await read()) ?? '');
      return entry !== null && isSwitchedOn(entry, (tryExec) => isProgram(tryExec, env['PATH'] ?? ''));
    },
    async set(enabled) {
      if (!enabled) {
        await remove();
        return;
      }
      await read();
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(file, autostartEntry(appName, program));
      } catch (error) {
        throw storageFailure(error, clock.now());
      }
    },
    remove,
  };
}

/** The folder is shared with other programs: unlike our own, neither its mode nor anything else of it is changed. */
async function writeWhole(file: string, text: string): Promise<void> {
  // Without the suffix that desktops look for.
  const temporary = `${file}.tmp`;
  await rm(temporary, { force: true });
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function isProgram(tryExec: string, searchPath: string): Promise<boolean> {
  const candidates = isAbsolute(tryExec)
    ? [tryExec]
    : searchPath.split(delimiter).map((searched) => join(searched, tryExec));
  const found = await Promise.all(
    candidates.map((candidate) =>
      access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

function isMissing(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
