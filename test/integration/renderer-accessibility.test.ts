import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { FakeMain } from '../preview/fake-bridge.ts';
import { RendererFixture } from '../preview/renderer-fixture.ts';
import { previewSnapshots, snapshotOf } from '../preview/snapshots.ts';

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
  await page.evaluate(axe.source);
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
  afterAll(async () => {
    await page.context().close();
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
  await page.context().close();
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
  await page.context().close();
});
