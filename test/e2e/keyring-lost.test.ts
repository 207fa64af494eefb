import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada } from '../standin/people.ts';
import { renewToken } from './renew-token.ts';
import { SecretWatch } from './secret-watch.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, waitForUnread } from './window-face.ts';

/** gnome-keyring's daemon ends, as in a crash or an upgrade, while an account is watched. */
describe('a keyring that stops while the app runs', () => {
  let secrets: SecretWatch;
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;
  let unread = 0;

  beforeAll(async () => {
    secrets = new SecretWatch([ada]);
    stage = await setStage();
    app = await stage.launch();
    page = await app.firstWindow();
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
  });

  afterAll(async () => {
    await stage.dispose();
    secrets.dispose();
  });

  const lost = () => page.getByRole('heading', { name: 'The keyring has stopped' });

  async function receiveMail(): Promise<void> {
    unread += 1;
    const subject = `Number ${unread}`;
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject });
    await stage.desktop.notifications.waitFor(({ body }) => body.startsWith(`${subject}\n`));
    await waitForUnread(page, ada, unread);
  }

  it('changes nothing as long as nothing is to be saved', async () => {
    await stage.desktop.session.keyring.stop();
    await receiveMail();
    expect(await lost().count()).toBe(0);
  });

  it('is said, with what to do, when a renewed token can’t be saved, while the account is watched on', async () => {
    await renewToken(stage.world, ada);
    await lost().waitFor();
    await page.getByText('then quit Tidings and start it again').first().waitFor();
    await rowOf(page, ada).getByText('Watching').waitFor();
    await receiveMail();
  });

  it('puts no token anywhere else meanwhile', () => {
    secrets.expectNowhere(stage, app);
  });

  it('is said in Chinese too', async () => {
    await chooseLanguage('Settings', '简体中文');
    await page.getByRole('heading', { name: '密钥环已停止运行' }).waitFor();
    await page.getByText('然后退出 Tidings 再启动').first().waitFor();
    await chooseLanguage('设置', 'English');
  });

  it('stays so when it runs again, since only another start of Tidings finds it', async () => {
    await stage.desktop.session.keyring.start();
    expect(await page.getByRole('button', { name: 'Look again' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Check now' }).first().click();
    await renewToken(stage.world, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await lost().waitFor();
    await app.quit();
  });

  it('costs one sign-in at the most after that, and no other one', async () => {
    app = await stage.launch();
    page = await app.firstWindow();
    const row = rowOf(page, ada);
    await row.getByText('Watching').waitFor();
    // The refresh token in the keyring is an older one, of which the stand-in wants to know nothing.
    await renewToken(stage.world, ada);
    await row.getByText('Needs sign-in').waitFor();
    expect(stage.desktop.links.urls).toHaveLength(1);
    await row.getByRole('button', { name: 'Sign in again' }).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    await signInAs(tab, ada);
    await row.getByText('Watching').waitFor();
    await renewToken(stage.world, ada);
    await row.getByText('Watching').waitFor();
    await app.quit();

    app = await stage.launch();
    page = await app.firstWindow();
    await rowOf(page, ada).getByText('Watching').waitFor();
    await app.quit();
    expect(stage.desktop.links.urls).toHaveLength(2);
  });

  async function chooseLanguage(menu: string, language: string): Promise<void> {
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitemradio', { name: language }).click();
  }
});
