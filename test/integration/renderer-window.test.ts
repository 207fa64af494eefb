import { describe, expect, test } from 'vitest';

import { accountOf, errorOf, previewNow, previewSnapshots, snapshotOf } from '../preview/snapshots.ts';
import { setWindowScene } from '../preview/window-scene.ts';

const scene = setWindowScene();
const { open, button, seen } = scene;

const anna = accountOf('anna', { displayName: 'Anna', unreadCount: 3 });
const ben = accountOf('ben', { unreadCount: 1 });

describe('the first frame', () => {
  test('has the accounts: no other screen is shown before', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await seen('Anna');
    expect(await scene.main.headings()).toEqual(['3 unread messages']);
  });

  test('says what to do when the main process does not answer', async () => {
    await open(null);
    await seen('This window couldn’t load');
    expect(await scene.main.violations()).toEqual([]);
  });
});

describe('adding an account', () => {
  test('begins with the button, waits with a countdown, and can be cancelled', async () => {
    await open(snapshotOf());
    await button('Add Outlook account').click();
    expect(await scene.main.sent()).toEqual([{ name: 'account.signIn', args: {} }]);

    const deadline = previewNow + 301_000;
    await scene.main.push(
      snapshotOf({
        revision: 2,
        signIn: { kind: 'waiting', host: 'login.microsoftonline.com', accountId: null, deadline },
      }),
    );
    await seen('Continue in your browser');
    await seen('5:00 left');
    await scene.pass(3_000);
    await seen('4:57 left');
    await button('Cancel').click();
    expect((await scene.main.sent()).at(-1)).toEqual({ name: 'signIn.cancel', args: {} });
  });

  test('that failed says why, gives the facts, and can be tried again or left', async () => {
    await open(previewSnapshots['failed'] ?? snapshotOf());
    await seen('Your administrator has to approve Tidings');
    await scene.page.getByText('Details', { exact: true }).click();
    await seen('AADSTS90094');
    await button('Copy details').click();
    const [copied] = await scene.main.sent();
    expect(copied?.name).toBe('clipboard.write');
    expect(JSON.stringify(copied?.args)).toContain('6f1f2a50-7f0c-4a58-9d8e-0d6c1d0f6f9e');
    await seen('Copied');
    await button('Try again').click();
    await button('Close').click();
    expect((await scene.main.sent()).slice(1).map(({ name }) => name)).toEqual(['account.signIn', 'signIn.dismiss']);
  });

  test('that failed for a known account is tried again for that account', async () => {
    const signIn = { kind: 'failed', accountId: anna.id, error: errorOf('sign-in-timed-out') } as const;
    await open(snapshotOf({ accounts: [anna], signIn }));
    await button('Try again').click();
    expect(await scene.main.sent()).toEqual([{ name: 'account.signInAgain', args: { accountId: anna.id } }]);
  });

  test('asks for a client id first where there is none', async () => {
    await open(snapshotOf({ accounts: [anna], registration: { kind: 'missing', error: null } }));
    await button('Add account').click();
    await seen('Let’s set up Tidings');
    await button('Back').click();
    await seen('unread messages');
    expect(await scene.main.sent()).toEqual([]);
  });
});

describe('a client id', () => {
  test('is sent tidied once it is one, and not before', async () => {
    await open(snapshotOf({ registration: { kind: 'missing', error: null } }));
    const field = scene.page.getByRole('textbox', { name: 'Client id' });
    await button('Use this id').click();
    await seen('Paste the client id first.');
    await field.fill('not an id');
    await seen(/A client id has 32 digits/);
    expect(await scene.main.sent()).toEqual([]);
    await field.fill(' {0F5D3B1E-6C2A-4E8F-9B7D-1A2B3C4D5E6F} ');
    await scene.page.getByRole('textbox', { name: 'Tenant (optional)' }).fill('contoso.com');
    await field.press('Enter');
    expect(await scene.main.sent()).toEqual([
      {
        name: 'registration.useClientId',
        args: { clientId: '0f5d3b1e-6c2a-4e8f-9b7d-1a2b3c4d5e6f', tenant: 'contoso.com' },
      },
    ]);
  });

  test('can come from a file, or from five commands to copy', async () => {
    await open(snapshotOf({ registration: { kind: 'missing', error: null } }));
    await button('Open a set-up file…').click();
    await scene.page.getByText('Register one yourself').click();
    await scene.page.getByRole('tab', { name: 'PowerShell' }).click();
    await button('Copy the command of step 2').click();
    const [file, copy] = await scene.main.sent();
    expect(file).toEqual({ name: 'registration.openFile', args: {} });
    expect(JSON.stringify(copy?.args)).toContain('$APP = az ad app create --display-name Tidings');
    expect(await scene.page.getByRole('button', { name: /Copy the command|Copied/ }).count()).toBe(5);
  });
});

