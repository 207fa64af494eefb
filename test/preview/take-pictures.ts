/**
 * Takes a picture of every screen of the window: `node test/preview/take-pictures.ts <folder> [screen…]`.
 * In English and Chinese, light and dark, 360 and 900 px wide.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inspectToken } from '../../electron/main/auth/inspect-token.ts';

import { appClaims, personClaims, tokenOf, writtenAt } from '../support/written-token.ts';
import { type Act, inspect, openAnotherClientId, openDoctor, openInspector, openNetwork, openRemoval } from './acts.ts';
import { launchChromium } from './chromium.ts';
import { fakeMain } from './fake-bridge.ts';
import { buildRenderer, serveRenderer } from './renderer-server.ts';
import { errorOf, previewNow, previewSnapshots } from './snapshots.ts';

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('usage: node test/preview/take-pictures.ts <folder> [screen…]');
}
mkdirSync(folder, { recursive: true });
const outDir = mkdtempSync(join(tmpdir(), 'tidings-renderer-'));
await buildRenderer(join(import.meta.dirname, '../../renderer'), outDir);
const server = await serveRenderer(outDir);
const browser = await launchChromium();

const looks = [
  { name: 'en-light-900', language: 'en', colorScheme: 'light', width: 900 },
  { name: 'en-light-360', language: 'en', colorScheme: 'light', width: 360 },
  { name: 'zh-dark-900', language: 'zh-CN', colorScheme: 'dark', width: 900 },
  { name: 'zh-dark-360', language: 'zh-CN', colorScheme: 'dark', width: 360 },
] as const;

const appToken = tokenOf(appClaims);

/** Screens that are only there after a person did something: the snapshot to start from, and what was done. */
const scenes: Readonly<Record<string, { readonly from: string; readonly act: Act }>> = {
  'doctor-fine-open': { from: 'doctor-fine', act: openDoctor },
  'doctor-failed-open': { from: 'doctor-failed', act: openDoctor },
  'doctor-running-open': { from: 'doctor-running', act: openDoctor },
  'settings-menu': { from: 'starting-at-login', act: async (page) => page.locator('header button').click() },
  'account-menu': { from: 'accounts', act: async (page) => page.locator('li button').first().click() },
  'remove-dialog': {
    from: 'accounts',
    act: async (page) => {
      await page.locator('li button').first().click();
      await page.getByRole('menuitem').last().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'add-shared-dialog': {
    from: 'shared',
    act: async (page) => {
      await page.locator('li button').first().click();
      await page.getByRole('menuitem', { name: /^(Add shared mailbox|添加共享邮箱)…$/u }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('info@contoso');
      await page.getByRole('dialog').locator('button[type=submit]').click();
    },
  },
  'add-shared-refused': {
    from: 'shared',
    act: async (page, main) => {
      await page.locator('li button').first().click();
      await page.getByRole('menuitem', { name: /^(Add shared mailbox|添加共享邮箱)…$/u }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('information@contoso.example');
      await main.fail('shared-mailbox-not-added');
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.locator('[role=dialog] [role=alert], [role=dialog] .fui-Field__validationMessage').first().waitFor();
    },
  },
  'shared-menu': {
    from: 'shared',
    act: async (page) => page.locator('li li button').last().click(),
  },
  'remove-everything-dialog': { from: 'starting-at-login', act: openRemoval },
  'remove-everything-blocked': {
    from: 'starting-at-login',
    act: async (page, main) => {
      await openRemoval(page);
      const error = errorOf('keyring-locked', { detail: 'Cannot create an item in a locked collection' });
      await main.answer('app.removeEverything', { kind: 'tokens-out-of-reach', error });
      await page.locator('[role=alertdialog] button').last().click();
      await page.locator('[role=alertdialog] [role=alert]').waitFor();
    },
  },
  'approval-address': {
    from: 'waiting',
    act: async (page, main, snapshot) => {
      await page.locator('main button').nth(2).click();
      await main.push({ ...snapshot, revision: 2, signIn: { kind: 'idle' } });
      await page.locator('input').fill('ada@outlook.com');
      await page.locator('form button[type=submit]').click();
      await page.locator('[role=alert]').waitFor();
    },
  },
  'approval-letter': {
    from: 'waiting-for-approval',
    act: async (page) => {
      await page.locator('li button').last().click();
      await page.locator('textarea').waitFor();
      await page.locator('summary').click();
      await page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_300 });
    },
  },
  'register-steps': {
    from: 'registration',
    act: async (page) => {
      await page.locator('summary').click();
      await page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_900 });
    },
  },
  'bad-client-id': {
    from: 'registration',
    act: async (page) => {
      await page.locator('input').first().fill('abc8Q~secretsecretsecretsecretsecret12');
      await page.locator('input').last().fill('https://login.microsoftonline.com/contoso');
      await page.locator('form button[type=submit]').click();
    },
  },
  'another-client-id': { from: 'one', act: openAnotherClientId },
  'another-client-id-taken': {
    from: 'one',
    act: async (page) => {
      await openAnotherClientId(page);
      await page.locator('input').first().fill('0f5d3b1e-6c2a-4e8f-9b7d-1a2b3c4d5e6f');
      await page.locator('form button[type=submit]').click();
      await page.locator('li').first().waitFor();
    },
  },
  'another-client-id-fixed': {
    from: 'one',
    act: async (page, main, snapshot) => {
      await openAnotherClientId(page);
      await page.locator('input').first().fill('0f5d3b1e-6c2a-4e8f-9b7d-1a2b3c4d5e6f');
      await main.fail('profile-invalid');
      await page.locator('form button[type=submit]').click();
      const detail =
        'clientId: fixed by the file that TIDINGS_PROFILE names; change it there, or start Tidings without it';
      const error = errorOf('profile-invalid', { detail });
      await main.push({ ...snapshot, revision: 2, registration: { kind: 'ready', error } });
      await page.getByText('TIDINGS_PROFILE').waitFor();
    },
  },
  network: { from: 'one', act: openNetwork },
  'network-manual': {
    from: 'one',
    act: async (page, main) => {
      await openNetwork(page);
      await page.getByRole('radio').last().check();
      await page.locator('input[type=text]').first().fill('http://proxy.contoso.example:3128');
      await page.locator('input[type=text]').last().fill('anna');
      const way = 'http://proxy.contoso.example:3128';
      const error = errorOf('proxy-refused', { detail: 'proxy: HTTP 403' });
      await main.answer('network.check', [
        { host: 'login.microsoftonline.com', port: 443, way, error: null },
        { host: 'outlook.office365.com', port: 993, way, error },
      ]);
      await page.locator('main button').last().click();
      await page.locator('main li').last().waitFor();
      await page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_250 });
    },
  },
  'network-fixed': {
    from: 'one',
    act: async (page, main, snapshot) => {
      const network = {
        mode: 'manual',
        address: 'http://proxy.contoso.example:3128',
        user: '',
        isFixed: true,
      } as const;
      await main.push({ ...snapshot, revision: 2, network });
      await page.locator('header button').click();
      await page.getByRole('menuitem', { name: /Network|网络/u }).click();
      await page.getByText('proxy.contoso.example').waitFor();
    },
  },
  'paused-menu': {
    from: 'throttled',
    act: async (page) => page.locator('li').last().getByRole('button').first().click(),
  },
  'page-error': {
    from: 'waiting',
    act: async (page) => page.locator('main summary').first().click(),
  },
  'page-error-cancelled': {
    from: 'cancelled',
    act: async (page) => page.locator('.fui-MessageBar button').first().click(),
  },
  'inspector-empty': { from: 'welcome', act: openInspector },
  'inspector-app': {
    from: 'accounts',
    act: async (page, main) => {
      await openInspector(page);
      await inspect(page, main, appToken);
      await page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_500 });
      await page.locator('summary').click();
    },
  },
  'inspector-many': {
    from: 'welcome',
    act: async (page, main) => {
      await openInspector(page);
      await inspect(page, main, tokenOf({ ...appClaims, aud: 'https://graph.microsoft.com', exp: 1 }));
    },
  },
  'inspector-fits': {
    from: 'welcome',
    act: async (page, main) => {
      await openInspector(page);
      await inspect(page, main, tokenOf(personClaims));
      await page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_100 });
    },
  },
  'inspector-mailbox': {
    from: 'accounts',
    act: async (page, main) => {
      await openInspector(page);
      const token = tokenOf(personClaims);
      const text = Buffer.from(`user=orders@contoso.example\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64');
      await inspect(page, main, text);
      await page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_100 });
    },
  },
  'inspector-own': {
    from: 'accounts',
    act: async (page, main) => {
      await page.locator('li button').first().click();
      await page.getByRole('menuitem', { name: /^(Check connection|检查连接)…$/u }).click();
      const report = inspectToken(tokenOf(personClaims), { now: writtenAt, resource: null, account: null });
      await main.answer('account.inspectToken', report);
      await page.getByRole('button', { name: /^(Inspect this account’s token|检查此帐户的令牌)$/u }).click();
      await page.locator('main h3').first().waitFor();
      await page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_100 });
    },
  },
  'inspector-opaque': {
    from: 'welcome',
    act: async (page, main) => {
      await openInspector(page);
      await inspect(page, main, `EwB4A8l6BAAU${'a1B2'.repeat(300)}`);
    },
  },
  'check-connection': {
    from: 'accounts',
    act: async (page) => {
      await page.locator('li button').first().click();
      await page.getByRole('menuitem', { name: /^(Check connection|检查连接)…$/u }).click();
      await page.locator('textarea').waitFor();
    },
  },
  'failed-details': { from: 'failed', act: async (page) => page.locator('summary').click() },
  'troubled-whole': {
    from: 'troubled',
    act: async (page) => page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_400 }),
  },
};
const all = [
  ...Object.entries(previewSnapshots).map(([screen, snapshot]) => ({ screen, snapshot, act: null })),
  ...Object.entries(scenes).map(([screen, { from, act }]) => ({ screen, snapshot: previewSnapshots[from], act })),
];

try {
  for (const { screen, snapshot, act } of all) {
    if (snapshot === undefined || (wanted.length > 0 && !wanted.includes(screen))) {
      continue;
    }
    for (const { name, language, colorScheme, width } of looks) {
      const page = await browser.newPage({ viewport: { width, height: 680 }, colorScheme, reducedMotion: 'reduce' });
      await page.clock.install({ time: previewNow });
      const first = { ...snapshot, language };
      const { main } = await fakeMain(page, first);
      await page.goto(server.url);
      await page.locator('h1').waitFor();
      await act?.(page, main, first);
      await page.screenshot({ path: join(folder, `${screen}-${name}.png`) });
      const violations = await main.violations();
      console.log(screen, name, violations.length === 0 ? 'ok' : violations);
      await page.close();
    }
  }
} finally {
  await browser.close();
  await server.dispose();
  rmSync(outDir, { recursive: true, force: true });
}
