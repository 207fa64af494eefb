import type { Page } from 'playwright-core';

import type { TestBrowser } from '../desktop/browser.ts';

/**
 * A tab for the provider's pages. Chromium doesn't know the throw-away CA and is told to pass it over: who checks the
 * certificate is the app, whose own requests go to the same server.
 */
export async function openOidcTab(browser: TestBrowser): Promise<Page> {
  const tab = await browser.context.newPage();
  const tools = await browser.context.newCDPSession(tab);
  await tools.send('Security.setIgnoreCertificateErrors', { ignore: true });
  return tab;
}

/** Fills in and sends the provider's page to log in. Resolves at the next page. */
export async function logIn(tab: Page, address: string): Promise<void> {
  await tab.getByPlaceholder('Enter any login').fill(address);
  await tab.getByPlaceholder('and password').fill('any');
  await tab.getByRole('button', { name: 'Sign-in' }).click();
  await tab.getByRole('heading', { name: 'Authorize' }).waitFor();
}

/** On the page that lists the scopes: the words of the list. */
export function wants(tab: Page): Promise<string> {
  return tab.getByRole('list').first().innerText();
}

/** Says yes on the page that lists the scopes. */
export async function consent(tab: Page): Promise<void> {
  await tab.getByRole('heading', { name: 'Authorize' }).waitFor();
  await tab.getByRole('button', { name: 'Continue' }).click();
}

/** Presses "Cancel", which every page has. */
export async function cancel(tab: Page): Promise<void> {
  await tab.getByRole('link', { name: 'Cancel' }).click();
}
