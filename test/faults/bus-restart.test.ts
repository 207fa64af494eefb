import { afterEach, beforeEach, describe, expect } from 'vitest';

import { connectBus } from '../desktop/bus-client.ts';
import { prepareKeyring } from '../desktop/keyring.ts';
import { startNotificationDaemon } from '../desktop/notification-daemon.ts';
import { commandLine, sendSignal } from '../desktop/processes.ts';
import { startSessionBus } from '../desktop/session-bus.ts';
import { startStatusNotifierWatcher } from '../desktop/status-notifier-watcher.ts';
import { setStage, type Stage } from '../e2e/stage.ts';
import { rowOf } from '../e2e/window-face.ts';
import { ada } from '../standin/people.ts';
import { faultTest } from './fault-test.ts';

/** The bus itself goes, and with it everything that is on it: Chromium ends its process then, whatever the app does. */
describe('a session bus that restarts', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await setStage();
    const app = await stage.launch();
    const page = await app.firstWindow();
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await app.quit();
  });

  afterEach(async () => {
    await stage.dispose();
  });

  function deliver(subject: string): void {
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  const ofTidings = () =>
    stage.desktop.session.processes().filter(({ pid }) => {
      const command = commandLine(pid).join(' ');
      return command.includes(stage.program.args[0] ?? 'none') || command.includes(stage.program.executable);
    });

  faultTest(
    51,
    async () => {
      const { desktop, world } = stage;
      const { session } = desktop;
      const first = await stage.start({ args: ['--hidden'] });
      await desktop.tray.waitForItem((item) => item.face().toolTip.includes('Nothing unread'));
      await world.imap.events.waitUntil(() => world.imap.sessions().some(({ idling }) => idling));

      const bus = session.processes().find(({ name }) => name === 'dbus-daemon');
      expect(sendSignal(bus?.pid ?? 0, 'SIGKILL')).toBe(true);
      expect(await first.ended).toEqual({ code: null, signal: 'SIGTRAP' });
      // Nothing of it is left behind but what waits for the bus.
      await expect.poll(() => ofTidings().some(({ processGroup }) => processGroup === first.pid)).toBe(false);
      deliver('While there was no bus');
      const common = { env: session.env, user: session.user, onStarted: (group: number) => session.adopt(group) };
      const runtimeFolder = session.env['XDG_RUNTIME_DIR'] ?? '';
      const client = await connectBus(await startSessionBus({ ...common, runtimeFolder }));
      const backAt = performance.now();
      const keyring = await prepareKeyring({ ...common, folder: session.makeFolder('again'), bus: client });
      await keyring.start();
      const notifications = await startNotificationDaemon(client);
      await notifications.waitFor(({ body }) => body.includes('While there was no bus'));
      // Later than Tidings, as at a slow login.
      const panel = await startStatusNotifierWatcher(client);
      const tray = await panel.waitForItem((item) => item.face().toolTip.includes('1 unread'));
      const tookMs = performance.now() - backAt;
      deliver('And after it');
      await notifications.waitFor(({ body }) => body.includes('And after it'));
      expect(notifications.all).toHaveLength(2);
      await tray.clickMenu('Quit Tidings');
      await panel.waitForNone();
      await expect.poll(ofTidings).toEqual([]);
      await client.dispose();
      return tookMs;
    },
    { variant: 'the bus itself' },
  );
});
