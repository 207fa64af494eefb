import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../desktop/app.ts';
import { startBrowser, type TestBrowser } from '../desktop/browser.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { listenersOf, loopbackAddresses } from './listeners.ts';
import { copyPackage, programAfter, programIn } from './locked-down-app.ts';
import { visitorOf } from './visitor.ts';

describe('the release while somebody signs in', () => {
  let desktop: Desktop;
  let world: World;
  let browser: TestBrowser;
  let app: RunningApp;

  beforeAll(async () => {
    desktop = await startDesktop();
    const { session } = desktop;
    world = await startWorld({ folder: join(session.folder, 'world') });
    browser = await startBrowser(session);
    // The most careless system: nothing is private but what the app makes so.
    const program = programAfter('umask 0;', programIn(copyPackage('release', session)));
    world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'Since yesterday' });
    app = await startApp(session, program, { env: { TIDINGS_PROFILE: world.profileFile } });
    await desktop.tray.waitForItem();
  });

  afterAll(async () => {
    await browser.close();
    await world.dispose();
    await desktop.dispose();
  });

  const listeners = () => listenersOf(app.processes().map(({ pid }) => pid));

  it('listens for the answer only, on this machine only, and no longer than that', async () => {
    expect(listeners()).toEqual([]);
    await visitorOf(desktop.session).clicksMainButton();
    const tab = await browser.open(await desktop.links.takeUrl());
    const redirect = new URL(new URL(tab.url()).searchParams.get('redirect_uri') ?? '');
    const [only, ...others] = listeners();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ pid: app.pid, port: Number(redirect.port) });
    expect(loopbackAddresses).toContain(only?.address);
    expect(await signInAs(tab, ada)).toMatchObject({ at: 'app' });
    await tab.close();
    const tray = await desktop.tray.waitForItem();
    await tray.waitFor(({ toolTip }) => toolTip.includes('1 unread'));
    await expect.poll(listeners).toEqual([]);
  });

  it('keeps its files to its own user, whatever the system’s umask', async () => {
    const tray = await desktop.tray.waitForItem();
    await tray.clickMenu('Quit Tidings');
    await app.untilGone();
    const { env } = desktop.session;
    const dataFolder = join(env['XDG_CONFIG_HOME'] ?? '', 'Tidings');
    const paths = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' });
    expect(paths).toEqual(expect.arrayContaining(['settings.json', join('logs', 'main.log')]));
    const modes = ['.', ...paths].flatMap((path) => {
      const stats = lstatSync(join(dataFolder, path));
      if (stats.isSymbolicLink()) return [];
      const isPrivate = (stats.mode & 0o777) === (stats.isDirectory() ? 0o700 : 0o600);
      return isPrivate ? [] : [`${path} ${(stats.mode & 0o777).toString(8)}`];
    });
    // Electron's own random number for crash reports, of which none is made. Its folder, checked here too, hides it.
    const ofElectron = /^Crashpad\/client_id /u;
    expect(modes.filter((line) => !ofElectron.test(line))).toEqual([]);
    for (const name of ['XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME']) {
      const elsewhere = readdirSync(env[name] ?? '').filter((entry) => /tidings/iu.test(entry));
      expect(elsewhere, name).toEqual([]);
    }
  });
});
