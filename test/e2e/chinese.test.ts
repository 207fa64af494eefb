import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ada } from '../standin/people.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

describe('on a system in Simplified Chinese', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage({ desktop: { language: 'zh_CN' } });
  });

  afterAll(async () => {
    await stage.dispose();
  });

  it('speaks Chinese in window, tray, notification and the page at the end of the sign-in', async () => {
    const app = await stage.launch();
    const page = await app.firstWindow();
    await page.getByRole('button', { name: '添加 Outlook 帐户' }).click();
    const tab = await stage.browser.open(await stage.desktop.links.takeUrl());
    await tab.getByRole('button', { name: ada.address }).click();
    await tab.getByRole('button', { name: 'Accept', exact: true }).click();
    await tab.getByRole('heading', { name: '请返回 Tidings' }).waitFor();
    await tab.close();
    await rowOf(page, ada).getByText('正在关注').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');

    stage.world.imap.deliver(ada.address, { from: { name: '王芳', address: 'fang@example.cn' }, subject: '' });
    const told = await stage.desktop.notifications.waitFor(() => true);
    expect(told).toMatchObject({ summary: '王芳', body: '（无主题）\nfang@example.cn' });
    const tray = await stage.desktop.tray.waitForItem();
    await tray.waitFor(({ toolTip }) => toolTip.startsWith('Tidings — 1 封未读'));
    expect(await tray.waitForMenu(([headline]) => headline === '1 封未读')).toEqual([
      '1 封未读',
      `${ada.address}：1 封未读`,
      '立即检查',
      '打开 Tidings',
      '退出 Tidings',
    ]);

    await page.getByRole('button', { name: '设置' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await rowOf(page, ada).getByText('Watching').waitFor();
    await tray.waitForMenu((labels) => labels.includes('Quit Tidings'));
    await app.quit();
  });

  it('says in Chinese why it does not start', async () => {
    const app = await stage.start({ env: { TIDINGS_PROFILE: '/nowhere/profile.json' } });
    await app.waitForOutput(/^Tidings 无法启动: .*请更正后重新启动.*profile\.json/mu);
    await app.kill();
    const other = await stage.start({ args: ['--no-sandbox'] });
    expect(await other.ended).toEqual({ code: 1, signal: null });
    expect(other.output()).toMatch(/^Tidings 无法启动: .*请去掉后再启动.*--no-sandbox/mu);
  });
});
