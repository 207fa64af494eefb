import { spawn } from 'node:child_process';
import { app, dialog } from 'electron';
import { systemClock } from './clock.ts';
import { chooseLanguage, createWords, type Words } from './i18n.ts';
import { silentLog } from './log.ts';
import { becomeOnlyInstance, isProcessAlive, lockOwner, untilEnded } from './only-instance.ts';
import { placesOf, type RemovalOptions, removeEverything } from './removal.ts';
import { describeRemoval, type RemovalWords } from './removal-words.ts';
import { ownLoginItem, thisProgram } from './shell/own-login-item.ts';
import { sweepAfter } from './shell/switches.ts';
import { appPaths } from './storage/paths.ts';
import { removeDataFolder } from './storage/remove-folder.ts';
import { peekSettings } from './storage/settings-file.ts';

/**
 * `tidings --remove-my-data`: has a running Tidings quit, removes everything, says what became of it, and answers the
 * exit status: 0 when nothing is left, else 1. Before Electron is ready, so that it needs no display and Chromium
 * hasn't opened a file in the folder.
 */
export async function removeAtTerminal(isUsualPlace: boolean): Promise<number> {
  const { translate } = await readWords();
  const isAlone = await becomeOnlyInstance({
    requestLock: () => app.requestSingleInstanceLock(),
    findOwner: () => lockOwner(app.getPath('userData')),
    isAlive: isProcessAlive,
    clock: systemClock,
    onOther: () => {
      process.stdout.write(`${translate('removal.wasRunning')}\n`);
    },
  });
  if (!isAlone) {
    await write(process.stderr, [translate('removal.stillRunning')]);
    return 1;
  }
  // Windows keeps the lock in a file that is open until then.
  if (process.platform === 'win32') app.releaseSingleInstanceLock();
  const { done, failed } = await remove(
    { isUsualPlace, leaveTokens: false, extent: isUsualPlace ? 'whole' : 'own-files' },
    translate,
  );
  await write(process.stdout, [...done, translate('removal.consent')]);
  if (failed.length === 0) return 0;
  await write(process.stderr, [...failed, translate('removal.again')]);
  // A program with a window has no terminal there.
  if (process.platform === 'win32') dialog.showErrorBox(translate('removal.incomplete'), failed.join('\n'));
  return 1;
}

/**
 * What the window's "Remove everything and quit" leads to, once the app has let go of everything. What couldn't be
 * removed is told in a box; answers the exit status. Chromium writes files of its own until the process ends
 * (measured: its network service, on exit), so the folder goes by a new process that waits for that. Not by Electron's
 * `relaunch`, which sometimes missed the end and waited for ever (measured on 33).
 */
export async function removeAfterWindow(wish: { isUsualPlace: boolean; leaveTokens: boolean }): Promise<number> {
  const { translate } = await readWords();
  const { failed } = await remove({ ...wish, extent: 'own-files' }, translate);
  if (failed.length > 0) {
    process.stderr.write(`${failed.join('\n')}\n`);
    dialog.showErrorBox(translate('removal.incomplete'), [...failed, translate('removal.againInTerminal')].join('\n'));
  }
  if (wish.isUsualPlace) await startSweeper();
  return failed.length === 0 ? 0 : 1;
}

/** Resolves when it runs or can't be started, which a person can't do anything about. */
async function startSweeper(): Promise<void> {
  const { path, args } = thisProgram(app, process.env);
  const sweeper = spawn(path, [...args, sweepAfter(process.pid)], { detached: true, stdio: 'ignore' });
  await new Promise<void>((resolve) => {
    sweeper.once('spawn', resolve);
    sweeper.once('error', (error) => {
      process.stderr.write(`${String(error)}\n`);
      resolve();
    });
  });
  sweeper.unref();
}

/** That new process: removes the rest of the folder, unless somebody has started Tidings again. Answers the status. */
export async function sweep(pid: number): Promise<number> {
  if (!(await untilEnded(pid, { isAlive: isProcessAlive, clock: systemClock }))) return 1;
  if (!app.requestSingleInstanceLock()) return 0;
  if (process.platform === 'win32') app.releaseSingleInstanceLock();
  const { leftBehind } = await removeDataFolder(app.getPath('userData'), 'whole');
  return leftBehind.length === 0 ? 0 : 1;
}

async function readWords(): Promise<Words> {
  const settings = await peekSettings(appPaths(app.getPath('userData')).settingsFile);
  return createWords(chooseLanguage(settings?.language ?? 'system', app.getPreferredSystemLanguages()));
}

type Wish = Pick<RemovalOptions, 'isUsualPlace' | 'leaveTokens' | 'extent'>;

async function remove(wish: Wish, translate: Words['translate']): Promise<RemovalWords> {
  const place = { dataFolder: app.getPath('userData'), platform: process.platform };
  const loginItem = ownLoginItem(app, systemClock);
  const report = await removeEverything({ ...place, ...wish, loginItem, clock: systemClock, log: silentLog });
  return describeRemoval(report, placesOf(place), translate);
}

/** Resolves when the lines have left the process. */
async function write(stream: NodeJS.WriteStream, lines: readonly string[]): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write(`${lines.join('\n')}\n`, () => {
      resolve();
    });
  });
}
