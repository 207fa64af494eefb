import type { Page } from 'playwright-core';

import { inspectToken } from '../../electron/main/auth/inspect-token.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';

import { writtenAt } from '../support/written-token.ts';
import type { FakeMain } from './fake-bridge.ts';

/** What a person does, and what the main process answers to it. */
export type Act = (page: Page, main: FakeMain, snapshot: AppSnapshot) => Promise<void>;

export async function openAnotherClientId(page: Page): Promise<void> {
  await page.locator('header button').click();
  await page.getByRole('menuitem').nth(1).click();
  await page.locator('form').waitFor();
}

export async function openInspector(page: Page): Promise<void> {
  await page.locator('header button').click();
  await page.getByRole('menuitem', { name: /^(Inspect a token|检查令牌)…$/u }).click();
  await page.locator('textarea').waitFor();
}

export async function inspect(page: Page, main: FakeMain, token: string): Promise<void> {
  await main.answer('token.inspect', inspectToken(token, { now: writtenAt, resource: null, account: null }));
  await page.locator('textarea').fill(token);
  await page.locator('form button[type=submit]').click();
  await page.locator('main h3').first().waitFor();
}

export async function openRemoval(page: Page): Promise<void> {
  await page.locator('header button').click();
  await page.getByRole('menuitem').last().click();
  await page.getByRole('alertdialog').waitFor();
}

export async function openNetwork(page: Page): Promise<void> {
  await page.locator('header button').click();
  await page.getByRole('menuitem', { name: /Network|网络/u }).click();
  await page.locator('form').waitFor();
}

export async function openDoctor(page: Page): Promise<void> {
  await page.locator('li button').first().click();
  await page.getByRole('menuitem').nth(-2).click();
  await page.locator('[data-step]').first().waitFor();
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 900, height: 1_500 });
}
