import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import type { StatusItem } from '../desktop/status-item.ts';
import { ada } from '../standin/people.ts';
import { asOtherClient } from '../support/imap-bench.ts';
import { imapServerNames, type ReceivedMail } from '../support/imap-server.ts';
import { setStage, type Stage } from './stage.ts';
import { isIconOf } from './window-face.ts';

/** What a person does with Tidings from the first start to the last, each step on what the one before left. */
describe.each(imapServerNames)('from the first account to its removal, with mail at the %s', (mail) => {
  let stage: Stage;
  let app: DrivenApp;
  let tray: StatusItem;

  beforeAll(async () => {
    stage = await setStage({ mail, browser: 'full' });
    await deliver({
      from: { name: 'Bo', address: 'bo@example.org' },
      subject: 'Waiting since yesterday',
    });
    app = await stage.launch();
    tray = await stage.desktop.tray.waitForItem();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  const deliver = (received: ReceivedMail): Promise<void> => stage.world.server.deliver(ada.address, received);
  const window = () => app.firstWindow();
  /** As a window manager asks for it. */
  const closeWindow = async (): Promise<void> => {
    const page = await window();
    const closed = page.waitForEvent('close');
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows().at(0)?.close();
    });
    await closed;
  };

  it('starts with an empty tray icon and offers to add an account', async () => {
    const page = await window();
    await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
    await tray.waitFor((face) => face.toolTip.includes('No accounts'));
  });

  it('signs in by the browser and shows the account with its unread count', async () => {
    const page = await window();
    const outcome = await stage.addAccount(page, ada);
    expect(outcome).toEqual({ at: 'app', heading: 'Back to Tidings' });
    const row = page.getByRole('listitem').filter({ hasText: ada.address });
    await row.getByText('1', { exact: true }).waitFor();
    await tray.waitFor((face) => face.toolTip.includes('1 unread'));
  });

  it('tells of what was there before the account was added by the number only', () => {
    expect(stage.desktop.notifications.all).toEqual([]);
  });

  it('tells a new mail by sender and subject, and counts it in window, tray, menu and launcher', async () => {
    await deliver({
      from: { name: 'Cleo <b>', address: 'cleo@example.org' },
      subject: 'Lunch & more?\u202Etxt',
    });
    const told = await stage.desktop.notifications.waitFor(() => true);
    expect(told.summary).toBe('Cleo <b>');
    expect(told.body).toContain('Lunch &amp; more?txt');
    const page = await window();
    await page.getByRole('listitem').filter({ hasText: ada.address }).getByText('2', { exact: true }).waitFor();
    const face = await tray.waitFor(({ toolTip }) => toolTip.includes('2 unread'));
    expect(isIconOf(2, face.icon ?? tray.icon())).toBe(true);
    await tray.waitForMenu((labels) => labels.some((label) => label.includes(ada.address) && label.includes('2')));
    await stage.desktop.badge.waitFor(({ count, countVisible }) => count === 2 && countVisible);
  });

  it('counts down everywhere when the mail is read by another program', async () => {
    await asOtherClient(stage.world, ada, (other) => other.messageFlagsAdd('1:*', ['\\Seen']));
    const face = await tray.waitFor(({ toolTip }) => toolTip.includes('Nothing unread'));
    expect(isIconOf(0, face.icon ?? tray.icon())).toBe(true);
    await tray.waitForMenu(([headline]) => headline === 'Nothing unread');
    await stage.desktop.badge.waitFor(({ count, countVisible }) => count === 0 && !countVisible);
    const page = await window();
    await page
      .getByRole('listitem')
      .filter({ hasText: ada.address })
      .getByText('2', { exact: true })
      .waitFor({ state: 'detached' });
    await page.getByText('No unread mail').waitFor();
  });

  it('goes on in the tray when its window is closed, says so once, and ends the renderer', async () => {
    await closeWindow();
    await stage.desktop.notifications.waitFor(({ summary }) => summary === 'Tidings goes on in the tray');
    await expect.poll(() => app.processes().filter(({ command }) => command.includes('--type=renderer'))).toEqual([]);
    await deliver({
      from: { name: 'Dan', address: 'dan@example.org' },
      subject: 'Still there?',
    });
    const told = await stage.desktop.notifications.waitFor(({ summary }) => summary === 'Dan');
    const opened = app.electron.waitForEvent('window');
    stage.desktop.notifications.click(told.id);
    await (await opened).getByRole('listitem').filter({ hasText: ada.address }).waitFor();
  });

  it('is still signed in after a restart, without a browser, and tells in one digest what came meanwhile', async () => {
    await app.quit();
    const links = stage.desktop.links.urls.length;
    for (const subject of ['First', 'Second', 'Third']) {
      await deliver({ from: { name: 'Eve', address: 'eve@example.org' }, subject });
    }
    app = await stage.launch();
    const page = await window();
    await page.getByRole('listitem').filter({ hasText: ada.address }).getByText('4', { exact: true }).waitFor();
    await stage.desktop.notifications.waitFor(({ summary }) => summary === '3 new messages while you were away');
    expect(stage.desktop.notifications.all.filter(({ summary }) => summary === 'Eve')).toEqual([]);
    expect(stage.desktop.links.urls).toHaveLength(links);
    tray = await stage.desktop.tray.waitForItem((item) => item.face().toolTip.includes('4 unread'));
  });

  it('keeps no token in a file, and its files to itself', async () => {
    expect((await stage.desktop.session.keyring.items()).length).toBeGreaterThan(0);
    const files = filesUnder(stage.dataFolder);
    expect(files.map(({ name }) => name)).toContain('settings.json');
    for (const { name, path } of files) {
      const content = readFileSync(path, 'latin1');
      expect(content, name).not.toMatch(/eyJ[\w-]{10,}\.|refresh_?token/iu);
    }
    expect(statSync(join(stage.dataFolder, 'settings.json')).mode & 0o777).toBe(0o600);
    expect(statSync(stage.dataFolder).mode & 0o777).toBe(0o700);
  });

  it('removes the account, and finds no token left', async () => {
    const page = await window();
    await page.getByRole('button', { name: `More for ${ada.address}` }).click();
    await page.getByRole('menuitem', { name: /^Remove/u }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Remove/u })
      .click();
    await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
    expect(await stage.desktop.session.keyring.items()).toEqual([]);
    await tray.waitFor((face) => face.toolTip.includes('No accounts'));
    await stage.world.server.untilNoConnection();
  });

  it('quits from the tray menu, logging out and leaving no process behind', async () => {
    await tray.clickMenu('Quit Tidings');
    await app.untilGone();
    await stage.desktop.tray.waitForNone();
    expect(app.processes()).toEqual([]);
  });
});

function filesUnder(folder: string): { readonly name: string; readonly path: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => ({ name, path: join(parentPath, name) }));
}
