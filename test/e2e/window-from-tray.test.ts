import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import type { StatusItem } from '../desktop/status-item.ts';
import { ada, lin, type StandinPerson } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, waitForUnread } from './window-face.ts';

describe('the window that the tray opens', () => {
  let stage: Stage;
  let app: DrivenApp;
  let tray: StatusItem;

  beforeAll(async () => {
    stage = await setStage();
    for (const person of [ada, ada, lin]) {
      stage.world.imap.deliver(person.address, {
        from: { name: 'Bo', address: 'bo@example.org' },
        subject: 'Already there',
      });
    }
    app = await stage.launch();
    const page = await app.firstWindow();
    tray = await stage.desktop.tray.waitForItem();
    for (const person of [ada, lin]) await stage.addAccount(page, person);
    await waitForUnread(page, ada, 2);
    await waitForUnread(page, lin, 1);
    const lines = [`${ada.address}: 2 unread`, `${lin.address}: 1 unread`];
    // Each new count brings a new menu: a click has to wait for the one that stays.
    await tray.waitForMenu((labels) => lines.every((line) => labels.includes(line)));
    // Before anything of the page: every main heading that it ever shows.
    await app.electron.context().addInitScript(() => {
      const shown: string[] = [];
      Reflect.set(globalThis, 'headingsShown', shown);
      new MutationObserver(() => {
        const heading = document.querySelector('h1')?.textContent;
        if (heading !== undefined && heading !== shown.at(-1)) shown.push(heading);
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
  });

  afterAll(async () => {
    await stage.dispose();
  });

  async function closeWindow(): Promise<void> {
    const closed = (await app.firstWindow()).waitForEvent('close');
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows().at(0)?.close();
    });
    await closed;
  }

  /** Closes the window, does what brings it back, and waits until it has its content. */
  async function reopenBy(click: () => Promise<void>): Promise<Page> {
    await closeWindow();
    expect(app.electron.windows()).toEqual([]);
    const opened = app.electron.waitForEvent('window');
    await click();
    const page = await opened;
    await waitForUnread(page, ada, 2);
    return page;
  }

  const hasFocus = (page: Page, person: StandinPerson) =>
    rowOf(page, person).evaluate((row) => row === row.ownerDocument.activeElement && row.ariaCurrent === 'true');
  const isMarked = (page: Page, person: StandinPerson) =>
    rowOf(page, person).evaluate((row) => row.ariaCurrent === 'true');

  it('shows the unread mail in its first frame, and nothing else before it', async () => {
    const page = await reopenBy(() => tray.clickMenu('Open Tidings'));
    const headings = await page.evaluate((): unknown => Reflect.get(globalThis, 'headingsShown'));
    expect(headings).toEqual(['3 unread messages']);
    expect(await isMarked(page, ada)).toBe(false);
    expect(await isMarked(page, lin)).toBe(false);
  });

  it('is at the account whose line was clicked in the menu', async () => {
    const page = await reopenBy(() => tray.clickMenu(`${lin.address}: 1 unread`));
    await expect.poll(() => hasFocus(page, lin)).toBe(true);
    expect(await isMarked(page, ada)).toBe(false);
    // And goes to another one while it is open.
    await tray.clickMenu(`${ada.address}: 2 unread`);
    await expect.poll(() => hasFocus(page, ada)).toBe(true);
    expect(await isMarked(page, lin)).toBe(false);
  });

  it('opens by a click on the icon, at no account', async () => {
    const page = await reopenBy(() => tray.activate());
    expect(await isMarked(page, ada)).toBe(false);
    expect(await isMarked(page, lin)).toBe(false);
  });

  it('lets an account be removed, of which nothing is left in any file', async () => {
    const read = (name: string): string => readFileSync(join(stage.dataFolder, name), 'utf8');
    const { accounts } = JSON.parse(read('settings.json')) as { accounts: { id: string; address: string }[] };
    const id = accounts.find(({ address }) => address === lin.address)?.id ?? 'none';
    await expect.poll(() => read('mailboxes.json')).toContain(id);

    const page = await app.firstWindow();
    await page.getByRole('button', { name: `More for ${lin.address}` }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    // While the dialog is open, what lies under it has no roles: the row seems gone.
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await rowOf(page, lin).waitFor({ state: 'detached' });
    await app.quit();
    for (const name of ['settings.json', 'mailboxes.json']) {
      expect(read(name), name).not.toContain(id);
      expect(read(name), name).not.toContain(lin.address);
      expect(read(name), name).not.toContain(lin.displayName);
    }
    // The other one is as it was.
    const ofAda = accounts.find(({ address }) => address === ada.address)?.id ?? 'none';
    for (const name of ['settings.json', 'mailboxes.json']) expect(read(name), name).toContain(ofAda);
  });
});
