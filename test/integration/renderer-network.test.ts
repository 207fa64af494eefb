import { describe, expect, test } from 'vitest';

import { accountOf, errorOf, snapshotOf } from '../preview/snapshots.ts';
import { setWindowScene } from '../preview/window-scene.ts';

const scene = setWindowScene();
const { open, button } = scene;
const anna = accountOf('anna', { displayName: 'Anna' });

async function openNetwork(): Promise<void> {
  await button('Settings').click();
  await scene.page.getByRole('menuitem', { name: 'Network…' }).click();
  await scene.page.getByRole('heading', { level: 1, name: 'Network' }).waitFor();
}

describe('the view "Network"', () => {
  test('takes a proxy with user and password, and lets go of the password', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await openNetwork();
    expect(await scene.page.getByRole('radio', { name: 'As the system says' }).isChecked()).toBe(true);
    await scene.page.getByRole('radio', { name: 'This proxy' }).check();
    await scene.page.getByRole('textbox', { name: 'Address' }).fill('proxy.example:3128');
    expect(await scene.page.getByLabel('Password').count()).toBe(0);
    await scene.page.getByRole('textbox', { name: 'User name' }).fill('ada');
    const password = scene.page.getByLabel('Password');
    await password.fill('mellon');
    expect(await password.getAttribute('type')).toBe('password');
    await button('Use this connection').click();
    await scene.page.getByText('Used from now on.').waitFor();
    expect(await password.inputValue()).toBe('');
    const args = { mode: 'manual', address: 'proxy.example:3128', user: 'ada', password: 'mellon' };
    expect(await scene.main.sent()).toEqual([{ name: 'network.useProxy', args }]);
  });

  test('says so where a proxy is none, and goes on from there', async () => {
    await open(snapshotOf());
    await openNetwork();
    await scene.page.getByRole('radio', { name: 'This proxy' }).check();
    await scene.page.getByRole('textbox', { name: 'Address' }).fill('http://proxy.example/proxy.pac');
    await scene.main.fail('proxy-address-invalid');
    await button('Use this connection').click();
    await scene.page.getByText('That isn’t the address of a proxy').waitFor();
    expect(await scene.page.getByText('Used from now on.').count()).toBe(0);
    expect(await scene.page.getByRole('textbox', { name: 'Address' }).inputValue()).toContain('proxy.pac');
    await button('Back').click();
    await button('Add Outlook account').waitFor();
  });

  test('tells of each server how it was reached, or why not and what to do', async () => {
    const way = 'http://proxy.example:3128';
    await open(snapshotOf({ accounts: [anna], network: { mode: 'manual', address: way, user: '', isFixed: false } }));
    await openNetwork();
    expect(await scene.page.getByRole('textbox', { name: 'Address' }).inputValue()).toBe(way);
    const error = errorOf('proxy-refused', { detail: 'proxy: HTTP 403' });
    await scene.main.answer('network.check', [
      { host: 'login.example', port: 443, way: null, error: null },
      { host: 'mail.example', port: 993, way, error },
    ]);
    await button('Test the connection').click();
    const [login, mail] = [scene.page.getByRole('listitem').first(), scene.page.getByRole('listitem').last()];
    await mail.getByText('The proxy doesn’t let Tidings through').waitFor();
    expect(await login.innerText()).toContain('Reached, directly');
    expect(await mail.innerText()).toContain(`Not reached, by ${way}`);
    expect(await mail.innerText()).toContain('proxy: HTTP 403');
  });

  test('changes nothing that an administrator has set, but tests it', async () => {
    const network = { mode: 'manual', address: 'http://proxy.example:3128', user: '', isFixed: true } as const;
    await open(snapshotOf({ network }));
    await openNetwork();
    await scene.page.getByText('Your administrator has set this: http://proxy.example:3128.').waitFor();
    expect(await scene.page.getByRole('radio').count()).toBe(0);
    await button('Test the connection').waitFor();
  });
});
