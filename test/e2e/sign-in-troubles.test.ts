import { connect } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { cancelSignIn, signInAs } from '../desktop/sign-in-page.ts';
import type { DeploymentProfile } from '../../electron/shared/profile.ts';
import { ada } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';

describe('a sign-in that comes to nothing', () => {
  let stage: Stage;
  let app: DrivenApp | null = null;

  beforeAll(async () => {
    stage = await setStage();
  });

  afterEach(async () => {
    await app?.quit();
    app = null;
    // Whatever went wrong: nothing of it is kept.
    expect(await stage.desktop.session.keyring.items()).toEqual([]);
  });

  afterAll(async () => {
    await stage.dispose();
  });

  async function start(profile: Partial<DeploymentProfile> = {}): Promise<Page> {
    const file = join(stage.desktop.session.folder, 'world', 'changed-profile.json');
    writeFileSync(file, JSON.stringify({ ...stage.world.profile, ...profile }));
    app = await stage.launch({ env: { TIDINGS_PROFILE: file } });
    return app.firstWindow();
  }

  const add = (page: Page) => page.getByRole('button', { name: 'Add Outlook account' });
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

  it('says so when permission is refused, and lets the person go back', async () => {
    const page = await start();
    await add(page).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    expect(await signInAs(tab, ada, { consent: 'refuse' })).toEqual({
      at: 'app',
      heading: 'The sign-in didn’t work',
    });
    await tab.getByText('Close this tab and go back to Tidings, which says what happened and what to do.').waitFor();
    await tab.close();
    await heading(page, 'Tidings wasn’t given permission').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await add(page).waitFor();
  });

  it('says so when the person cancels on the page', async () => {
    const page = await start();
    await add(page).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    expect(await cancelSignIn(tab)).toMatchObject({ at: 'app' });
    await tab.close();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('waits when the browser was closed, until the person cancels, and then listens no longer', async () => {
    const page = await start();
    await add(page).click();
    const url = await stage.desktop.links.takeUrl();
    const tab = await stage.browser.open(url);
    await tab.close();
    await heading(page, 'Continue in your browser').waitFor();
    const port = Number(new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port);
    expect(await answerOf(port)).toBe('open');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await add(page).waitFor();
    await expect.poll(() => answerOf(port)).toBe('ECONNREFUSED');
  });

  it('says so when no browser opens, and tries again', async () => {
    const page = await start();
    stage.desktop.links.failWith(3);
    await add(page).click();
    await heading(page, 'The browser couldn’t be opened').waitFor();
    stage.desktop.links.failWith(0);
    await page.getByRole('button', { name: 'Try again' }).click();
    expect(await stage.desktop.links.takeUrl()).toContain(stage.world.identity.pageOrigin);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await add(page).waitFor();
  });

  it('can be left when the provider knows no such client id, which it says on its own page only', async () => {
    const page = await start({ clientId: '00000000-1111-2222-3333-444444444444' });
    await add(page).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    await tab.getByText('AADSTS700016').waitFor();
    await tab.close();
    await heading(page, 'Continue in your browser').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await add(page).waitFor();
  });

  it('explains the error that stayed on the page, from what the person took from there', async () => {
    const page = await start({ clientId: '00000000-1111-2222-3333-444444444444' });
    await add(page).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    await tab.getByText('AADSTS700016').waitFor();
    const said = await tab.locator('main').innerText();
    await tab.close();

    const question = page.getByText('Microsoft shows an error?');
    const field = page.getByRole('textbox', { name: 'What Microsoft’s page says' });
    await question.click();
    await field.fill('it does not work');
    await field.press('Enter');
    await page.getByText('There is no error number in this.').waitFor();
    await field.fill(said);
    await page.getByRole('button', { name: 'Explain it' }).click();
    await heading(page, 'Microsoft doesn’t know this client id here').waitFor();
    await page.getByText('Who can mend it: Whoever registered the app').waitFor();
    await page.getByText('Details', { exact: true }).click();
    await page
      .getByText(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await add(page).waitFor();

    // Whoever cancelled because of it may still ask.
    await add(page).click();
    await stage.desktop.links.takeUrl();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await question.click();
    await heading(page, 'The sign-in was cancelled').waitFor();
    await field.fill('90094');
    await field.press('Enter');
    await heading(page, 'Your administrator has to approve Tidings').waitFor();
    await page.getByText('Who can mend it: Your administrator').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await add(page).waitFor();
  });

  it('sends nobody to a server whose certificate is not trusted', async () => {
    const page = await start({ extraCaFile: null });
    const opened = stage.desktop.links.urls.length;
    await add(page).click();
    await heading(page, 'The connection can’t be trusted').waitFor();
    expect(stage.desktop.links.urls).toHaveLength(opened);
  });

  it('says so when the identity provider can’t be reached', async () => {
    const page = await start({ authority: 'https://localhost:1/common', knownAuthorities: ['localhost:1'] });
    await add(page).click();
    await heading(page, 'Microsoft can’t be reached').waitFor();
  });
});

/** Whether something listens on a port of this machine, or why not. */
function answerOf(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve('open');
    });
    socket.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
  });
}
