import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { RendererFixture, type WindowUnderTest } from '../preview/renderer-fixture.ts';
import { errorOf, previewSnapshots, snapshotOf } from '../preview/snapshots.ts';

let fixture: RendererFixture;
let page: Page;
let main: WindowUnderTest['main'];

beforeAll(async () => {
  fixture = await RendererFixture.start();
});
afterAll(async () => {
  await fixture.dispose();
});
afterEach(async () => {
  await page.context().close();
});

async function open(snapshot: AppSnapshot): Promise<void> {
  ({ page, main } = await fixture.open(snapshot));
}
const button = (name: string) => page.getByRole('button', { name, exact: true });
const openMenu = async () => button('Settings').click();

describe('starting at login', () => {
  const item = (checked: boolean) => page.getByRole('menuitemcheckbox', { name: 'Start when I log in', checked });

  test('shows what is true, also when that changes elsewhere or a change fails', async () => {
    await open(snapshotOf({ startsAtLogin: false }));
    await openMenu();
    await main.fail('disk-failed');
    await item(false).click();
    expect(await main.sent()).toEqual([{ name: 'settings.setStartAtLogin', args: { enabled: true } }]);
    await page.getByText('Tidings couldn’t save').waitFor();
    await item(false).waitFor();

    await main.push(snapshotOf({ revision: 2, startsAtLogin: true }));
    await item(true).click();
    expect((await main.sent()).at(-1)).toEqual({ name: 'settings.setStartAtLogin', args: { enabled: false } });
  });

  test('is not offered where nobody knows', async () => {
    await open(snapshotOf({ startsAtLogin: null }));
    await openMenu();
    await page.getByRole('menuitemradio', { name: 'English' }).waitFor();
    expect(await page.getByRole('menuitemcheckbox').count()).toBe(0);
  });
});

describe('removing everything', () => {
  const dialog = () => page.getByRole('alertdialog', { name: 'Remove everything and quit?' });
  const within = (name: string) => dialog().getByRole('button', { name, exact: true });
  const ask = async (): Promise<void> => {
    await openMenu();
    await page.getByRole('menuitem', { name: 'Remove everything and quit…' }).click();
    await dialog().waitFor();
  };

  test('says what goes and what stays, and does nothing when it is cancelled', async () => {
    await open(snapshotOf({ ...previewSnapshots['accounts'], startsAtLogin: true }));
    await ask();
    for (const words of ['the saved sign-ins of all accounts', 'starts Tidings when you log in', 'all your mail']) {
      await dialog().getByText(words).waitFor();
    }
    await within('Open Microsoft’s page').click();
    await within('Cancel').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await main.sent()).toEqual([{ name: 'link.open', args: { link: 'revoke-consent' } }]);
    // The keyboard is where it was before.
    await page.locator('header button:focus').waitFor();
  });

  test('can be asked for on every screen, and names only what there is', async () => {
    await open(previewSnapshots['registration'] ?? snapshotOf());
    await ask();
    expect(await dialog().getByText('when you log in').count()).toBe(0);
    await main.answer('app.removeEverything', { kind: 'begun' });
    await within('Remove everything and quit').click();
    expect(await main.sent()).toEqual([{ name: 'app.removeEverything', args: { leaveTokens: false } }]);
  });

  test('explains why the sign-ins can’t be deleted, tries again, or leaves them', async () => {
    await open(snapshotOf());
    await ask();
    const error = errorOf('keyring-locked', { detail: 'Cannot create an item in a locked collection' });
    await main.answer('app.removeEverything', { kind: 'tokens-out-of-reach', error });
    await within('Remove everything and quit').click();
    await dialog().getByText('Nothing was removed yet').waitFor();
    await dialog().getByText('Unlock it with your password').waitFor();
    await dialog().getByText('Cannot create an item').waitFor();
    await within('Try again').click();
    await within('Remove the rest and quit').click();
    expect((await main.sent()).map(({ args }) => args)).toEqual([
      { leaveTokens: false },
      { leaveTokens: false },
      { leaveTokens: true },
    ]);
  });

  test('that failed otherwise closes the dialog and says so', async () => {
    await open(snapshotOf());
    await ask();
    await main.fail('unexpected');
    await within('Remove everything and quit').click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('Something unexpected went wrong').waitFor();
  });
});
