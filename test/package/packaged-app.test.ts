import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProgram, type RunningApp, startApp } from '../desktop/app.ts';
import { startBrowser, type TestBrowser } from '../desktop/browser.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { builtPackage, outputOf } from './packages.ts';
import { visitorOf } from './visitor.ts';

/** The release as people unpack it: fuses flipped, code from its archive, nothing that lets other programs in. */
describe('the app out of the tar.gz', () => {
  let desktop: Desktop;
  let world: World;
  let browser: TestBrowser;
  let program: AppProgram;
  let app: RunningApp;

  beforeAll(async () => {
    desktop = await startDesktop();
    const { folder } = desktop.session;
    const apps = join(folder, 'apps');
    mkdirSync(apps, { mode: 0o755 });
    const archive = builtPackage('release').file('.tar.gz');
    outputOf('tar', ['--extract', '--gzip', '--file', archive, '--directory', apps, '--strip-components=1']);
    program = { executable: join(apps, 'tidings'), args: [] };
    world = await startWorld({ folder: join(folder, 'world') });
    browser = await startBrowser(desktop.session);
    world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'Since yesterday' });
    app = await start();
  });

  afterAll(async () => {
    await browser.close();
    await world.dispose();
    await desktop.dispose();
  });

  const start = (...args: string[]) =>
    startApp(desktop.session, program, { args, env: { TIDINGS_PROFILE: world.profileFile } });

  it('shows its window under the name that its desktop entry has', async () => {
    const entry = readFileSync(new URL('../../assets/linux/tidings.desktop', import.meta.url), 'utf8');
    const wmClass = /^StartupWMClass=(.+)$/mu.exec(entry)?.[1] ?? '';
    await visitorOf(desktop.session).seesWindowOfClass(wmClass);
  });

  it('runs as an ordinary user with the sandbox on', async () => {
    await desktop.tray.waitForItem();
    const renderers = () => app.processes().filter(({ command }) => command.includes('--type=renderer'));
    await expect.poll(renderers).toHaveLength(1);
    const status = () => readFileSync(`/proc/${renderers()[0]?.pid ?? 0}/status`, 'utf8');
    await expect.poll(status).toMatch(/^Seccomp:\t2$/mu);
    expect(app.processes().filter(({ command }) => command.includes('--no-sandbox'))).toEqual([]);
  });

  it('signs in, keeps the tokens in the keyring and counts', async () => {
    await visitorOf(desktop.session).clicksMainButton();
    const tab = await browser.open(await desktop.links.takeUrl());
    expect(await signInAs(tab, ada)).toMatchObject({ at: 'app' });
    await tab.close();
    const tray = await desktop.tray.waitForItem();
    await tray.waitFor(({ toolTip }) => toolTip.includes('1 unread'));
    expect((await desktop.session.keyring.items()).length).toBeGreaterThan(0);
  });

  it('tells a new mail', async () => {
    world.imap.deliver(ada.address, { from: { name: 'Cleo', address: 'cleo@example.org' }, subject: 'Lunch?' });
    await desktop.notifications.waitFor(({ summary }) => summary === 'Cleo');
  });

  it('has its connection checked from a terminal, by the app that runs', async () => {
    const run = await start('--doctor', '--json');
    expect(await run.ended).toMatchObject({ code: 0 });
    const output = run.output();
    expect(JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1))).toMatchObject({ ok: true });
    expect(output).not.toMatch(/eyJ|ada@/u);
  });

  it('is still signed in after a restart, in the tray only', async () => {
    const tray = await desktop.tray.waitForItem((item) => item.face().toolTip.includes('2 unread'));
    await tray.clickMenu('Quit Tidings');
    await app.untilGone();
    const links = desktop.links.urls.length;
    app = await start('--hidden');
    await desktop.tray.waitForItem((item) => item.face().toolTip.includes('2 unread'));
    expect(app.processes().filter(({ command }) => command.includes('--type=renderer'))).toEqual([]);
    expect(desktop.links.urls).toHaveLength(links);
  });

  it('keeps sender and subject off the screen where the person chose so', async () => {
    const file = join(desktop.session.env['XDG_CONFIG_HOME'] ?? '', 'Tidings', 'settings.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(settings['notificationDetail']).toBe('full');
    const tray = await desktop.tray.waitForItem();
    await tray.clickMenu('Quit Tidings');
    await app.untilGone();
    writeFileSync(file, JSON.stringify({ ...settings, notificationDetail: 'count-only' }));
    app = await start('--hidden');
    const shown = await desktop.tray.waitForItem((item) => item.face().toolTip.includes('2 unread'));
    world.imap.deliver(ada.address, { from: { name: 'Dr Who', address: 'who@example.org' }, subject: 'Biopsy' });
    const told = await desktop.notifications.waitFor(({ summary }) => summary === '1 new message');
    expect(JSON.stringify(told)).not.toMatch(/Who|who@|Biopsy/u);
    await shown.waitFor(({ toolTip }) => toolTip.includes('3 unread'));
  });

  it('has words for languages that Chromium’s own are left out of', async () => {
    await app.kill();
    app = await startApp(desktop.session, program, {
      env: { TIDINGS_PROFILE: world.profileFile, LANG: 'de_DE.UTF-8', LANGUAGE: 'de' },
    });
    await visitorOf(desktop.session).seesWindowOfClass('Tidings');
    await desktop.tray.waitForItem((item) => item.face().toolTip.includes('3 unread'));
  });
});
