import { randomInt } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandSchemas } from '../../electron/main/ipc/command-schemas.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import type { WindowApi } from '../../electron/shared/window-api.ts';
import { type DrivenApp, launchApp } from '../desktop/app.ts';
import { startBrowser, type TestBrowser } from '../desktop/browser.ts';
import { waitLimitMs } from '../desktop/conditions.ts';
import { type Desktop, startDesktop } from '../desktop/desktop.ts';
import { signInAs } from '../desktop/sign-in-page.ts';
import { ada } from '../standin/people.ts';
import { startWorld, type World } from '../standin/world.ts';
import { sized } from '../support/size.ts';
import { commandShapes } from './command-shapes.ts';
import { sendHostileMessages } from './hostile-messages.ts';
import { copyPackage, programIn } from './locked-down-app.ts';

const addAccount = /^Add (?:Outlook )?account$/u;

/** Nobody gets into a release's page to do this; the build for tests differs in one constant (builds.test.ts). */
describe('the packed app against its own page, taken over', () => {
  let desktop: Desktop;
  let world: World;
  let browser: TestBrowser;
  let app: DrivenApp;
  let page: Page;
  let dataFolder: string;

  beforeAll(async () => {
    desktop = await startDesktop();
    const { session } = desktop;
    dataFolder = join(session.env['XDG_CONFIG_HOME'] ?? '', 'Tidings');
    world = await startWorld({ folder: join(session.folder, 'world') });
    browser = await startBrowser(session);
    const program = programIn(copyPackage('e2e', session));
    app = await launchApp(session, program, { env: { TIDINGS_PROFILE: world.profileFile } });
    page = await app.firstWindow();
    await page.getByRole('button', { name: addAccount }).first().click();
    const tab = await browser.open(await desktop.links.takeUrl());
    await signInAs(tab, ada);
    await tab.close();
    await page.getByText('Watching', { exact: true }).waitFor();
  });

  afterAll(async () => {
    await browser.close();
    await world.dispose();
    await desktop.dispose();
  });

  /** All that the window knows, but for how often it changed and when it last counted. */
  async function knownState(): Promise<unknown> {
    const snapshot = await page.evaluate((): Promise<AppSnapshot> => {
      const api = Reflect.get(globalThis, 'tidings') as WindowApi;
      return api.getSnapshot();
    });
    const accounts = snapshot.accounts.map((account) => ({ ...account, lastCheckedAt: null }));
    return { ...snapshot, revision: null, accounts };
  }
  const clipboard = (): Promise<string> => app.electron.evaluate((api) => api.clipboard.readText());

  it('does nothing for thousands of random messages, and goes on', async () => {
    await app.electron.evaluate((api) => api.clipboard.writeText('somebody’s own'));
    const settings = readFileSync(join(dataFolder, 'settings.json'), 'utf8');
    const before = await knownState();
    const links = desktop.links.urls.length;
    const accountId = /"id":\s*"([^"]+)"/u.exec(settings)?.[1] ?? '';
    expect(JSON.stringify(before)).toContain(accountId);

    const seed = randomInt(2 ** 32);
    console.log(`The seed of the random messages: ${seed}`);
    const count = sized(3_000, 30_000);
    const commands = Object.keys(commandSchemas);
    const { fields, choices, longestText } = commandShapes();
    const outcome = await page.evaluate(sendHostileMessages, {
      seed,
      count,
      commands,
      fields,
      longestText,
      meaningful: [accountId, ...choices],
      answerLimitMs: waitLimitMs,
    });

    expect(outcome.odd, `seed ${seed}`).toEqual([]);
    expect(outcome.used.commands.toSorted(), `seed ${seed}`).toEqual(commands.toSorted());
    expect(outcome.used.fields.toSorted(), `seed ${seed}`).toEqual(fields.toSorted());
    // Most of them did reach the other side, and what didn't was stopped for what it is.
    expect(outcome.refused).toBeGreaterThan(count / 2);
    expect(outcome.unsent).toEqual(['An object could not be cloned.']);
    expect(await knownState(), `seed ${seed}`).toEqual(before);
    expect(readFileSync(join(dataFolder, 'settings.json'), 'utf8')).toBe(settings);
    expect(await clipboard()).toBe('somebody’s own');
    expect(desktop.links.urls).toHaveLength(links);
    expect(app.electron.windows()).toHaveLength(1);
    expect(statSync(join(dataFolder, 'logs', 'main.log')).size).toBeLessThan(64 * 1024);

    world.imap.deliver(ada.address, { from: { name: 'Cleo', address: 'cleo@example.org' }, subject: 'Still there?' });
    await desktop.notifications.waitFor(({ summary }) => summary === 'Cleo');
    await page.getByRole('button', { name: addAccount }).first().click();
    await desktop.links.takeUrl();
  });

  it('answers on no channel to another window, nor to another page in its own', async () => {
    const before = await knownState();
    const links = desktop.links.urls.length;
    const preload = (await app.electron.evaluate((api) => api.app.getAppPath())) + '/out/preload/index.cjs';
    const answers = await app.electron.evaluate(async ({ BrowserWindow }, script) => {
      const asked = "Promise.all([tidings.getSnapshot().catch(String), tidings.invoke('account.signIn', {})])";
      const [ours] = BrowserWindow.getAllWindows();
      if (ours === undefined) throw new Error('There is no window');
      const { session } = ours.webContents;
      const other = new BrowserWindow({ show: false, webPreferences: { session, preload: script, sandbox: true } });
      await other.loadURL('tidings://app/index.html');
      const fromWindow: unknown = await other.webContents.executeJavaScript(asked);
      other.destroy();
      // Nobody but main could get it there.
      await ours.loadURL('data:text/html,another');
      const fromPage: unknown = await ours.webContents.executeJavaScript(asked);
      await ours.loadURL('tidings://app/index.html');
      return { fromWindow, fromPage };
    }, preload);
    const refused = [expect.stringContaining('refused'), { ok: false, code: 'unexpected' }];
    expect(answers).toEqual({ fromWindow: refused, fromPage: refused });
    const log = readFileSync(join(dataFolder, 'logs', 'main.log'), 'utf8');
    expect(log).toContain('foreign-window');
    expect(log).toContain('foreign-origin');
    expect(desktop.links.urls).toHaveLength(links);
    // Its own page is listened to again.
    expect(await knownState()).toEqual(before);
  });

  it.each([
    'tidings://app/%2e%2e/main/index.js',
    'tidings://app/..%2fmain/index.js',
    'tidings://app/assets%2findex.js',
    'tidings://app/index.html%00.js',
    'tidings://app/index.html?x',
    'tidings://other/index.html',
    'tidings://app.other/index.html',
  ])('serves nothing at %s', async (url) => {
    const status = (address: string): Promise<number> =>
      app.electron.evaluate(async ({ BrowserWindow }, asked) => {
        const [window] = BrowserWindow.getAllWindows();
        const answer = await window?.webContents.session.fetch(asked);
        return answer?.status ?? 0;
      }, address);
    expect(await status('tidings://app/index.html')).toBe(200);
    expect(await status(url)).toBe(404);
  });
});
