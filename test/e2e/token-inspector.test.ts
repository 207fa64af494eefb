import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DrivenApp } from '../desktop/app.ts';
import { daemonApp } from '../standin/identity/app-registration.ts';
import { ada, lin } from '../standin/people.ts';
import { findPieces, piecesOf } from '../support/secret-search.ts';
import { SecretWatch } from './secret-watch.ts';
import { setStage, type Stage } from './stage.ts';
import { rowOf } from './window-face.ts';

/** The case that this program began with, and what the window tells of it. */
describe('the token inspector', () => {
  let secrets: SecretWatch;
  let stage: Stage;
  let app: DrivenApp;
  let page: Page;

  beforeAll(async () => {
    secrets = new SecretWatch([ada, lin]);
    stage = await setStage();
    app = await stage.launch();
    page = await app.firstWindow();
  });

  afterAll(async () => {
    await stage.dispose();
    secrets.dispose();
  });

  const field = () => page.getByRole('textbox', { name: 'Token' });
  const result = () => page.getByRole('status', { name: 'Result' });
  const verdict = () => result().getByRole('heading').first();
  const fact = (label: string) => page.locator('dt', { hasText: label }).locator('+ dd');

  async function openFromSettings(): Promise<void> {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Inspect a token…' }).click();
    await page.getByRole('heading', { level: 1, name: 'Inspect a token' }).waitFor();
  }

  async function inspect(text: string): Promise<string> {
    await field().fill(text);
    await page.getByRole('button', { name: 'Inspect', exact: true }).click();
    return verdict().innerText();
  }

  it('explains an app’s token, before there is any account, and shows what an administrator would do', async () => {
    const token = await stage.world.identity.issueAppOnlyToken(ada.tid, []);
    await openFromSettings();
    expect(await inspect(`Bearer ${token.slice(0, 60)}\n${token.slice(60)}\n`)).toBe(
      'This token stands for an app, not for a person',
    );
    const said = await result().innerText();
    for (const words of [
      'client_credentials',
      'AUTHENTICATE failed',
      'authorization code flow with PKCE',
      'https://outlook.office.com/IMAP.AccessAsUser.All',
    ]) {
      expect(said).toContain(words);
    }
    expect(await fact('Delegated scopes').innerText()).toBe('none');
    expect(await fact('Stands for').innerText()).toBe('an app');
    await page.getByText('For administrators: let a server read a mailbox').click();
    const commands = await page.locator('pre').innerText();
    const { clientId, servicePrincipalId } = daemonApp;
    expect(commands).toContain(`New-ServicePrincipal -AppId ${clientId} -ObjectId ${servicePrincipalId}`);
    expect(commands).toContain('Add-MailboxPermission -Identity <mailbox address>');
    await page.getByText('IMAP.AccessAsApp', { exact: false }).first().waitFor();
  });

  it('tells one with the role of servers, a personal account’s, and a text that is none', async () => {
    expect(await inspect(await stage.world.identity.issueAppOnlyToken(ada.tid))).toBe(
      'This token stands for an app: a server’s way to a mailbox',
    );
    expect(await inspect(`EwB4A8l6BAAU${'a1B2'.repeat(300)}`)).toBe('Only Microsoft can read this token');
    expect(await inspect('hello')).toBe('This isn’t a token that Tidings knows');
    expect(await page.locator('dl').count()).toBe(0);
  });

  it('keeps nothing of what was pasted', async () => {
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Add Outlook account' }).waitFor();
    await openFromSettings();
    expect(await field().inputValue()).toBe('');
    expect(await result().innerText()).toBe('');
    await page.getByRole('button', { name: 'Back' }).click();
  });

  it('tells what an account’s own token says, which never gets to the window', async () => {
    await stage.addAccount(page, ada);
    await rowOf(page, ada).getByText('Watching').waitFor();
    await page.getByRole('button', { name: `More for ${ada.address}` }).click();
    await page.getByRole('menuitem', { name: 'Check connection…' }).click();
    await page.getByRole('button', { name: 'Inspect this account’s token' }).click();
    await expect.poll(() => verdict().innerText()).toBe('This token can open a mailbox');
    expect(await fact('Person').innerText()).toBe(ada.address);
    expect(await fact('Delegated scopes').innerText()).toBe('IMAP.AccessAsUser.All');
    expect(findPieces(await page.content(), piecesOf(secrets.now().accessTokens))).toEqual([]);
  });

  it('tells a token of somebody else from the account’s, and of its XOAUTH2 answer', async () => {
    const token = await stage.world.identity.issueToken(lin);
    expect(await inspect(token)).toBe('This token is from another organization');
    await page.getByRole('combobox').selectOption({ label: 'Any' });
    expect(await inspect(token)).toBe('This token can open a mailbox');
    const answer = Buffer.from(`user=${ada.address}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64');
    expect(await inspect(answer)).toBe('This asks for another mailbox than the token’s person has');
    expect(await fact('Mailbox asked for').innerText()).toBe(ada.address);
  });

  it('says it in Chinese, too, and leaves nothing anywhere', async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await page.getByRole('heading', { name: '请求的邮箱不属于令牌的主人' }).waitFor();
    secrets.expectNowhere(stage, app, [/keyrings\/login\.keyring$/u]);
    await app.quit();
  });
});
