import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
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

  it('is said, with what to do, while the account is watched on', async () => {
    await stage.desktop.session.keyring.stop();
    await lost().waitFor();
    await page.getByText('Nothing is lost as long as Tidings runs').first().waitFor();
    await receiveMail();
    await renewToken(stage.world, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await receiveMail();
  });

  it('puts no token anywhere else meanwhile', () => {
    secrets.expectNowhere(stage, app);
  });

  it('is said in Chinese too', async () => {
    await chooseLanguage('Settings', '简体中文');
    await page.getByRole('heading', { name: '密钥环已停止运行' }).waitFor();
    await page.getByText('Tidings 运行期间不会丢失任何信息').first().waitFor();
    await chooseLanguage('设置', 'English');
  });

  it('is used again as soon as it runs, without another start of Tidings, and no sign-in is lost', async () => {
    const { keyring } = stage.desktop.session;
    const newest = secrets.now().refreshTokens.at(-1);
    await keyring.start();
    await lost().waitFor({ state: 'detached' });
    await expect.poll(async () => (await keyring.secrets()).join('\n')).toContain(newest);
    secrets.expectNowhere(stage, app);
    await app.quit();

    app = await stage.launch();
    page = await app.firstWindow();
    await rowOf(page, ada).getByText('Watching').waitFor();
    await renewToken(stage.world, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    expect(stage.desktop.links.urls).toHaveLength(1);
    await app.quit();
  });

  async function chooseLanguage(menu: string, language: string): Promise<void> {
    await page.getByRole('button', { name: menu }).click();
    await page.getByRole('menuitemradio', { name: language }).click();
  }
});