describe('the accounts', () => {
  test('show names, counts and the total, and follow newer snapshots', async () => {
    await open(snapshotOf({ accounts: [anna, ben] }));
    expect(await scene.page.getByRole('heading', { level: 1 }).innerText()).toMatch(/^4\s+unread messages$/);
    await scene.main.push(
      snapshotOf({
        revision: 2,
        accounts: [
          { ...anna, unreadCount: 1 },
          { ...ben, unreadCount: 0 },
        ],
      }),
    );
    await scene.page.getByRole('heading', { level: 1, name: /^1\s+unread message$/ }).waitFor();
    await scene.page.getByRole('img', { name: '0 unread messages' }).waitFor();
    expect(await scene.page.getByRole('status').innerText()).toContain('Anna: 1 unread message');
  });

  test('keep the age of the last check fresh', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await seen('last checked 13s ago');
    await scene.pass(10_000);
    await seen('last checked 23s ago');
    await scene.pass(60_000);
    await seen('last checked 1m ago');
  });

  test('say why one is offline and when it is tried again', async () => {
    const state = { kind: 'offline', error: errorOf('network-unreachable'), retryAt: previewNow + 31_000 } as const;
    await open(snapshotOf({ accounts: [{ ...anna, state }] }));
    await seen('Microsoft can’t be reached');
    await seen('Trying again in 30s');
    await scene.page.getByRole('img', { name: '3 unread messages when last checked' }).waitFor();
    await button('Try now').click();
    expect(await scene.main.sent()).toEqual([{ name: 'account.checkNow', args: { accountId: anna.id } }]);
  });

  test('offer one button where a sign-in is needed', async () => {
    const state = { kind: 'needs-sign-in', error: errorOf('sign-in-expired') } as const;
    await open(snapshotOf({ accounts: [{ ...anna, state }] }));
    await button('Sign in again').click();
    expect(await scene.main.sent()).toEqual([{ name: 'account.signInAgain', args: { accountId: anna.id } }]);
  });

  test('are removed only after a question, and the keyboard focus is not lost', async () => {
    await open(snapshotOf({ accounts: [anna, ben] }));
    await button('More for anna@outlook.example').click();
    await scene.page.getByRole('menuitem', { name: 'Remove…' }).click();
    await seen(/deletes the sign-in tokens of anna@outlook.example/);
    expect(await scene.main.sent()).toEqual([]);
    await button('Remove').click();
    expect(await scene.main.sent()).toEqual([{ name: 'account.remove', args: { accountId: anna.id } }]);
    await scene.main.push(snapshotOf({ revision: 2, accounts: [ben] }));
    await scene.page.getByText('anna@outlook.example').waitFor({ state: 'detached' });
    await scene.page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
  });

  test('bring the one that was asked for into view', async () => {
    const many = Array.from({ length: 20 }, (_, index) => accountOf(`person${index}`));
    await open(snapshotOf({ accounts: many }));
    const inView = async (): Promise<void> => {
      await scene.page.waitForFunction(() => document.activeElement?.textContent?.includes('person19@outlook.example'));
      const box = await row.boundingBox();
      expect(box === null ? Number.POSITIVE_INFINITY : box.y + box.height).toBeLessThanOrEqual(680);
    };
    const row = scene.page.getByRole('listitem').filter({ hasText: 'person19@outlook.example' });
    const asked = { accounts: many, focusedAccountId: 'person19' } as const;
    await scene.main.push(snapshotOf({ ...asked, revision: 2, focusRequest: 1 }));
    await inView();
    expect(await scene.page.locator('[aria-current="true"]').allInnerTexts()).toEqual([await row.innerText()]);

    // Asked for again after the person has gone elsewhere; a mere count asks for nothing.
    await button('Check now').focus();
    const counted = many.map((account) => ({ ...account, unreadCount: 2 }));
    await scene.main.push(snapshotOf({ ...asked, accounts: counted, revision: 3, focusRequest: 1 }));
    await scene.page.getByRole('heading', { level: 1, name: /^40\s+unread messages$/ }).waitFor();
    expect(await scene.page.evaluate(() => document.activeElement?.textContent)).toBe('Check now');
    await scene.main.push(snapshotOf({ ...asked, accounts: counted, revision: 4, focusRequest: 2 }));
    await inView();
  });
});

describe('whatever else must be said', () => {
  test('a command that fails says so until dismissed', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await scene.main.fail('disk-failed');
    await button('Check now').click();
    await seen('Tidings couldn’t save');
    await button('Dismiss').click();
    await scene.page.getByText('Tidings couldn’t save').waitFor({ state: 'detached' });
    expect(await scene.page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  });

  test('a notice names the file and is dismissed by its id', async () => {
    await open(previewSnapshots['troubled'] ?? snapshotOf());
    await seen(/kept as settings.damaged-20261121-094100.json/);
    await seen('accounts.2.profile.imap.port: expected a number from 1 to 65535');
    await button('Dismiss').first().click();
    expect(await scene.main.sent()).toEqual([{ name: 'notice.dismiss', args: { noticeId: 'n1' } }]);
  });

  test('a desktop that shows no notifications is told, with what to do', async () => {
    const error = errorOf('notifications-unavailable', { detail: 'The name is not activatable' });
    await open(snapshotOf({ accounts: [anna], notices: [{ id: 'n', kind: 'notifications-unavailable', error }] }));
    await seen('Notifications can’t be shown');
    await seen(/no notification service/);
    await seen('The name is not activatable');
  });

  test('what notifications show is chosen in the menu', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await button('Settings').click();
    const choice = (name: string) => scene.page.getByRole('menuitemradio', { name });
    expect(await choice('Sender and subject').getAttribute('aria-checked')).toBe('true');
    await choice('Only how many').click();
    expect(await scene.main.sent()).toEqual([
      { name: 'settings.setNotificationDetail', args: { detail: 'count-only' } },
    ]);
  });

  test('the language follows the snapshot at once, and is chosen in the menu', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await button('Settings').click();
    await scene.page.getByRole('menuitemradio', { name: '简体中文' }).click();
    expect(await scene.main.sent()).toEqual([{ name: 'settings.setLanguage', args: { language: 'zh-CN' } }]);
    await scene.main.push(snapshotOf({ revision: 2, accounts: [anna], language: 'zh-CN' }));
    await seen('正在关注');
    expect(await scene.page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  });
});
