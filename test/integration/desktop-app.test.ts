import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { resolveElectronRuntime } from '../../scripts/lib/electron-runtime.mjs';
import { launchApp, startApp } from '../desktop/app.ts';
import type { AppProgram, DrivenApp } from '../desktop/app.ts';
import { startDesktop } from '../desktop/desktop.ts';
import type { Desktop } from '../desktop/desktop.ts';
import { startLoginManager } from '../desktop/login-manager.ts';
import { commandLine, ownerOf, seccompMode } from '../desktop/processes.ts';

let desktop: Desktop;
let program: AppProgram;

beforeEach(async () => {
  desktop = await startDesktop({ language: 'zh_CN', systemBus: true });
  const folder = join(desktop.session.folder, 'hello-app');
  cpSync(fileURLToPath(new URL('../desktop/hello-app', import.meta.url)), folder, { recursive: true });
  program = { executable: resolveElectronRuntime().executable, args: [folder] };
});

afterEach(async () => {
  await desktop.dispose();
});

const renderers = (app: DrivenApp): number[] =>
  app
    .processes()
    .map(({ pid }) => pid)
    .filter((pid) => commandLine(pid).includes('--type=renderer'));

describe('an Electron app in the session', () => {
  test('runs as an ordinary user with the sandbox on, and quits without leaving a process', async () => {
    const { session, tray } = desktop;
    const app = await launchApp(session, program);
    const page = await app.firstWindow();
    expect(await page.title()).toBe('Hello');
    for (const { pid } of app.processes()) {
      expect(ownerOf(pid)).toBe(session.user.uid);
      expect(commandLine(pid)).not.toContain('--no-sandbox');
    }
    expect(renderers(app)).not.toEqual([]);
    for (const pid of renderers(app)) expect(seccompMode(pid)).toBe(2);
    expect(app.memory()).toBeGreaterThan(50 * 1024 * 1024);
    const [, languages] = await app.waitForOutput(/^languages (.*)$/m);
    expect(languages?.split(',')[0]).toBe('zh-CN');

    await tray.waitForItem();
    await app.quit();
    expect(await app.ended).toEqual({ code: 0, signal: null });
    expect(app.processes()).toEqual([]);
    await tray.waitForNone();
  });

  test('hears that the machine goes to sleep and that it is back', async () => {
    const logins = await startLoginManager(desktop.session);
    const app = await startApp(desktop.session, program);
    await logins.waitForListener();
    expect(app.output()).not.toMatch(/^(suspend|resume)$/m);
    logins.suspend();
    await app.waitForOutput(/^suspend$/m);
    expect(app.output()).not.toMatch(/^resume$/m);
    logins.resume();
    await app.waitForOutput(/^resume$/m);
    await app.kill();
  });

  test('shows its tray icon, tooltip and menu to the watcher, and hears clicks', async () => {
    const app = await launchApp(desktop.session, program);
    const item = await desktop.tray.waitForItem();
    const { width, height, rgba } = item.icon();
    expect({ width, height, pixel: rgba.readUInt32BE(0) }).toEqual({ width: 22, height: 22, pixel: 0xff_00_00_ff });
    await item.waitFor(({ toolTip }) => toolTip === '1 unread');
    await item.waitForMenu((labels) => labels.join() === '1 unread,Check now,Open,Notify,Remove');

    await item.clickMenu('Check now');
    await item.waitFor(({ toolTip, icon }) => toolTip === '2 unread' && icon?.rgba.readUInt32BE(0) === 0x00_00_ff_ff);
    await item.waitForMenu(([first]) => first === '2 unread');
    await expect(item.clickMenu('2 unread')).rejects.toThrow(/No entry "2 unread" to click/);
    await item.activate();
    await app.waitForOutput(/tray clicked/);

    await item.clickMenu('Remove');
    await desktop.tray.waitForNone();
  });

  test('tells its notifications to the daemon, and hears a click on them', async () => {
    const app = await launchApp(desktop.session, program);
    const item = await desktop.tray.waitForItem();
    await item.clickMenu('Notify');
    const told = await desktop.notifications.waitFor(({ summary }) => summary === 'Ada');
    expect(told).toMatchObject({ appName: 'Hello', body: 'Lunch?', state: 'shown', replacesId: 0 });
    desktop.notifications.click(told.id);
    await app.waitForOutput(/notification clicked/);
    expect(desktop.notifications.shown()).toEqual([]);
  });

  test('opens links in the browser of the test', async () => {
    await launchApp(desktop.session, program);
    const item = await desktop.tray.waitForItem();
    await item.clickMenu('Open');
    expect(await desktop.links.takeUrl()).toBe('http://localhost:9/page?a=1&b=%20c');
  });

  test('can be started without a debugger and killed', async () => {
    const app = await startApp(desktop.session, program);
    await app.waitForOutput(/^ready$/m);
    await desktop.tray.waitForItem();
    expect(commandLine(app.pid).join(' ')).not.toMatch(/inspect|remote-debugging/);
    await app.kill();
    expect(await app.ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(app.processes()).toEqual([]);
    await desktop.tray.waitForNone();
  });
});
