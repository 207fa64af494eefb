import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import type { TidingsApp } from './app.ts';
import { answerAt } from './answer-channel.ts';
import { systemClock } from './clock.ts';
import { isDoctorAtWork, untilNoDoctor } from './doctor-marker.ts';
import { doctorWish, readQuestion } from './doctor-order.ts';
import { chooseLanguage, createWords } from './i18n.ts';
import { appSchemePrivileges } from './shell/app-protocol.ts';
import { isProcessAlive } from './only-instance.ts';
import { forbiddenSwitches } from './shell/forbidden-switches.ts';
import { cutOffChromium } from './shell/no-network.ts';
import { startsHidden } from './shell/own-login-item.ts';
import { describeRefusal, type Refusal, refusalOfSwitches } from './shell/refusal.ts';
import { afterBusWish, hiddenSwitch, removeSwitch, sweepWish } from './shell/switches.ts';
import { dataFolderProblem } from './storage/data-folder.ts';
import { appPaths } from './storage/paths.ts';

/**
 * Says why on the terminal and, once there can be one, in a box, in the system's language; ends with status 1.
 * Not asynchronous: Electron's `exit` between the first turn and `ready` never ends (measured on 33).
 */
function refuseToStart(refusal: Refusal): void {
  const { translate } = createWords(chooseLanguage('system', app.getPreferredSystemLanguages()));
  const title = translate('dialog.cantStart');
  const reason = describeRefusal(refusal, app.getPath('userData'), translate);
  process.stderr.write(`${title}: ${reason.replaceAll(/\n+/gu, ' ')}\n`);
  if (app.isReady()) {
    dialog.showErrorBox(title, reason);
  }
  app.exit(1);
}

/** The same in a box too, which needs a ready Electron: who starts the app from a menu sees no terminal. */
function refuseInBox(refusal: Refusal): void {
  void app.whenReady().then(() => {
    refuseToStart(refusal);
  });
}

/** What every start does first; null when it was refused. */
function prepare(): { readonly isUsualPlace: boolean } | null {
  const switches = forbiddenSwitches(process.argv, __TIDINGS_ALLOW_DEBUGGING__);
  const refusal = refusalOfSwitches(switches, process.env);
  if (refusal?.kind === 'app-image-without-sandbox') {
    // Started from a menu, most likely: nobody sees a terminal. No page is opened, and nothing of the network.
    app.disableHardwareAcceleration();
    cutOffChromium(app.commandLine);
    refuseInBox(refusal);
    return null;
  }
  if (refusal !== null) {
    refuseToStart(refusal);
    return null;
  }
  app.setName('Tidings');
  // Windows shows notifications only of programs with an id.
  app.setAppUserModelId('app.tidings.Tidings');
  // Chromium's own switch for data elsewhere: the demo's way on systems where no variable leads there.
  const isUsualPlace = !app.commandLine.hasSwitch('user-data-dir');
  if (isUsualPlace) {
    app.setPath('userData', join(app.getPath('appData'), 'Tidings'));
  }
  return { isUsualPlace };
}

function run(isUsualPlace: boolean): void {
  if (!app.requestSingleInstanceLock()) {
    // Chromium answers the same where it can't put its lock into the folder: nobody would ever hear why.
    const problem = dataFolderProblem(app.getPath('userData'), Date.now());
    if (problem !== null) {
      refuseInBox({ kind: 'failed', error: problem });
      return;
    }
    // The first instance shows its window.
    app.exit(0);
    return;
  }
  // One small window of text: no GPU process is worth its memory.
  app.disableHardwareAcceleration();
  app.enableSandbox();
  cutOffChromium(app.commandLine);
  protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
  // Closing the window leaves the app in the tray.
  app.on('window-all-closed', () => {});

  let tidings: TidingsApp | null = null;
  const starting = app
    .whenReady()
    .then(async () => {
      const { startTidings } = await import('./app.ts');
      const onRemoveEverything = (leaveTokens: boolean): void => {
        leaveForGood(leaveTokens).catch((error: unknown) => {
          refuseToStart({ kind: 'failed', error });
        });
      };
      tidings = await startTidings({ outFolder: join(import.meta.dirname, '..'), isUsualPlace, onRemoveEverything });
      if (!startsHidden(app)) {
        tidings.showWindow();
      }
    })
    .catch((error: unknown) => {
      refuseToStart({ kind: 'failed', error });
    });

  app.on('second-instance', (_event, argv, _folder, data) => {
    const question = readQuestion(data);
    if (question !== null) {
      void starting.then(() =>
        answerAt(question.answerAt, async (gone) =>
          JSON.stringify((await tidings?.doctor.answer(question, gone)) ?? null),
        ),
      );
    } else if (argv.includes(removeSwitch)) {
      // That start waits for this one's end, and removes everything then.
      void starting.then(() => {
        app.quit();
      });
    } else if (!argv.includes(hiddenSwitch) && sweepWish(argv) === null && doctorWish(argv) === null) {
      void starting.then(() => tidings?.showWindow());
    }
  });
  app.on('activate', () => {
    void starting.then(() => tidings?.showWindow());
  });
  /** Set once the app is on its way out, which nothing then shortens. */
  let isLeaving = false;
  const end = (left: TidingsApp, status: number): void => {
    if (left.isKeyringBusy()) {
      // exit() would wait for that call: with the keyring's dialog open, for as long as nobody answers it.
      process.kill(process.pid, 'SIGKILL');
    }
    app.exit(status);
  };
  const leaveForGood = async (leaveTokens: boolean): Promise<void> => {
    const leaving = tidings;
    if (leaving === null) {
      return;
    }
    tidings = null;
    isLeaving = true;
    await leaving.disposeForGood();
    const { removeAfterWindow } = await import('./leave-for-good.ts');
    end(leaving, await removeAfterWindow({ isUsualPlace, leaveTokens }));
  };
  app.on('before-quit', (event) => {
    if (isLeaving) {
      event.preventDefault();
    }
    const leaving = tidings;
    if (leaving === null) {
      return;
    }
    event.preventDefault();
    tidings = null;
    isLeaving = true;
    void leaving.dispose().finally(() => {
      end(leaving, 0);
    });
  });
}

const prepared = prepare();
if (prepared !== null) {
  const { isUsualPlace } = prepared;
  const sweepPid = isUsualPlace ? sweepWish(process.argv) : null;
  const oldBusId = afterBusWish(process.argv);
  const examination = doctorWish(process.argv);
  const marker = {
    file: appPaths(app.getPath('userData')).doctorFile,
    isAlive: isProcessAlive,
    clock: systemClock,
  };
  // Waited for at the top: Electron isn't ready before this has ended.
  if (examination === null && isDoctorAtWork(marker)) await untilNoDoctor(marker);
  if (process.argv.includes(removeSwitch)) {
    const { removeAtTerminal } = await import('./leave-for-good.ts');
    app.exit(await removeAtTerminal(isUsualPlace));
  } else if (examination !== null) {
    const { doctorAtTerminal } = await import('./doctor-at-terminal.ts');
    app.exit(await doctorAtTerminal(examination, marker));
  } else if (sweepPid !== null) {
    const { sweep } = await import('./leave-for-good.ts');
    app.exit(await sweep(sweepPid));
  } else if (oldBusId !== null) {
    // A process of its own for this: Chromium looks for the bus but once, before anything of ours runs.
    const { isOtherBus } = await import('./shell/dbus/other-bus.ts');
    app.exit((await isOtherBus(oldBusId)) ? 0 : 1);
  } else {
    run(isUsualPlace);
  }
}
