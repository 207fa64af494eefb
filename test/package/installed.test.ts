import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser, type TestBrowser } from '../desktop/browser.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { ownerOf, seccompMode } from '../desktop/processes.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { readArchived } from './archive.ts';
import { higherDeb, type VersionedDeb } from './installed-higher.ts';
import { appProcesses, type Person, personAt } from './installed-person.ts';
import { type PrivateSystem, startPrivateSystem } from './installed-system.ts';
import { builtPackage } from './packages.ts';
import { type Visitor, visitorOf } from './visitor.ts';

const program = '/usr/lib/tidings/tidings';
const menuEntry = '/usr/share/applications/tidings.desktop';

/** The .deb on this machine's own Debian, from its installation to its removal; each test goes on where one ended. */
describe('the installed app', () => {
  const release = builtPackage('release');
  const deb = release.file('.deb');
  const dpkgBefore = readFileSync('/var/lib/dpkg/status');
  let desktop: Desktop;
  let system: PrivateSystem;
  let world: World;
  let browser: TestBrowser;
  let person: Person;
  let visitor: Visitor;
  let higher: VersionedDeb;
  let dataFolder: string;
  let autostartFile: string;

  beforeAll(async () => {
    desktop = await startDesktop({ width: 640, height: 720 });
    const { session } = desktop;
    higher = await higherDeb(release, join(session.folder, 'higher'));
    system = await startPrivateSystem(session, deb);
    world = await startWorld({ folder: join(session.folder, 'world') });
    browser = await startBrowser(session, 'full');
    person = personAt(session, system, { TIDINGS_PROFILE: world.profileFile });
    visitor = visitorOf(session);
    const settings = session.env['XDG_CONFIG_HOME'] ?? '';
    dataFolder = join(settings, 'Tidings');
    autostartFile = join(settings, 'autostart', 'tidings.desktop');
    world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'Since yesterday' });
  });

  afterAll(async () => {
    await system.dispose();
    await browser.close();
    await world.dispose();
    await desktop.dispose();
    // Nothing of all this was ever on the machine.
    expect(readFileSync('/var/lib/dpkg/status').equals(dpkgBefore)).toBe(true);
  });

  const running = () => appProcesses(desktop.session);
  const windows = () => running().filter(({ command }) => command.includes('--type=renderer'));
  const opensMenuEntry = async () => expect(await person.opensEntry(menuEntry)).toEqual({ code: 0, output: '' });
  const untilInTray = (text: string) => desktop.tray.waitForItem((item) => item.face().toolTip.includes(text));
  const quit = async (label: string) => {
    await (await desktop.tray.waitForItem()).clickMenu(label);
    await expect.poll(running).toEqual([]);
  };
  const signIn = async () => {
    await visitor.clicksMainButton();
    const tab = await browser.open(await desktop.links.takeUrl());
    expect(await signInAs(tab, ada)).toMatchObject({ at: 'app' });
    await tab.close();
  };
  const startsAtLogin = async () => {
    await person.inSettings('s', 'Return', 'Escape');
    await expect.poll(() => existsSync(autostartFile)).toBe(true);
  };
  const expectNothingLeft = async () => {
    await expect.poll(running).toEqual([]);
    await expect.poll(() => existsSync(dataFolder)).toBe(false);
    expect(existsSync(autostartFile)).toBe(false);
    expect(await desktop.session.keyring.items()).toEqual([]);
    await desktop.tray.waitForNone();
  };

  it('comes by apt, with the sandbox’s helper as root’s own', () => {
    expect(system.has(program), 'Tidings is installed on this machine already').toBe(false);
    system.apt('install', deb);
    expect(system.asRoot('dpkg', '--verify', 'tidings')).toBe('');
    expect(system.asRoot('stat', '--format=%a %u', '/usr/lib/tidings/chrome-sandbox')).toBe('4755 0\n');
    expect(system.asRoot('readlink', '--canonicalize', '/usr/bin/tidings')).toBe(`${program}\n`);
  });

  it('starts from the desktop’s menu, as an ordinary user with the sandbox on', async () => {
    await opensMenuEntry();
    await visitor.seesWindowOfClass('Tidings');
    await expect.poll(windows).toHaveLength(1);
    await expect.poll(() => windows().map(({ pid }) => seccompMode(pid))).toEqual([2]);
    expect(new Set(running().map(({ pid }) => ownerOf(pid)))).toEqual(new Set([desktop.session.user.uid]));
    expect(running().filter(({ command }) => command.includes('--no-sandbox'))).toEqual([]);
  });

  it('signs in by its profile, keeps the tokens in the keyring and tells new mail', async () => {
    await signIn();
    await untilInTray('1 unread');
    expect(await desktop.session.keyring.items()).toHaveLength(1);
    world.imap.deliver(ada.address, { from: { name: 'Cleo', address: 'cleo@example.org' }, subject: 'Lunch?' });
    await desktop.notifications.waitFor(({ summary }) => summary === 'Cleo');
    await untilInTray('2 unread');
  });

  it('starts at login where the person wants it, into the tray and signed in', async () => {
    await startsAtLogin();
    expect(readFileSync(autostartFile, 'utf8')).toContain(`\nTryExec=${program}\n`);
    // Another setting, that shows in the tray: the entry above the last is Chinese.
    await person.inSettings('End', 'Up', 'Return', 'Escape');
    await untilInTray('2 封未读');
    await quit('退出 Tidings');
    const links = desktop.links.urls.length;
    expect(await person.opensEntry(autostartFile)).toEqual({ code: 0, output: '' });
    await untilInTray('2 封未读');
    expect(windows()).toEqual([]);
    expect(desktop.links.urls).toHaveLength(links);
  });

  it('is upgraded while it runs, and has account and settings in the higher version', async () => {
    const entry = readFileSync(autostartFile, 'utf8');
    system.apt('install', higher.file);
    expect(system.asRoot('dpkg-query', '--show', '--showformat=${Version}', 'tidings')).toBe(
      `${higher.version}~unofficial`,
    );
    const manifest = readArchived(system.outside('/usr/lib/tidings/resources/app.asar'), 'package.json');
    expect(JSON.parse(manifest.toString())).toMatchObject({ version: higher.version });
    // The one that runs is the old one still.
    await untilInTray('2 封未读');
    await quit('退出 Tidings');
    const links = desktop.links.urls.length;
    await opensMenuEntry();
    await visitor.seesWindowOfClass('Tidings');
    await untilInTray('2 封未读');
    world.imap.deliver(ada.address, { from: { name: 'Dora', address: 'dora@example.org' }, subject: 'Tea?' });
    await desktop.notifications.waitFor(({ summary }) => summary === 'Dora');
    expect(desktop.links.urls).toHaveLength(links);
    expect(readFileSync(autostartFile, 'utf8')).toBe(entry);
  });

  it('takes everything away from its window', async () => {
    // The last entry: remove everything and quit.
    await person.inSettings('End', 'Return');
    await visitor.clicksMainButton();
    await expectNothingLeft();
  });

  it('takes everything away from a terminal, and ends a Tidings that runs', async () => {
    await opensMenuEntry();
    await visitor.seesWindowOfClass('Tidings');
    await signIn();
    await untilInTray('3 unread');
    await startsAtLogin();
    const { code, output } = await person.runs('tidings', '--remove-my-data');
    expect(output).toContain(dataFolder);
    expect(code).toBe(0);
    await expectNothingLeft();
  });

  it('goes by apt, and leaves nothing that a desktop would start', async () => {
    await opensMenuEntry();
    await visitor.seesWindowOfClass('Tidings');
    await startsAtLogin();
    await quit('Quit Tidings');
    system.apt('remove', 'tidings');
    for (const path of ['/usr/lib/tidings', '/usr/bin/tidings', menuEntry, '/etc/apparmor.d/tidings']) {
      expect(system.has(path), path).toBe(false);
    }
    // By TryExec the desktop passes over the entry of somebody who did not take it away beforehand.
    expect((await person.opensEntry(autostartFile)).code).not.toBe(0);
    expect(running()).toEqual([]);
    // What is a person's own is for no package to remove.
    expect(existsSync(autostartFile)).toBe(true);
    expect(existsSync(dataFolder)).toBe(true);
  });
});
