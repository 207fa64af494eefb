import { describe, expect, test } from 'vitest';

import { accountOf, errorOf, previewSnapshots, sharedMailboxOf, snapshotOf } from '../preview/snapshots.ts';
import { setWindowScene } from '../preview/window-scene.ts';

const scene = setWindowScene();
const { open, button, seen } = scene;
const info = sharedMailboxOf('info', { unreadCount: 4 });
const work = accountOf('wei', { kind: 'work', address: 'wei@contoso.example', sharedMailboxes: [info] });
const sent = async () => scene.main.sent();

describe('adding a shared mailbox', () => {
  const dialog = () => scene.page.getByRole('dialog');
  const ask = async (): Promise<void> => {
    await button('More for wei@contoso.example').click();
    await scene.page.getByRole('menuitem', { name: 'Add shared mailbox…' }).click();
    await dialog().getByText('Tidings opens it with the sign-in of wei@contoso.example.').waitFor();
  };
  const fill = async (text: string): Promise<void> => {
    await dialog().getByRole('textbox', { name: 'Address of the mailbox' }).fill(text);
    await scene.page.keyboard.press('Enter');
  };

  test.each([
    ['', 'Enter the mailbox’s address first.'],
    ['info', 'This isn’t a mail address'],
    ['wei@contoso.example', 'This is the account’s own address'],
    ['INFO@contoso.example', 'Tidings watches this mailbox already.'],
  ])('is refused for the address %j', async (text, words) => {
    await open(snapshotOf({ accounts: [work] }));
    await ask();
    await fill(text);
    await dialog().getByText(words).waitFor();
    expect(await sent()).toEqual([]);
  });

  test('sends the address, closes, and leaves the keyboard in the window', async () => {
    await open(snapshotOf({ accounts: [work] }));
    await ask();
    await fill('  sales@contoso.example ');
    await dialog().waitFor({ state: 'detached' });
    const args = { accountId: work.id, address: 'sales@contoso.example' };
    expect(await sent()).toEqual([{ name: 'account.addSharedMailbox', args }]);
    await scene.page.locator('main :focus').waitFor();
  });

  test('that main refuses is said where it was asked for, and the address is kept', async () => {
    await open(snapshotOf({ accounts: [work] }));
    await scene.main.fail('shared-mailbox-not-added');
    await ask();
    await fill('sales@contoso.example');
    await dialog().getByText('This mailbox can’t be added').waitFor();
    // And not once more in the window behind it.
    expect(await scene.page.getByText('This mailbox can’t be added').count()).toBe(1);
    expect(await dialog().getByRole('textbox').inputValue()).toBe('sales@contoso.example');
    await fill('sales@contoso.example.org');
    await expect.poll(async () => (await sent()).length).toBe(2);
  });

  test('isn’t offered to a personal account', async () => {
    await open(snapshotOf({ accounts: [accountOf('anna')] }));
    await button('More for anna@outlook.example').click();
    await scene.page.getByRole('menuitem', { name: 'Remove…' }).waitFor();
    expect(await scene.page.getByRole('menuitem').allTextContents()).not.toContain('Add shared mailbox…');
  });
});

describe('a shared mailbox', () => {
  test('is checked, muted and removed from its own menu', async () => {
    await open(snapshotOf({ accounts: [work] }));
    const choose = async (role: 'menuitem' | 'menuitemcheckbox', name: string): Promise<void> => {
      await button('More for info@contoso.example').click();
      await scene.page.getByRole(role, { name, exact: true }).click();
      await scene.page.keyboard.press('Escape');
    };
    await choose('menuitem', 'Check now');
    await choose('menuitemcheckbox', 'Without notifications');
    await choose('menuitem', 'Remove');
    expect(await sent()).toEqual([
      { name: 'account.checkNow', args: { accountId: 'info' } },
      { name: 'mailbox.setMuted', args: { mailboxId: 'info', muted: true } },
      { name: 'mailbox.remove', args: { mailboxId: 'info' } },
    ]);
  });

  test('without access has the command to copy', async () => {
    await open(previewSnapshots['shared-no-access'] ?? snapshotOf());
    await seen('You have no Full Access to bookkeeping@contoso.example');
    await button('Copy the command for your administrator').click();
    expect(await sent()).toEqual([
      {
        name: 'clipboard.write',
        args: {
          text:
            "Add-MailboxPermission -Identity 'bookkeeping@contoso.example' -User 'wei.zhang@contoso.example' " +
            '-AccessRights FullAccess',
        },
      },
    ]);
  });

  test('doesn’t repeat its account’s trouble', async () => {
    const offline = { kind: 'offline', error: errorOf('dns-failed'), retryAt: 0 } as const;
    const mailbox = { ...info, state: offline };
    await open(snapshotOf({ accounts: [{ ...work, state: offline, sharedMailboxes: [mailbox] }] }));
    await seen('The server’s name couldn’t be found');
    expect(await scene.page.getByText('The server’s name couldn’t be found').count()).toBe(1);
    expect(await scene.page.getByText('Offline', { exact: true }).count()).toBe(2);
  });

  test('is told to screen readers by its address', async () => {
    await open(snapshotOf({ accounts: [work] }));
    const more = { ...work, sharedMailboxes: [{ ...info, unreadCount: 5 }] };
    await scene.main.push(snapshotOf({ revision: 2, accounts: [more] }));
    await scene.page.getByRole('status').getByText('info@contoso.example: 5 unread messages').waitFor();
  });
});
