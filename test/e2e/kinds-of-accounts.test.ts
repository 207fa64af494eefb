import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada, lin, sam, type StandinPerson } from '../standin/people.ts';
import { imapServerNames } from '../support/imap-server.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, waitForUnread } from './window-face.ts';

/** Work accounts of two organisations and a personal one, and a person who picks the wrong one of them. */
describe.each(imapServerNames)('accounts of several kinds, at the %s', (mail) => {
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;

  beforeAll(async () => {
    stage = await setStage({ mail });
    app = await stage.launch();
    page = await app.firstWindow();
    for (const person of [ada, sam]) {
      await stage.addAccount(page, person);
      await rowOf(page, person).getByText('Watching').waitFor();
    }
  });

  afterAll(async () => {
    await app.quit();
    await stage.dispose();
  });

  /** Begins to sign in again by the account's menu, and picks `person` on the page that opens. */
  async function signInAgain(asked: StandinPerson, person: StandinPerson): Promise<void> {
    await page.getByRole('button', { name: `More for ${asked.address}` }).click();
    await page.getByRole('menuitem', { name: 'Sign in again' }).click();
    await pick(asked, person);
  }

  async function pick(asked: StandinPerson, person: StandinPerson): Promise<void> {
    const address = await stage.desktop.links.takeUrl();
    expect(new URL(address).searchParams.get('login_hint')).toBe(asked.address);
    const tab = await stage.browser.open(address);
    await signInAs(tab, person);
    await tab.close();
  }

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const addresses = async () => page.getByRole('listitem').allInnerTexts();

  it('are watched at once, each by its own token, and lead to Microsoft’s page of their kind', async () => {
    const from = { name: 'Bo', address: 'bo@example.org' };
    await stage.world.server.deliver(ada.address, { from, subject: 'For work' });
    await stage.world.server.deliver(sam.address, { from, subject: 'For home' });
    await waitForUnread(page, ada, 1);
    await waitForUnread(page, sam, 1);
    for (const [person, host] of [
      [ada, 'myapps.microsoft.com'],
      [sam, 'account.microsoft.com'],
    ] as const) {
      await page.getByRole('button', { name: `More for ${person.address}` }).click();
      await page.getByRole('menuitem', { name: 'Remove…' }).click();
      await page.getByRole('button', { name: 'Open Microsoft’s page' }).click();
      expect(new URL(await stage.desktop.links.takeUrl()).host).toBe(host);
      await button('Cancel').click();
    }
  });

  it('say which account was signed in to in the place of which, and add it when the person wants that', async () => {
    await signInAgain(ada, lin);
    await heading('That was another account').waitFor();
    await page.getByText(`Tidings asked for ${ada.address}, but you signed in as ${lin.address}.`).waitFor();
    expect(JSON.stringify(await stage.desktop.session.keyring.secrets())).not.toContain(lin.oid);

    await button(`Sign in as ${ada.address}`).click();
    await pick(ada, lin);
    await heading('That was another account').waitFor();
    await button(`Add ${lin.address}`).click();
    await rowOf(page, lin).getByText('Watching').waitFor();
    expect(await addresses()).toHaveLength(3);
  });

  it('say so too of one that is there already, and are as they should be once the right one is picked', async () => {
    await signInAgain(ada, sam);
    await page.getByText('Tidings has that one already.').waitFor();
    expect(await button(`Add ${sam.address}`).count()).toBe(0);
    await button(`Sign in as ${ada.address}`).click();
    await pick(ada, ada);
    for (const person of [ada, sam, lin]) await rowOf(page, person).getByText('Watching').waitFor();
    expect(await addresses()).toHaveLength(3);
  });
});
