import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import type { ShownNotification } from '../desktop/notification-daemon.ts';
import { type ScreenWindows, watchScreenWindows } from '../desktop/screen-windows.ts';
import { ada } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

describe('a start on bad ground', () => {
  let stage: Stage;
  let screen: ScreenWindows;

  beforeAll(async () => {
    stage = await setStage();
    screen = await watchScreenWindows(stage.desktop.session.display);
  });

  afterAll(async () => {
    screen.dispose();
    await stage.dispose();
  });

  function profileFile(content: string): string {
    const file = join(stage.desktop.session.folder, 'world', 'some-profile.json');
    writeFileSync(file, content);
    // The app's user has to be able to read it, whatever the caller's umask.
    chmodSync(file, 0o644);
    return file;
  }

  /** Starts it and answers what it says on the terminal; it ends once a person has closed the box with the same words. */
  async function refusal(profile: string, named: string): Promise<string> {
    const app = await stage.start({ env: { TIDINGS_PROFILE: profile } });
    const escaped = named.replaceAll('.', String.raw`\.`);
    const [said] = await app.waitForOutput(new RegExp(`^Tidings can’t start: .*${escaped}.*$`, 'mu'));
    expect(stage.desktop.tray.items()).toEqual([]);
    expect(app.processes().filter(({ command }) => command.includes('--type=renderer'))).toEqual([]);
    const box = await screen.waitFor(({ pid, isDialog }) => pid === app.pid && isDialog);
    await screen.pressClose(box);
    expect(await app.ended).toEqual({ code: 1, signal: null });
    await app.untilGone();
    return said;
  }

  it.each([
    ['a field of the wrong kind', { imap: { host: 'localhost', port: 70_000 } }, 'imap.port'],
    ['a field that nobody knows', { clientID: 'x' }, 'clientID'],
    ['an authority without https', { authority: 'http://localhost/common' }, 'authority'],
  ])('refuses a profile with %s, naming it and the file', async (_what, change, field) => {
    const said = await refusal(profileFile(JSON.stringify({ ...stage.world.profile, ...change })), field);
    expect(said).toContain('some-profile.json');
  });

  it('refuses a profile that is no JSON, or isn’t there, naming the file', async () => {
    await refusal(profileFile('{ "imap": '), 'some-profile.json');
    await refusal('/nowhere/missing-profile.json', 'missing-profile.json');
  });

  it.each(['--ignore-certificate-errors', '--disable-web-security', '--host-rules=MAP * 127.0.0.1', '--no-sandbox'])(
    'refuses to start with %s',
    async (word) => {
      const app = await stage.start({ args: [word] });
      expect(await app.ended).toEqual({ code: 1, signal: null });
      expect(app.output()).toContain(word.split('=')[0]);
      expect(stage.desktop.tray.items()).toEqual([]);
    },
  );

  it('says in a box, to whoever starts an AppImage from a menu, that this system gives it no sandbox', async () => {
    // As electron-builder's AppRun calls it where there are no user namespaces.
    const app = await stage.start({ args: ['--no-sandbox'], env: { APPIMAGE: '/nowhere/Tidings.AppImage' } });
    await app.waitForOutput(/^Tidings can’t start: .*AppImage.*\.deb.*$/mu);
    expect(app.processes().filter(({ command }) => command.includes('--type=renderer'))).toEqual([]);
    const box = await screen.waitFor(({ pid, isDialog }) => pid === app.pid && isDialog);
    await screen.pressClose(box);
    expect(await app.ended).toEqual({ code: 1, signal: null });
    await app.untilGone();
  });

  it('sets unreadable settings aside under another name and says so in the window', async () => {
    const { user } = stage.desktop.session;
    rmSync(stage.dataFolder, { recursive: true, force: true });
    mkdirSync(stage.dataFolder, { mode: 0o700 });
    const file = join(stage.dataFolder, 'settings.json');
    const damaged = '{"schemaVersion":1,"language":"en","accounts":[{"id"';
    writeFileSync(file, damaged, { mode: 0o600 });
    if (user.drop) for (const path of [stage.dataFolder, file]) chownSync(path, user.uid, user.gid);

    const app = await stage.launch();
    const page = await app.firstWindow();
    await page.getByText('A damaged file was set aside').waitFor();
    const kept = readdirSync(stage.dataFolder).find((name) => name.startsWith('settings.damaged-')) ?? '';
    expect(readFileSync(join(stage.dataFolder, kept), 'utf8')).toBe(damaged);
    await page.getByText(kept).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('A damaged file was set aside').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
    await app.quit();
  });

  it.each([
    ['without a client id', undefined],
    ['with null for a client id', null],
  ])('starts %s in its profile, and offers the ways to one', async (_what, none) => {
    rmSync(stage.dataFolder, { recursive: true, force: true });
    const { clientId } = stage.world.profile;
    const file = profileFile(JSON.stringify({ ...stage.world.profile, clientId: none }));
    const app = await stage.launch({ env: { TIDINGS_PROFILE: file } });
    const page = await app.firstWindow();
    await page.getByRole('heading', { name: 'Let’s set up Tidings' }).waitFor();
    await page.getByLabel('Client id').fill(clientId ?? '');
    await page.getByRole('button', { name: 'Use this id' }).click();
    await page.getByRole('button', { name: 'Add Outlook account' }).click();
    expect(new URL(await stage.desktop.links.takeUrl()).searchParams.get('client_id')).toBe(clientId);
    await app.quit();
  });

  it('says so when a client id is entered that the file of TIDINGS_PROFILE overrules', async () => {
    rmSync(stage.dataFolder, { recursive: true, force: true });
    const app = await stage.launch();
    const page = await app.firstWindow();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: /^Client id for new accounts/u }).click();
    await page.getByLabel('Client id').fill('1b4e28ba-2fa1-41d2-883f-0016d3cca427');
    await page.getByRole('button', { name: 'Use this id' }).click();
    await page.getByText(/clientId: .*TIDINGS_PROFILE/u).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Add Outlook account' }).click();
    const used = new URL(await stage.desktop.links.takeUrl()).searchParams.get('client_id');
    expect(used).toBe(stage.world.profile.clientId);
    await app.quit();
  });
});

describe('the first closing of the window', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  const hints = () => stage.desktop.notifications.all.filter(({ summary }) => summary.includes('goes on in the tray'));

  async function closeWindow(app: DrivenApp): Promise<void> {
    const page = await app.firstWindow();
    const closed = page.waitForEvent('close');
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows().at(0)?.close();
    });
    await closed;
  }

  /** Resolves when a mail was told: whatever was to be said before it has been. */
  async function tellMail(subject: string): Promise<ShownNotification> {
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
    return stage.desktop.notifications.waitFor(({ body }) => body.includes(subject));
  }

  it('is told to leave the app in the tray, and no later one, also after a restart', async () => {
    const first = await stage.launch();
    const page = await first.firstWindow();
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await closeWindow(first);
    const mail = await tellMail('After the first closing');
    expect(hints()).toHaveLength(1);
    // Only mail goes by the name of mail.
    expect(hints().map(({ hints: { category } }) => category)).toEqual([undefined]);
    expect(mail.hints['category']).toBe('email.arrived');
    await first.quit();

    const second = await stage.launch();
    await rowOf(await second.firstWindow(), ada)
      .getByText('Watching')
      .waitFor();
    await closeWindow(second);
    await tellMail('After the second closing');
    expect(hints()).toHaveLength(1);
    await second.quit();
  });
});
