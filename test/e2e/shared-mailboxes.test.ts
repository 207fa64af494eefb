import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import type { StatusItem } from '../desktop/status-item.ts';
import { ada, sam } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';

const info = 'info@contoso.example';
const closed = 'bookkeeping@contoso.example';

describe('shared mailboxes', () => {
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;
  let tray: StatusItem;

  beforeAll(async () => {
    stage = await setStage();
    stage.world.imap.addPerson(info);
    stage.world.imap.addPerson(closed);
    stage.world.imap.giveFullAccess(ada.address, info);
    deliver(info, 'Already there');
    app = await stage.launch();
    page = await app.firstWindow();
    tray = await stage.desktop.tray.waitForItem();
    await stage.addAccount(page, ada);
    await listed(ada.address).getByText('Watching').waitFor();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  function deliver(address: string, subject: string): void {
    stage.world.imap.deliver(address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
  }

  /** The innermost entry of the list with this address. */
  const listed = (address: string): Locator =>
    page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: `More for ${address}` }) })
      .last();

  async function openMenu(address: string): Promise<void> {
    await page.getByRole('button', { name: `More for ${address}` }).click();
  }

  async function add(address: string): Promise<void> {
    await openMenu(ada.address);
    await page.getByRole('menuitem', { name: 'Add shared mailbox…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a shared mailbox' });
    await dialog.getByRole('textbox').fill(address);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  }

  it('are refused where the address won’t do, before any server is asked', async () => {
    for (const [address, words] of [
      ['info', 'This isn’t a mail address'],
      [ada.address.toUpperCase(), 'This is the account’s own address'],
    ] as const) {
      await add(address);
      await page.getByText(words).waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(stage.world.imap.sessions().map(({ address }) => address)).toEqual([ada.address]);
  });

  it('are watched under their account, in the total, the tooltip and the menu', async () => {
    await add(info);
    await listed(info).getByText('Watching').waitFor();
    await listed(info).getByRole('img', { name: '1 unread message', exact: true }).waitFor();
    await page.getByRole('heading', { name: '1 unread message' }).waitFor();
    await page.getByText('In 1 account · 1 shared mailbox').waitFor();
    await tray.waitFor(({ toolTip }) => toolTip.includes(`${ada.address}: Nothing unread\n${info}: 1 unread`));
    const labels = await tray.waitForMenu((all) => all.some((label) => label.includes(info)));
    expect(labels.slice(0, 3)).toEqual(['1 unread', `${ada.address}: Nothing unread`, `    ${info}: 1 unread`]);
  });

  it('aren’t added twice', async () => {
    await add(info);
    await page.getByText('Tidings watches this mailbox already.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('are named by their notifications, which lead to them', async () => {
    deliver(info, 'For all of us');
    const told = await stage.desktop.notifications.waitFor(({ body }) => body.includes('For all of us'));
    expect(told.body).toBe(`For all of us\nbo@example.org\nTo ${info}`);
    stage.desktop.notifications.click(told.id);
    await expect.poll(() => listed(info).evaluate((row) => row === row.ownerDocument.activeElement)).toBe(true);
  });

  it('say what an administrator has to do where access is missing, and open when it was given', async () => {
    await add(closed);
    const row = listed(closed);
    await row.getByText('This mailbox doesn’t open for you').waitFor();
    const command = `Add-MailboxPermission -Identity '${closed}' -User '${ada.address}' -AccessRights FullAccess`;
    await expect
      .poll(() => row.getByRole('group', { name: 'Command for your administrator' }).textContent())
      .toBe(command);
    await listed(info).getByText('Watching').waitFor();
    stage.world.imap.giveFullAccess(ada.address, closed);
    await row.getByRole('button', { name: 'Try now' }).click();
    await row.getByText('Watching').waitFor();
  });

  it('are counted without notifications once muted', async () => {
    await openMenu(info);
    await page.getByRole('menuitemcheckbox', { name: 'Without notifications' }).click();
    await listed(info).getByRole('img', { name: 'Counted without notifications' }).waitFor();
    const before = stage.desktop.notifications.all.length;
    deliver(info, 'Quiet');
    await listed(info).getByRole('img', { name: '3 unread messages', exact: true }).waitFor();
    deliver(ada.address, 'Loud');
    await stage.desktop.notifications.waitFor(({ body }) => body.includes('Loud'));
    expect(JSON.stringify(stage.desktop.notifications.all.slice(before))).not.toContain('Quiet');
  });

  it('are still there after a restart, muted as they were', async () => {
    await app.quit();
    app = await stage.launch();
    page = await app.firstWindow();
    tray = await stage.desktop.tray.waitForItem();
    for (const address of [info, closed]) await listed(address).getByText('Watching').waitFor();
    await listed(info).getByRole('img', { name: 'Counted without notifications' }).waitFor();
  });

  it('wait for their account’s sign-in, which is asked for once', async () => {
    stage.world.identity.revokeRefreshTokens(ada.address);
    stage.world.imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 2, address: info });
    stage.world.imap.order({ kind: 'refuse-login', style: 'bare' }, { times: 2, address: ada.address });
    stage.world.imap.cut('fin');
    await page.getByRole('button', { name: 'Sign in again' }).waitFor();
    await listed(info).getByText('Waits for the account’s sign-in').waitFor();
    expect(await page.getByRole('button', { name: 'Sign in again' }).count()).toBe(1);
    stage.world.imap.clearFaults();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    await tab.getByRole('button', { name: ada.address }).click();
    for (const address of [info, closed]) await listed(address).getByText('Watching').waitFor();
    await tab.close();
  });

  it('are removed alone, and the keyboard stays in the list', async () => {
    await openMenu(closed);
    await page.getByRole('menuitem', { name: 'Remove', exact: true }).click();
    await listed(closed).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.matches('main *'))).toBe(true);
    await listed(info).getByText('Watching').waitFor();
    await stage.world.imap.events.waitUntil(() => stage.world.imap.sessions().length === 2);
  });

  it('aren’t offered to a personal account, which has none', async () => {
    await stage.addAccount(page, sam);
    await openMenu(sam.address);
    await page.getByRole('menuitem', { name: 'Remove…' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Add shared mailbox…' }).count()).toBe(0);
    await page.keyboard.press('Escape');
  });
});
