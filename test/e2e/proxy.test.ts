import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { ada } from '../standin/people.ts';
import { type ScriptedProxy, startGateway, startTinyproxy, type TestProxy } from '../support/proxies.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf, waitForUnread } from './window-face.ts';

/** Never a name that anybody could look up (RFC 6761): who reaches it, does so by a proxy. */
const mailHost = 'mail.tidings.test';
const credentials = { user: 'ada', password: 'mellon-and-9-others' };

/** The real app in a network that is left by a proxy only: a real one, that a gateway of ours leads on from. */
describe('behind a proxy', () => {
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;
  let gateway: ScriptedProxy;
  let strict: TestProxy;
  let open: TestProxy;
  let profileFile: string;
  const row = () => rowOf(page, ada);
  const addressOf = ({ host, port }: TestProxy): string => `http://${host}:${port}`;

  beforeAll(async () => {
    gateway = await startGateway();
    strict = await startTinyproxy({ credentials, upstream: gateway });
    open = await startTinyproxy({ upstream: gateway });
    stage = await setStage({ world: { imapNames: [mailHost] } });
    const profile: unknown = JSON.parse(readFileSync(stage.world.profileFile, 'utf8'));
    const imap = { host: mailHost, port: stage.world.imap.port };
    profileFile = join(stage.world.profileFile, '../behind-proxy.json');
    writeFileSync(profileFile, JSON.stringify({ ...(profile as object), imap }), { mode: 0o644 });
    app = await launch();
    page = await app.firstWindow();
    await stage.addAccount(page, ada);
  });

  afterAll(async () => {
    await stage.dispose();
    await Promise.all([strict.dispose(), open.dispose(), gateway.dispose()]);
  });

  function launch(env: Readonly<Record<string, string>> = {}): Promise<DrivenApp> {
    return stage.launch({ env: { TIDINGS_PROFILE: profileFile, ...env } });
  }

  async function openNetwork(): Promise<void> {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Network…' }).click();
  }

  async function useProxy(proxy: TestProxy, password: string): Promise<void> {
    await page.getByRole('radio', { name: 'This proxy' }).check();
    await page.getByRole('textbox', { name: 'Address' }).fill(addressOf(proxy));
    await page.getByRole('textbox', { name: 'User name' }).fill(credentials.user);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Use this connection' }).click();
  }

  const reached = (): number => gateway.targets.filter((target) => target.startsWith(`${mailHost}:`)).length;

  it('can’t watch without, says why, and tells the test of the connection too', async () => {
    await row().getByText('The server’s name couldn’t be found').waitFor();
    await openNetwork();
    await page.getByRole('button', { name: 'Test the connection' }).click();
    const mail = page.getByRole('listitem').filter({ hasText: mailHost });
    await mail.getByText('The server’s name couldn’t be found').waitFor();
    await page.getByText('Reached, directly', { exact: true }).waitFor();
    expect(gateway.targets).toEqual([]);
  });

  it('says that the proxy refused the password, which isn’t taken for having no network', async () => {
    await useProxy(strict, 'wrong');
    await page.getByText('Used from now on.').waitFor();
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByRole('heading', { name: 'The proxy wants a user name and password' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await row().getByText('The proxy wants a user name and password').waitFor();
    expect(reached()).toBe(0);
  });

  it('watches with the right one, by the proxy alone', async () => {
    await openNetwork();
    await useProxy(strict, credentials.password);
    await page.getByText('Used from now on.').waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await row().getByText('Watching', { exact: true }).waitFor();
    stage.world.imap.deliver(ada.address, { from: { name: 'Bo', address: 'bo@example.org' }, subject: 'Through' });
    await waitForUnread(page, ada, 1);
    expect(reached()).toBe(stage.world.imap.counts.connections);
  });

  it('keeps the password in the keyring, and nowhere else', async () => {
    await app.quit();
    const files = readdirSync(stage.dataFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
    expect(texts).toContain(addressOf(strict).replace('http://', 'http://ada@'));
    for (const form of [credentials.password, Buffer.from(`ada:${credentials.password}`).toString('base64')]) {
      expect(texts).not.toContain(form);
    }
    expect(await stage.desktop.session.keyring.secrets()).toContainEqual(expect.stringContaining(credentials.password));
    app = await launch();
    page = await app.firstWindow();
    await row().getByText('Watching', { exact: true }).waitFor();
  });

  it('says so when the proxy has gone, and goes by the system’s when told to', async () => {
    await strict.dispose();
    stage.world.imap.cut('rst');
    await row().getByText('The proxy doesn’t answer').waitFor();
    await openNetwork();
    await page.getByRole('radio', { name: 'As the system says' }).check();
    await page.getByRole('button', { name: 'Use this connection' }).click();
    await page.getByText('Used from now on.').waitFor();
    await app.quit();
    app = await launch({ https_proxy: addressOf(open) });
    page = await app.firstWindow();
    await row().getByText('Watching', { exact: true }).waitFor();
    expect(open.output()).toContain(`CONNECT ${mailHost}:`);
  });
});
