import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inspectToken } from '../../electron/main/auth/inspect-token.ts';
import type { FakeMain } from '../preview/fake-bridge.ts';
import { RendererFixture } from '../preview/renderer-fixture.ts';
import { previewSnapshots, snapshotOf } from '../preview/snapshots.ts';
import { appClaims, personClaims, tokenOf, writtenAt } from '../support/written-token.ts';

let fixture: RendererFixture;
beforeAll(async () => {
  fixture = await RendererFixture.start();
});
afterAll(async () => {
  await fixture.dispose();
});

/**
 * What axe-core finds wrong with the page: rule and element. Left out are Tabster's guards around menus and tabs, which
 * take the focus only to hand it on, and, for `layer`s such as menus, the rule that all content be in a landmark.
 */
async function findings(page: Page, layer: 'page' | 'layer' = 'page'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const results = await page.evaluate(async (regions) => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    return runner.run(
      { include: document, exclude: ['[data-tabster-dummy]'] },
      { resultTypes: ['violations'], rules: { region: { enabled: regions } } },
    );
  }, layer === 'page');
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

const looks = [
  { language: 'en', colorScheme: 'light', width: 900 },
  { language: 'zh-CN', colorScheme: 'dark', width: 360 },
] as const;

describe.each(looks)('in $language, $colorScheme, $width px', ({ language, colorScheme, width }) => {
  let page: Page;
  let main: FakeMain;
  let revision = 1;
  beforeAll(async () => {
    ({ page, main } = await fixture.open(snapshotOf({ language }), { viewport: { width, height: 680 }, colorScheme }));
    // axe-core waits on timers, which the fixture's clock holds back.
    await page.clock.resume();
  });

  test.each(Object.entries(previewSnapshots))('%s is accessible and within the policy', async (_, snapshot) => {
    revision += 1;
    await main.push({ ...snapshot, language, revision });
    // React has rendered a store's change before the next frame.
    await page.evaluate(async () => new Promise(requestAnimationFrame));
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) {
        details.open = true;
      }
    });
    expect(await findings(page)).toEqual([]);
    expect(await main.violations()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    // Nothing reaches beyond the narrowest window.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

test('menus and the removal dialogs are accessible too', async () => {
  const { page, main } = await fixture.open(previewSnapshots['accounts'] ?? snapshotOf());
  await page.clock.resume();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).waitFor();
  expect(await findings(page, 'layer')).toEqual([]);
  await page.getByRole('menuitem', { name: 'Client id for new accounts…' }).click();
  await page.getByRole('button', { name: 'Back' }).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'More for anna.lindqvist@outlook.example' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await findings(page, 'layer')).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Remove everything and quit…' }).click();
  await page.getByRole('alertdialog').waitFor();
  expect(await findings(page, 'layer')).toEqual([]);
  expect(await main.violations()).toEqual([]);
});

const tokens = {
  'an app’s token': tokenOf(appClaims),
  'a token with several faults': tokenOf({ ...personClaims, aud: 'https://graph.microsoft.com', exp: 1 }),
  'a good token': tokenOf(personClaims),
  'no token': 'hello',
};

test.each(looks)('the token inspector is accessible in $language, $colorScheme, $width px', async (look) => {
  const { language, colorScheme, width } = look;
  const accounts = previewSnapshots['accounts']?.accounts ?? [];
  const viewport = { width, height: 680 };
  const { page, main } = await fixture.open(snapshotOf({ language, accounts }), { viewport, colorScheme });
  await page.clock.resume();
  await page.locator('li').first().getByRole('button').first().click();
  await page.getByRole('menuitem', { name: /^(Check connection|检查连接)…$/u }).click();
  for (const [name, token] of Object.entries(tokens)) {
    const report = inspectToken(token, { now: writtenAt, resource: null, account: null });
    await main.answer('token.inspect', report);
    await page.getByRole('textbox', { name: /^(Token|令牌)$/u }).fill(token);
    await page.getByRole('button', { name: /^(Inspect|检查)$/u }).click();
    await page
      .getByRole('status', { name: /^(Result|结果)$/u })
      .getByRole('heading')
      .first()
      .waitFor();
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) {
        details.open = true;
      }
    });
    expect([name, await findings(page)]).toEqual([name, []]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  // What is left says nothing of the token any more.
  await page.getByRole('button', { name: /^(Clear|清除)$/u }).click();
  expect(await page.locator('dl').count()).toBe(0);
  expect(await main.violations()).toEqual([]);
});

test('forced colours keep every word visible', async () => {
  const { page, main } = await fixture.open(previewSnapshots['troubled'] ?? snapshotOf(), { forcedColors: 'active' });
  const background = await page.locator('main').evaluate((element) => {
    let node: Element | null = element;
    while (node !== null && getComputedStyle(node).backgroundColor === 'rgba(0, 0, 0, 0)') {
      node = node.parentElement;
    }
    return node === null ? '' : getComputedStyle(node).backgroundColor;
  });
  const text = await page.locator('h1').evaluate((element) => getComputedStyle(element).color);
  expect(text).not.toBe(background);
  expect(await main.violations()).toEqual([]);
});
