import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Settings } from '../../electron/shared/settings.ts';
import type { DrivenApp } from '../desktop/app.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada, mira, standinPeople } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, shareOf } from './window-face.ts';

/** The wall that most work accounts meet first, from the first sign-in to the mailbox. */
describe('an organization whose administrator has to approve', () => {
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;
  let letter: { subject: string; body: string };

  beforeAll(async () => {
    stage = await setStage({ world: { people: [...standinPeople, mira] } });
    stage.world.identity.requireAdminApproval(ada.tid);
    app = await stage.launch();
    page = await app.firstWindow();
  });

  afterAll(async () => {
    await stage.dispose();
  });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const kept = (): Settings => JSON.parse(readFileSync(join(stage.dataFolder, 'settings.json'), 'utf8')) as Settings;
  const link = (): string => letter.body.split('\r\n').find((line) => line.includes('/adminconsent?')) ?? '';

  /** The administrator opens the letter's link, signs in and decides; resolves with the address that the page ends at. */
  async function decide(button: 'Accept' | 'Cancel'): Promise<URL> {
    const tab = await stage.browser.context.newPage();
    // The link is on the authority's own host, whose certificate this browser doesn't know.
    const session = await stage.browser.context.newCDPSession(tab);
    await session.send('Security.setIgnoreCertificateErrors', { ignore: true });
    await tab.goto(link());
    await tab.getByRole('button', { name: mira.address }).click();
    await tab.getByRole('heading', { name: 'Permissions requested for Contoso' }).waitFor();
    const isEnd = (request: Request): boolean => request.url().startsWith('http://localhost/?');
    const [end] = await Promise.all([
      tab.waitForEvent('requestfailed', isEnd),
      tab.getByRole('button', { name: button, exact: true }).click(),
    ]);
    await tab.close();
    return new URL(end.url());
  }

  /** Checks again, and signs in where the browser is led; resolves with the page's heading and where that is. */
  async function checkAgain() {
    await press('Check again');
    const url = await stage.desktop.links.takeUrl();
    expect(new URL(url).searchParams.get('login_hint')).toBe(ada.address);
    const tab = await stage.browser.open(url);
    return { tab, outcome: await signInAs(tab, ada) };
  }

  it('leads from Microsoft’s page, which tells Tidings nothing, to a letter', async () => {
    await press('Add Outlook account');
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    expect(await signInAs(tab, ada)).toEqual({ at: 'identity-provider', heading: 'Need admin approval' });
    await tab.close();
    await press('The page says “Need admin approval”?');
    await heading('Ask your administrator');
    await page.getByRole('textbox').fill(ada.address);
    await press('Continue');
    await press('Write a mail…');
    const url = await stage.desktop.links.takeUrl();
    expect(url).toMatch(/^mailto:\?subject=/u);
    const fields = url.slice('mailto:?'.length).split('&');
    const [subject = '', body = ''] = fields.map((field) => decodeURIComponent(field.slice(field.indexOf('=') + 1)));
    letter = { subject, body };
    expect(body).toContain(ada.address);
    expect(new URL(link()).origin).toBe(new URL(stage.world.profile.authority).origin);
    expect(new URL(link()).pathname).toBe('/contoso.example/v2.0/adminconsent');
  });

  it('stays in list and tray menu across a restart, and is no trouble', async () => {
    await app.quit();
    app = await stage.launch();
    page = await app.firstWindow();
    await rowOf(page, ada).getByText('Waiting for your administrator’s approval').waitFor();
    const tray = await stage.desktop.tray.waitForItem();
    await tray.waitForMenu((labels) => labels.includes(`${ada.address}: waiting for approval`));
    const { icon } = await tray.waitFor((face) => face.icon !== null);
    expect(icon === null ? 1 : shareOf(icon, 'red')).toBeLessThan(0.05);
  });

  it('goes on waiting when the administrator declined, and says when it was last tried', async () => {
    const end = await decide('Cancel');
    // What the letter says: with “error=” it hasn't worked, although the rest is there too.
    expect(end.searchParams.get('admin_consent')).toBe('True');
    expect(end.searchParams.has('error')).toBe(true);
    const { tab, outcome } = await checkAgain();
    expect(outcome.heading).toBe('Need admin approval');
    await tab.getByRole('button', { name: 'Return to the app without granting consent' }).click();
    await heading('Tidings wasn’t given permission');
    await tab.close();
    await press('Close');
    await rowOf(page, ada)
      .getByText(/last tried/u)
      .waitFor();
    expect(kept().awaitedApprovals).toMatchObject([{ address: ada.address, tenant: 'contoso.example' }]);
  });

  it('becomes the account once it is approved, and nothing waits any longer', async () => {
    const end = await decide('Accept');
    expect(end.searchParams.get('admin_consent')).toBe('True');
    expect(end.searchParams.has('error')).toBe(false);
    const { tab, outcome } = await checkAgain();
    expect(outcome.at).toBe('app');
    await tab.close();
    await rowOf(page, ada).getByText('Watching').waitFor();
    expect(await page.getByText('Waiting for your administrator’s approval').count()).toBe(0);
    await expect.poll(() => kept().awaitedApprovals).toEqual([]);
  });

  it('waits in its own row when it is in the list already, by one line in the menu, and signs in again as itself', async () => {
    stage.world.identity.order({ at: 'account', kind: 'admin-approval' });
    await rowOf(page, ada)
      .getByRole('button', { name: `More for ${ada.address}` })
      .click();
    await page.getByRole('menuitem', { name: 'Sign in again' }).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    expect((await signInAs(tab, ada)).heading).toBe('Need admin approval');
    await tab.close();
    await press('The page says “Need admin approval”?');
    await heading('Ask your administrator');
    await press('Back');
    const row = rowOf(page, ada);
    expect(await row.count()).toBe(1);
    await row.getByText('Waiting for your administrator’s approval').waitFor();
    const tray = await stage.desktop.tray.waitForItem();
    await tray.waitForMenu((labels) => labels.filter((label) => label.includes(ada.address)).length === 1);
    const again = await checkAgain();
    expect(again.outcome.at).toBe('app');
    await again.tab.close();
    await expect.poll(() => kept().awaitedApprovals).toEqual([]);
    await row.getByText('Watching').waitFor();
    expect(kept().accounts).toHaveLength(1);
  });
});
