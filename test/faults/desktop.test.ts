import { afterAll, beforeAll, describe, expect } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { type NotificationDaemon, startNotificationDaemon } from '../desktop/notification-daemon.ts';
import { sendSignal } from '../desktop/processes.ts';
import type { StatusItem } from '../desktop/status-item.ts';
import { startStatusNotifierWatcher, type StatusNotifierWatcher } from '../desktop/status-notifier-watcher.ts';
import { setStage, type Stage } from '../e2e/stage.ts';
import { rowOf, waitForUnread } from '../e2e/window-face.ts';
import { ada } from '../standin/people.ts';
import { faultTest } from './fault-test.ts';

/** One app from its start to its end, through everything that its desktop and its own processes may do. */
describe('a desktop whose parts come and go', () => {
  let stage: Stage;
  let app: DrivenApp;
  let notifications: NotificationDaemon;
  let panel: StatusNotifierWatcher;
  let tray: StatusItem;
  let unread = 0;

  beforeAll(async () => {
    stage = await setStage();
    ({ notifications, tray: panel } = stage.desktop);
    app = await stage.launch();
    tray = await panel.waitForItem();
    const page = await app.firstWindow();
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await stage.world.imap.events.waitUntil(() => stage.world.imap.sessions().some(({ idling }) => idling));
  });

  afterAll(async () => {
    await stage.dispose();
  });

  function deliver(subject: string): void {
    unread += 1;
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  const untilTrayCounts = () => tray.waitFor(({ toolTip }) => toolTip.includes(`${ada.address}: ${unread} unread`));
  const told = (): readonly string[] =>
    notifications.all.filter(({ summary }) => summary === 'Bo').map(({ body }) => body.split('\n')[0] ?? '');

  /** As a window manager asks for it. */
  async function closeWindow(): Promise<void> {
    const closed = (await app.firstWindow()).waitForEvent('close');
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows().at(0)?.close();
    });
    await closed;
    await expect.poll(rendererPids).toEqual([]);
  }

  function rendererPids(): readonly number[] {
    const renderers = app.processes().filter(({ command }) => command.includes('--type=renderer'));
    return renderers.map(({ pid }) => pid);
  }

  faultTest(
    51,
    async () => {
      await notifications.dispose();
      deliver('Nobody shows this one');
      await untilTrayCounts();
      notifications = await startNotificationDaemon(stage.desktop.session.bus);
      const backAt = performance.now();
      await notifications.waitFor(({ body }) => body.includes('Nobody shows this one'));
      const tookMs = performance.now() - backAt;
      deliver('And the next');
      await notifications.waitFor(({ body }) => body.includes('And the next'));
      expect(told()).toEqual(['Nobody shows this one', 'And the next']);
      return tookMs;
    },
    { variant: 'the notification service' },
  );

  faultTest(
    51,
    async () => {
      await panel.dispose();
      deliver('Without a tray');
      await notifications.waitFor(({ body }) => body.includes('Without a tray'));
      const backAt = performance.now();
      panel = await startStatusNotifierWatcher(stage.desktop.session.bus);
      tray = await panel.waitForItem();
      await untilTrayCounts();
      const tookMs = performance.now() - backAt;
      await tray.waitForMenu((labels) => labels.includes('Open Tidings'));
      return tookMs;
    },
    { variant: 'the panel' },
  );

  faultTest(52, async () => {
    await closeWindow();
    const opened = app.electron.waitForEvent('window');
    const startedAt = performance.now();
    const second = await stage.start();
    await waitForUnread(await opened, ada, unread);
    const tookMs = performance.now() - startedAt;
    expect(await second.ended).toEqual({ code: 0, signal: null });
    expect(panel.items()).toHaveLength(1);
    return tookMs;
  });

  faultTest(53, async () => {
    const [renderer = 0] = rendererPids();
    const page = await app.firstWindow();
    const crashed = page.waitForEvent('crash');
    expect(sendSignal(renderer, 'SIGKILL')).toBe(true);
    await crashed;
    await notifications.waitFor(({ summary }) => summary === 'The window had to close');
    await expect.poll(rendererPids).toEqual([]);
    deliver('Without a window');
    await notifications.waitFor(({ body }) => body.includes('Without a window'));
    await untilTrayCounts();
    const opened = app.electron.waitForEvent('window');
    const clickedAt = performance.now();
    await tray.clickMenu('Open Tidings');
    await waitForUnread(await opened, ada, unread);
    return performance.now() - clickedAt;
  });

  /** Quits by the menu; resolves when nothing of the app is left. `begunAt`: `performance.now()` of the click. */
  async function quit(): Promise<{ readonly begunAt: number }> {
    const pids = new Set(app.processes().map(({ pid }) => pid));
    expect(pids.size).toBeGreaterThan(1);
    const begunAt = performance.now();
    await tray.clickMenu('Quit Tidings');
    await app.untilGone();
    await panel.waitForNone();
    expect(stage.desktop.session.processes().filter(({ pid }) => pids.has(pid))).toEqual([]);
    expect(await app.ended).toEqual({ code: 0, signal: null });
    return { begunAt };
  }

  faultTest(54, async () => {
    const { events } = stage.world.imap;
    const { mark } = events;
    const { begunAt } = await quit();
    const logout = await events.waitFor((event) => event.kind === 'command' && event.name === 'LOGOUT', mark);
    expect(stage.world.imap.sessions()).toEqual([]);
    return logout.at - begunAt;
  });

  faultTest(
    54,
    async () => {
      const { imap } = stage.world;
      app = await stage.launch();
      tray = await panel.waitForItem();
      await untilTrayCounts();
      imap.order({ kind: 'freeze', connections: 'all' });
      const { begunAt } = await quit();
      // 2 s for the server, and what is the app's own.
      expect(performance.now() - begunAt).toBeLessThan(10_000);
      await imap.events.waitUntil(() => imap.sessions().length === 0);
    },
    { variant: 'while the server doesn’t answer' },
  );
});
