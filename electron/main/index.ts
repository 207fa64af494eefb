import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import type { TidingsApp } from './app.ts';
import { chooseLanguage, createWords } from './i18n.ts';
import { appSchemePrivileges } from './shell/app-protocol.ts';
import { forbiddenSwitches } from './shell/forbidden-switches.ts';
import { describeRefusal, type Refusal } from './shell/refusal.ts';

/** Starts in the tray only, as the autostart entry does. */
const hiddenSwitch = '--hidden';

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

function run(): void {
  const switches = forbiddenSwitches(process.argv, __TIDINGS_ALLOW_DEBUGGING__);
  if (switches.length > 0) {
    refuseToStart({ kind: 'forbidden-switches', names: switches });
    return;
  }
  app.setName('Tidings');
  // Windows shows notifications only of programs with an id.
  app.setAppUserModelId('app.tidings.Tidings');
  // Chromium's own switch for data elsewhere: the demo's way on systems where no variable leads there.
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', join(app.getPath('appData'), 'Tidings'));
  }
  if (!app.requestSingleInstanceLock()) {
    // The first instance shows its window.
    app.exit(0);
    return;
  }
  // One small window of text: no GPU process is worth its memory.
  app.disableHardwareAcceleration();
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
  // Closing the window leaves the app in the tray.
  app.on('window-all-closed', () => {});

  let tidings: TidingsApp | null = null;
  const starting = app
    .whenReady()
    .then(async () => {
      const { startTidings } = await import('./app.ts');
      tidings = await startTidings({ outFolder: join(import.meta.dirname, '..') });
      if (!process.argv.includes(hiddenSwitch)) {
        tidings.showWindow();
      }
    })
    .catch((error: unknown) => {
      refuseToStart({ kind: 'failed', error });
    });

  app.on('second-instance', (_event, argv) => {
    if (!argv.includes(hiddenSwitch)) {
      void starting.then(() => tidings?.showWindow());
    }
  });
  app.on('activate', () => {
    void starting.then(() => tidings?.showWindow());
  });
  app.on('before-quit', (event) => {
    const leaving = tidings;
    if (leaving === null) {
      return;
    }
    event.preventDefault();
    tidings = null;
    void leaving.dispose().finally(() => {
      if (leaving.isKeyringBusy()) {
        // exit() would wait for that call: with the keyring's dialog open, for as long as nobody answers it.
        process.kill(process.pid, 'SIGKILL');
      }
      app.exit(0);
    });
  });
}

run();
