import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { makePrivateFolder, writePrivateFile } from '../desktop/ordinary-user.ts';
import { startUnlockPrompter } from '../desktop/unlock-prompter.ts';
import { ada, lin } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

describe('removing everything', () => {
  let stage: Stage;
  let autostartFile: string;

  beforeAll(async () => {
    stage = await setStage();
    autostartFile = join(stage.desktop.session.env['XDG_CONFIG_HOME'] ?? '', 'autostart', 'tidings.desktop');
  });

  afterAll(async () => {
    await stage.dispose();
  });

  beforeEach(async () => {
    const { session } = stage.desktop;
    expect(existsSync(stage.dataFolder)).toBe(false);
    expect(existsSync(autostartFile)).toBe(false);
    expect(await session.keyring.items()).toEqual([]);
  });

  /** What a person leaves behind who has used it for a while: account, login item, log, a file set aside. */
  async function settleIn(page: Page): Promise<void> {
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    const startAtLogin = page.getByRole('menuitemcheckbox', { name: 'Start when I log in' });
    expect(await startAtLogin.getAttribute('aria-checked')).toBe('false');
    await startAtLogin.click();
    await page.getByRole('menuitemcheckbox', { name: 'Start when I log in', checked: true }).waitFor();
    await page.keyboard.press('Escape');
    writePrivateFile(
      join(stage.dataFolder, 'settings.damaged-2026-11-22T20-36-00.json'),
      '{',
      stage.desktop.session.user,
    );
    expect(readFileSync(autostartFile, 'utf8')).toContain('--hidden');
    expect(await stage.desktop.session.keyring.items()).toHaveLength(1);
  }

  async function askForRemoval(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Remove everything and quit' }).click();
    await page.getByRole('alertdialog').getByText('what you allowed Tidings at Microsoft').waitFor();
  }

  const confirm = (page: Page, name: string) => page.getByRole('alertdialog').getByRole('button', { name }).click();

  /** The window may be gone before the click is told to have ended: the app's end is what counts. */
  async function confirmAndLeave(app: DrivenApp, page: Page, name = 'Remove everything and quit'): Promise<void> {
    await Promise.all([app.untilGone(), confirm(page, name).catch(() => undefined)]);
  }

  async function expectNothingLeft(): Promise<void> {
    // After a removal from the window the folder itself goes last, when the app has ended.
    await expect.poll(() => filesIn(stage.dataFolder), { timeout: 30_000 }).toEqual(null);
    expect(existsSync(autostartFile)).toBe(false);
    expect(await stage.desktop.session.keyring.items()).toEqual([]);
    await stage.desktop.tray.waitForNone();
    await stage.world.imap.events.waitUntil(() => stage.world.imap.sessions().length === 0);
  }

  it('from the window takes tokens, data and autostart entry along, and quits', async () => {
    const app = await stage.launch();
    const page = await app.firstWindow();
    await settleIn(page);
    await askForRemoval(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(existsSync(stage.dataFolder)).toBe(true);

    await askForRemoval(page);
    await confirmAndLeave(app, page);
    expect(await app.ended).toEqual({ code: 0, signal: null });
    await expectNothingLeft();
  });

  it('shows in the window what was changed outside of it', async () => {
    const app = await stage.launch();
    const page = await app.firstWindow();
    await settleIn(page);
    writeFileSync(autostartFile, `${readFileSync(autostartFile, 'utf8')}Hidden=true\n`);
    await app.electron.evaluate(({ app: electronApp }) => electronApp.emit('browser-window-focus'));
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Start when I log in', checked: false }).waitFor();
    await page.keyboard.press('Escape');
    await askForRemoval(page);
    await confirmAndLeave(app, page);
    await expectNothingLeft();
  });

  it('touches nothing while the keyring is locked, and then leaves the tokens only if told to', async () => {
    const { keyring } = stage.desktop.session;
    const app = await stage.launch();
    const page = await app.firstWindow();
    await settleIn(page);
    await keyring.lock();
    await askForRemoval(page);
    await confirm(page, 'Remove everything and quit');
    await page.getByRole('alertdialog').getByText('Nothing was removed yet').waitFor();
    expect(existsSync(join(stage.dataFolder, 'settings.json'))).toBe(true);
    expect(existsSync(autostartFile)).toBe(true);

    await confirmAndLeave(app, page, 'Remove the rest and quit');
    expect(existsSync(autostartFile)).toBe(false);
    await expect.poll(() => filesIn(stage.dataFolder), { timeout: 30_000 }).toEqual(null);
    expect(await keyring.items()).toHaveLength(1);

    // What is left is found without the data folder, once the keyring is open.
    const locked = await stage.start({ args: ['--remove-my-data'], env: { DISPLAY: undefined } });
    expect(await locked.ended).toEqual({ code: 1, signal: null });
    expect(locked.output()).toMatch(/^NOT removed: sign-ins .*the keyring is locked/mu);
    expect(await keyring.items()).toHaveLength(1);
    await keyring.unlock();
    const unlocked = await stage.start({ args: ['--remove-my-data'], env: { DISPLAY: undefined } });
    expect(await unlocked.ended).toEqual({ code: 0, signal: null });
    expect(unlocked.output()).toMatch(/^Removed: sign-ins saved in the system’s keyring$/mu);
    await expectNothingLeft();
  });

  it('from a terminal has the running app quit first', async () => {
    const app = await stage.launch();
    const page = await app.firstWindow();
    await settleIn(page);
    const removal = await stage.start({ args: ['--remove-my-data'] });
    expect(await removal.ended).toEqual({ code: 0, signal: null });
    await app.untilGone();
    expect(await app.ended).toEqual({ code: 0, signal: null });
    expect(removal.output()).toContain('Tidings is running. It is asked to quit first…');
    expect(removal.output()).toContain(`Removed: the entry that starts Tidings when you log in: ${autostartFile}`);
    expect(removal.output()).toContain(stage.dataFolder);
    expect(removal.output()).toContain('https://account.microsoft.com/privacy/app-access');
    await expectNothingLeft();
  });

  it('from a terminal works without a display, and leaves what isn’t Tidings’ own', async () => {
    const { session } = stage.desktop;
    const app = await stage.launch();
    const page = await app.firstWindow();
    await settleIn(page);
    await app.quit();
    const elsewhere = makePrivateFolder(join(session.folder, 'elsewhere'), session.user);
    writeFileSync(join(elsewhere, 'precious.txt'), 'kept');
    symlinkSync(elsewhere, join(stage.dataFolder, 'link'));
    const otherEntry = join(autostartFile, '..', 'other.desktop');
    writeFileSync(otherEntry, '[Desktop Entry]\nName=Other\n');

    const removal = await stage.start({ args: ['--remove-my-data'], env: { DISPLAY: undefined } });
    expect(await removal.ended).toEqual({ code: 0, signal: null });
    await expectNothingLeft();
    expect(readFileSync(join(elsewhere, 'precious.txt'), 'utf8')).toBe('kept');
    expect(readFileSync(otherEntry, 'utf8')).toContain('Other');
  });

  it('says what it can’t remove and why, removes the rest, and can be run again', async () => {
    const { session } = stage.desktop;
    makePrivateFolder(stage.dataFolder, session.user);
    const closed = join(stage.dataFolder, 'logs');
    mkdirSync(closed);
    writeFileSync(join(closed, 'main.log'), 'line');
    chmodSync(closed, 0o555);
    writePrivateFile(join(stage.dataFolder, 'window.json'), '{}', session.user);

    const removal = await stage.start({ args: ['--remove-my-data'] });
    expect(await removal.ended).toEqual({ code: 1, signal: null });
    expect(removal.output()).toContain(`NOT removed: ${join(closed, 'main.log')}: EACCES`);
    expect(removal.output()).toContain('Run this again');
    expect(readdirSync(stage.dataFolder)).toEqual(expect.arrayContaining(['logs']));
    expect(readdirSync(stage.dataFolder)).not.toContain('window.json');

    chmodSync(closed, 0o777);
    const again = await stage.start({ args: ['--remove-my-data'] });
    expect(await again.ended).toEqual({ code: 0, signal: null });
    await expectNothingLeft();
  });

  it('of a folder of its own choice takes only its own, and leaves the usual place alone', async () => {
    const app = await stage.launch();
    await settleIn(await app.firstWindow());
    await app.quit();
    const { session } = stage.desktop;
    const chosen = makePrivateFolder(join(session.folder, 'chosen'), session.user);
    writePrivateFile(join(chosen, 'letter.txt'), 'mine', session.user);
    const other = await stage.launch({ args: [`--user-data-dir=${chosen}`] });
    const page = await other.firstWindow();
    await stage.addAccount(page, lin);
    await rowOf(page, lin).getByText('Watching').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Remove everything and quit' }).waitFor();
    expect(await page.getByRole('menuitemcheckbox').count()).toBe(0);
    await other.quit();

    const removal = await stage.start({ args: ['--remove-my-data', `--user-data-dir=${chosen}`] });
    expect(await removal.ended).toEqual({ code: 0, signal: null });
    expect(readFileSync(join(chosen, 'letter.txt'), 'utf8')).toBe('mine');
    expect(readdirSync(chosen)).not.toContain('settings.json');

    // The other accounts and the login item are as they were.
    const usual = await stage.launch();
    const usualPage = await usual.firstWindow();
    await rowOf(usualPage, ada).getByText('Watching').waitFor();
    expect(existsSync(autostartFile)).toBe(true);
    await askForRemoval(usualPage);
    await confirmAndLeave(usual, usualPage);
    await expectNothingLeft();
  });

  // Last: the prompter stays until the session ends.
  it('opens the keyring’s dialog when it is locked, and takes everything along once that is answered', async () => {
    const { bus, keyring } = stage.desktop.session;
    const prompter = await startUnlockPrompter(bus);
    const app = await stage.launch();
    const page = await app.firstWindow();
    await settleIn(page);
    await keyring.lock();
    await askForRemoval(page);
    await confirm(page, 'Remove everything and quit');
    await prompter.dismiss();
    await page.getByRole('alertdialog').getByText('Nothing was removed yet').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await askForRemoval(page);
    const left = confirmAndLeave(app, page);
    await prompter.waitForDialog();
    expect(existsSync(join(stage.dataFolder, 'settings.json'))).toBe(true);
    expect(existsSync(autostartFile)).toBe(true);
    await prompter.enterPassword();
    await left;
    expect(await app.ended).toEqual({ code: 0, signal: null });
    expect(prompter.dialogs).toBe(2);
    await expectNothingLeft();
  });
});

/** Null when there is no such folder. */
function filesIn(folder: string): readonly string[] | null {
  return existsSync(folder) ? readdirSync(folder, { encoding: 'utf8' }) : null;
}
