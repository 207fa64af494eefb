import { describe, expect, test } from 'vitest';

import type { AppErrorCode } from '../../electron/shared/app-error.ts';
import type { AppSnapshot } from '../../electron/shared/snapshot.ts';
import { accountOf, errorOf, previewNow, snapshotOf } from '../preview/snapshots.ts';
import { setWindowScene } from '../preview/window-scene.ts';

const scene = setWindowScene();
const { open, button } = scene;
const title = async (name: string | RegExp) => scene.page.getByRole('heading', { level: 1, name }).waitFor();
const sentNames = async () => (await scene.main.sent()).map(({ name }) => name);
const openFromMenu = async (): Promise<void> => {
  await button('Settings').click();
  await scene.page.getByRole('menuitem', { name: 'Client id for new accounts…' }).click();
};
const giveId = async (): Promise<void> => {
  await scene.page.getByRole('textbox', { name: 'Client id' }).fill('0f5d3b1e-6c2a-4e8f-9b7d-1a2b3c4d5e6f');
  await button('Use this id').click();
};
const failedWith = (code: AppErrorCode): AppSnapshot =>
  snapshotOf({ signIn: { kind: 'failed', accountId: null, error: errorOf(code) } });

const anna = accountOf('anna', { displayName: 'Anna', unreadCount: 3 });
const waiting = {
  kind: 'waiting',
  host: 'login.microsoftonline.com',
  accountId: null,
  deadline: previewNow + 300_000,
} as const;

describe('registering an app oneself', () => {
  test('says what that needs before the first of its five steps', async () => {
    await open(snapshotOf({ registration: { kind: 'missing', error: null } }));
    await scene.page.getByText('Register one yourself').click();
    await scene.page.getByRole('heading', { name: 'What you need first' }).waitFor();
    const text = await scene.page.locator('main').innerText();
    const at = ['What you need first', 'you may register apps', 'The Azure CLI', 'az login', 'az ad app create'].map(
      (part) => text.indexOf(part),
    );
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((one, other) => one - other));
    expect(
      await scene.page
        .getByRole('listitem')
        .filter({ hasText: /^\s*[1-5]/u })
        .count(),
    ).toBe(5);
  });
});

