import { describe, expect, test } from 'vitest';

import { accountOf, errorOf, previewSnapshots, snapshotOf } from '../preview/snapshots.ts';
import { setWindowScene } from '../preview/window-scene.ts';

const scene = setWindowScene();
const { open, button } = scene;
const openMenu = async () => button('Settings').click();

describe('starting at login', () => {
  const item = (checked: boolean) => scene.page.getByRole('menuitemcheckbox', { name: 'Start when I log in', checked });

  test('shows what is true, also when that changes elsewhere or a change fails', async () => {
    await open(snapshotOf({ startsAtLogin: false }));
    await openMenu();
    await scene.main.fail('disk-failed');
    await item(false).click();
    expect(await scene.main.sent()).toEqual([{ name: 'settings.setStartAtLogin', args: { enabled: true } }]);
    await scene.page.getByText('Tidings couldn’t save').waitFor();
    await item(false).waitFor();

    await scene.main.push(snapshotOf({ revision: 2, startsAtLogin: true }));
    await item(true).click();
    expect((await scene.main.sent()).at(-1)).toEqual({ name: 'settings.setStartAtLogin', args: { enabled: false } });
  });

  test('is not offered where nobody knows', async () => {
    await open(snapshotOf({ startsAtLogin: null }));
    await openMenu();
    await scene.page.getByRole('menuitemradio', { name: 'English' }).waitFor();
    expect(await scene.page.getByRole('menuitemcheckbox').count()).toBe(0);
  });
});

const openedLinks = async () =>
  (await scene.main.sent()).filter(({ name }) => name === 'link.open').map(({ args }) => Object(args).link);

describe('removing an account', () => {
  test.each(['personal', 'work'] as const)('leads to the page where its permission is withdrawn: %s', async (kind) => {
    await open(snapshotOf({ accounts: [accountOf('anna', { kind })] }));
    await button('More for anna@outlook.example').click();
    await scene.page.getByRole('menuitem', { name: 'Remove…' }).click();
    await button('Open Microsoft’s page').click();
    expect(await openedLinks()).toEqual([`revoke-consent-${kind}`]);
  });

  test('leads to both pages where it isn’t known whose it is', async () => {
    await open(snapshotOf({ accounts: [accountOf('anna', { kind: 'unknown' })] }));
    await button('More for anna@outlook.example').click();
    await scene.page.getByRole('menuitem', { name: 'Remove…' }).click();
    await button('Page for personal accounts').click();
    await button('Page for work and school accounts').click();
    expect(await openedLinks()).toEqual(['revoke-consent-personal', 'revoke-consent-work']);
  });
});

describe('removing everything', () => {
  const dialog = () => scene.page.getByRole('alertdialog', { name: 'Remove everything and quit?' });
  const within = (name: string) => dialog().getByRole('button', { name, exact: true });
  const ask = async (): Promise<void> => {
    await openMenu();
    await scene.page.getByRole('menuitem', { name: 'Remove everything and quit…' }).click();
    await dialog().waitFor();
  };

  test('says what goes and what stays, and does nothing when it is cancelled', async () => {
    await open(snapshotOf({ ...previewSnapshots['accounts'], startsAtLogin: true }));
    await ask();
    for (const words of ['the saved sign-ins of all accounts', 'starts Tidings when you log in', 'all your mail']) {
      await dialog().getByText(words).waitFor();
    }
    await within('Page for personal accounts').click();
    await within('Page for work and school accounts').click();
    await within('Cancel').click();
    await dialog().waitFor({ state: 'detached' });
    expect(await openedLinks()).toEqual(['revoke-consent-personal', 'revoke-consent-work']);
    // The keyboard is where it was before.
    await scene.page.locator('header button:focus').waitFor();
  });

  test('can be asked for on every screen, and names only what there is', async () => {
    await open(previewSnapshots['registration'] ?? snapshotOf());
    await ask();
    expect(await dialog().getByText('when you log in').count()).toBe(0);
    await within('Page for work and school accounts').waitFor();
    await scene.main.answer('app.removeEverything', { kind: 'begun' });
    await within('Remove everything and quit').click();
    expect(await scene.main.sent()).toEqual([{ name: 'app.removeEverything', args: { leaveTokens: false } }]);
  });

  test('explains why the sign-ins can’t be deleted, tries again, or leaves them', async () => {
    await open(snapshotOf());
    await ask();
    const error = errorOf('keyring-locked', { detail: 'Cannot create an item in a locked collection' });
    await scene.main.answer('app.removeEverything', { kind: 'tokens-out-of-reach', error });
    await within('Remove everything and quit').click();
    await dialog().getByText('Nothing was removed yet').waitFor();
    await dialog().getByText('Unlock it with your password').waitFor();
    await dialog().getByText('Cannot create an item').waitFor();
    await within('Try again').click();
    await within('Remove the rest and quit').click();
    expect((await scene.main.sent()).map(({ args }) => args)).toEqual([
      { leaveTokens: false },
      { leaveTokens: false },
      { leaveTokens: true },
    ]);
  });

  test('that failed otherwise closes the dialog and says so', async () => {
    await open(snapshotOf());
    await ask();
    await scene.main.fail('unexpected');
    await within('Remove everything and quit').click();
    await dialog().waitFor({ state: 'detached' });
    await scene.page.getByText('Something unexpected went wrong').waitFor();
  });
});
