import { homedir } from 'node:os';
import type { App } from 'electron';
import type { Clock } from '../clock.ts';
import type { StartedProgram } from './desktop-entry.ts';
import { createAutostartEntry, createSystemLoginItem, type LoginItem } from './login-item.ts';
import { hiddenSwitch } from './switches.ts';

type ProgramFacts = Pick<App, 'isPackaged' | 'getAppPath'>;

/** How this very program is started: an AppImage by its file, since what runs is mounted anew at each start. */
export function thisProgram(app: ProgramFacts, env: Readonly<Record<string, string | undefined>>): StartedProgram {
  const appImage = env['APPIMAGE'];
  if (app.isPackaged && appImage !== undefined && appImage !== '') return { path: appImage, args: [] };
  // From source, Electron is told which app to run.
  return { path: process.execPath, args: app.isPackaged ? [] : [app.getAppPath()] };
}

/** Tidings' own login item on this system. */
export function ownLoginItem(app: App, clock: Clock): LoginItem {
  const { path, args } = thisProgram(app, process.env);
  if (process.platform === 'linux') {
    const program = { path, args: [...args, hiddenSwitch] };
    return createAutostartEntry({ appName: 'Tidings', program, env: process.env, homeFolder: homedir(), clock });
  }
  // Electron writes the words as they are.
  const quoted = args.map((word) => `"${word}"`);
  return createSystemLoginItem(app, { path, args: [...quoted, hiddenSwitch] }, process.platform);
}

/** macOS passes no switches on: there the system says how the app was started. */
export function startsHidden(app: App): boolean {
  const byLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  return byLogin || process.argv.includes(hiddenSwitch);
}