describe('another client id, opened from the menu', () => {
  test('is used for the next account, and says that accounts already added keep theirs', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await openFromMenu();
    await title('Set up another client id');
    await scene.page.getByText('Accounts already added keep theirs.').waitFor();
    await giveId();
    await title(/unread messages/);
    await scene.page.getByText('The new set-up is in use').waitFor();
    await button('Add account').click();
    expect(await sentNames()).toEqual(['registration.useClientId', 'account.signIn']);
  });

  test('leads to the first account where there is none yet', async () => {
    await open(snapshotOf());
    await openFromMenu();
    await title('Set up another client id');
    expect(await scene.page.getByText('Accounts already added keep theirs.').count()).toBe(0);
    await giveId();
    await button('Add Outlook account').click();
    expect(await sentNames()).toEqual(['registration.useClientId', 'account.signIn']);
  });

  test('can be left with nothing changed, and takes the keyboard focus along', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await openFromMenu();
    await title('Set up another client id');
    await button('Back').click();
    await title(/unread messages/);
    await scene.page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    expect(await scene.main.sent()).toEqual([]);
  });

  test('stays when the file dialog is closed without a file', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await openFromMenu();
    await scene.main.answer('registration.openFile', false);
    await button('Open a set-up file…').click();
    await scene.page.waitForFunction(() => window.fakeMain?.sent.length === 1);
    await title('Set up another client id');
    await scene.main.answer('registration.openFile', true);
    await button('Open a set-up file…').click();
    await title(/unread messages/);
  });

  test('that is refused stays and names the field, once', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await openFromMenu();
    await scene.main.fail('profile-invalid');
    await giveId();
    const error = errorOf('profile-invalid', { detail: 'imap.port: expected a number' });
    await scene.main.push(snapshotOf({ revision: 2, accounts: [anna], registration: { kind: 'ready', error } }));
    await scene.page.getByText('imap.port: expected a number').waitFor();
    await title('Set up another client id');
    expect(await scene.page.getByText('There is a mistake in the set-up').count()).toBe(1);
    await button('Back').click();
    await title(/unread messages/);
    expect(await scene.page.getByText('There is a mistake in the set-up').count()).toBe(0);
    // An old mistake isn't told again.
    await openFromMenu();
    await title('Set up another client id');
    expect(await scene.page.getByText('There is a mistake in the set-up').count()).toBe(0);
  });

  test('that is refused says so in sight of who used it, each time, also in a narrow window', async () => {
    await open(snapshotOf({ accounts: [anna] }), { viewport: { width: 360, height: 680 } });
    await openFromMenu();
    await scene.main.fail('profile-invalid');
    const reason = scene.page.getByText(/fixed by the file that TIDINGS_PROFILE names/u);
    for (const revision of [2, 3]) {
      await giveId();
      const detail = 'clientId: fixed by the file that TIDINGS_PROFILE names';
      const error = { ...errorOf('profile-invalid', { detail }), at: previewNow + revision };
      await scene.main.push(snapshotOf({ revision, accounts: [anna], registration: { kind: 'ready', error } }));
      await reason.waitFor();
      const top = (await scene.page.locator('main').boundingBox())?.y ?? Number.NaN;
      expect((await reason.boundingBox())?.y).toBeGreaterThanOrEqual(top);
    }
  });

  test('gives way to the account that a notification was clicked for, for good', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await openFromMenu();
    await title('Set up another client id');
    await scene.main.push(snapshotOf({ revision: 2, accounts: [anna], focusRequest: 1 }));
    await title('Set up another client id');
    await scene.main.push(snapshotOf({ revision: 3, accounts: [anna], focusedAccountId: anna.id, focusRequest: 2 }));
    await title(/unread messages/);
    await scene.main.push(snapshotOf({ revision: 4, accounts: [{ ...anna, unreadCount: 5 }], focusRequest: 3 }));
    await title(/^5\s+unread messages$/);
  });

  test('is not offered where the only thing to do is to set one up', async () => {
    await open(snapshotOf({ registration: { kind: 'missing', error: null } }));
    await button('Settings').click();
    await scene.page.getByRole('menuitem', { name: 'Open Outlook on the web' }).waitFor();
    expect(await scene.page.getByRole('menuitem', { name: 'Client id for new accounts…' }).count()).toBe(0);
  });
});

describe('a client id that Microsoft refuses', () => {
  test('can be changed while the sign-in waits in the browser, which is then ended', async () => {
    await open(snapshotOf({ signIn: waiting }));
    await scene.page.getByText('Microsoft shows an error?').waitFor();
    await button('Use another client id').click();
    await scene.page.waitForFunction(() => window.fakeMain?.sent.length === 2);
    expect(await sentNames()).toEqual(['signIn.cancel', 'signIn.dismiss']);
    await scene.main.push(snapshotOf({ revision: 2 }));
    await title('Set up another client id');
    expect(await scene.main.headings()).toEqual(['Continue in your browser', 'Set up another client id']);
    await giveId();
    await button('Add Outlook account').waitFor();
  });

  test('is not left when the waiting sign-in could not be ended', async () => {
    await open(snapshotOf({ signIn: waiting }));
    await scene.main.fail('unexpected');
    await button('Use another client id').click();
    await scene.page.getByText('Something unexpected went wrong').waitFor();
    await scene.main.push(snapshotOf({ revision: 2 }));
    await title('Welcome to Tidings');
  });

  test.each(['client-id-refused', 'identity-misconfigured', 'client-id-missing'] as const)(
    'can be changed where the sign-in failed with %s',
    async (code) => {
      await open(failedWith(code));
      await button('Use another client id').click();
      await title('Set up another client id');
      expect(await sentNames()).toEqual(['signIn.dismiss']);
      await scene.main.push(snapshotOf({ revision: 2 }));
      await giveId();
      await button('Add Outlook account').click();
      expect((await sentNames()).slice(1)).toEqual(['registration.useClientId', 'account.signIn']);
    },
  );

  test('can be changed after a sign-in that was never finished: Microsoft’s page alone knew why', async () => {
    await open(failedWith('sign-in-timed-out'));
    await scene.page.getByText('Microsoft shows an error?').waitFor();
    await button('Use another client id').click();
    await title('Set up another client id');
  });

  test('is not suspected where something else failed', async () => {
    await open(failedWith('network-unreachable'));
    await button('Try again').waitFor();
    expect(await button('Use another client id').count()).toBe(0);
  });
});
