import { describe, expect, test } from 'vitest';

import { approvalCommands, approvalLetter } from '../../electron/shared/approval-letter.ts';
import { createWords } from '../../electron/main/i18n.ts';
import { accountOf, approvalOf, errorOf, previewNow, snapshotOf } from '../preview/snapshots.ts';
import { setWindowScene } from '../preview/window-scene.ts';

const scene = setWindowScene();
const { open, button } = scene;
const title = async (name: string | RegExp) => scene.page.getByRole('heading', { level: 1, name }).waitFor();
const ada = approvalOf('ada');
const anna = accountOf('anna', { displayName: 'Anna', unreadCount: 3 });
const needed = errorOf('admin-approval-needed', { aadsts: '90094', who: 'administrator' });
const mira = accountOf('mira', { kind: 'work', state: { kind: 'needs-sign-in', error: needed } });
const ofMira = approvalOf('p', { accountId: mira.id, address: mira.address });
const { translate } = createWords('en');
const letter = approvalLetter(translate, ada);
const pageSaysSo = 'The page says “Need admin approval”?';

describe('the way to an administrator', () => {
  test('leads from the waiting sign-in over the address, which may not be a personal one, to the letter', async () => {
    const signIn = {
      kind: 'waiting',
      host: 'login.microsoftonline.com',
      accountId: null,
      deadline: previewNow + 300_000,
    } as const;
    await open(snapshotOf({ signIn }));
    await button(pageSaysSo).click();
    await scene.main.push(snapshotOf({ revision: 2 }));
    await title('Ask your administrator');
    await scene.page.getByRole('textbox', { name: 'Your work or school address' }).fill('ada@outlook.com');
    await button('Continue').click();
    await scene.seen(/This is a personal address/u);
    await scene.page.getByRole('textbox').fill('ada@contoso.example');
    await scene.main.answer('approval.ask', 'ada');
    await button('Continue').click();
    await scene.main.push(snapshotOf({ revision: 3, approvals: [ada] }));
    await scene.seen(/whoever looks after the account ada@contoso\.example/u);
    expect((await scene.main.sent()).map(({ name, args }) => [name, args])).toEqual([
      ['signIn.cancel', {}],
      ['signIn.dismiss', {}],
      ['approval.ask', { address: 'ada@contoso.example', accountId: null }],
    ]);
  });

  test.each(['sign-in-timed-out', 'consent-refused'] as const)('is offered after %s', async (code) => {
    await open(snapshotOf({ signIn: { kind: 'failed', accountId: null, error: errorOf(code) } }));
    await button(pageSaysSo).click();
    await scene.main.push(snapshotOf({ revision: 2 }));
    await title('Ask your administrator');
    await button('Continue without it').click();
    await expect
      .poll(async () => (await scene.main.sent()).at(-1))
      .toEqual({ name: 'approval.ask', args: { address: null, accountId: null } });
  });

  test('is the first thing to do where Microsoft said so, and asks nothing about an account that is there', async () => {
    await open(snapshotOf({ accounts: [mira], signIn: { kind: 'failed', accountId: mira.id, error: needed } }));
    await button('Ask your administrator').click();
    await expect
      .poll(async () => (await scene.main.sent()).at(-1))
      .toEqual({ name: 'approval.ask', args: { address: null, accountId: mira.id } });
  });

  test('begins at an account of the list whose renewal was refused for it', async () => {
    await open(snapshotOf({ accounts: [mira] }));
    await button('Ask your administrator').click();
    await expect
      .poll(async () => (await scene.main.sent()).at(-1))
      .toEqual({ name: 'approval.ask', args: { address: null, accountId: mira.id } });
  });

  test('is not offered for a personal account, which nobody administers', async () => {
    const signIn = {
      kind: 'waiting',
      host: 'login.live.com',
      accountId: anna.id,
      deadline: previewNow + 300_000,
    } as const;
    await open(snapshotOf({ accounts: [anna], signIn }));
    await button('Cancel').waitFor();
    expect(await button(pageSaysSo).count()).toBe(0);
    const error = errorOf('consent-refused');
    await scene.main.push(snapshotOf({ revision: 2, accounts: [anna], signIn: { ...signIn, kind: 'failed', error } }));
    await button('Try again').waitFor();
    expect(await button(pageSaysSo).count()).toBe(0);
  });
});

describe('the letter', () => {
  const openLetter = async (): Promise<void> => {
    await open(snapshotOf({ approvals: [ada] }));
    await button('Letter to the administrator').click();
    await title('Ask your administrator');
  };

  test('is shown as it will be sent, mailed, copied, or only its link', async () => {
    await openLetter();
    const shown = await scene.page.getByRole('textbox', { name: 'Your letter' }).inputValue();
    expect(shown).toBe(`${letter.subject}\n\n${letter.body}`);
    await scene.main.answer('approval.mail', true);
    await button('Write a mail…').click();
    await button('Copy the letter').click();
    await button('Copy only the link').click();
    await button('Open Microsoft’s page').click();
    expect((await scene.main.sent()).map(({ name, args }) => [name, args])).toEqual([
      ['approval.mail', { approvalId: 'ada' }],
      ['clipboard.write', { text: shown }],
      ['clipboard.write', { text: ada.link }],
      ['approval.openPage', { approvalId: 'ada' }],
    ]);
  });

  test('says so where the mail program got the short one', async () => {
    await openLetter();
    await scene.main.answer('approval.mail', false);
    await button('Write a mail…').click();
    await scene.page
      .getByRole('status')
      .getByText(/has it all in short/u)
      .waitFor();
  });

  test('has the administrator’s other ways beside it, with commands to copy', async () => {
    await openLetter();
    await scene.page.getByText('Other ways for administrators').click();
    await scene.seen(/Admin consent requests/u);
    await button('Copy the commands').click();
    await expect
      .poll(async () => (await scene.main.sent()).at(-1))
      .toEqual({ name: 'clipboard.write', args: { text: approvalCommands(ada) } });
  });

  test('can be left, and gives way once the account waits no longer', async () => {
    await openLetter();
    await button('Back').click();
    await title('Waiting for your administrator’s approval');
    await button('Letter to the administrator').click();
    await title('Ask your administrator');
    await scene.main.push(snapshotOf({ revision: 2, accounts: [anna] }));
    await title(/unread messages/u);
  });
});

describe('an account that waits for approval', () => {
  test('is in the list, says since when and when it was last tried, and is checked again or given up', async () => {
    const tried = { ...ada, triedAt: previewNow - 7_200_000 };
    await open(snapshotOf({ accounts: [anna], approvals: [tried] }));
    await title(/unread messages/u);
    await scene.seen('ada@contoso.example');
    await scene.seen('asked 1d ago · last tried 2h ago');
    expect(await scene.page.getByRole('alert').count()).toBe(0);
    await button('Check again').click();
    await button('Stop waiting for ada@contoso.example').click();
    expect((await scene.main.sent()).map(({ name, args }) => [name, args])).toEqual([
      ['approval.checkAgain', { approvalId: 'ada' }],
      ['approval.remove', { approvalId: 'ada' }],
    ]);
  });

  test('says so in its own row where it is in the list, with the same ways on and what went wrong', async () => {
    await open(snapshotOf({ accounts: [mira, anna], approvals: [ofMira] }));
    const rows = scene.page.getByRole('listitem');
    expect(await rows.count()).toBe(2);
    const row = rows.first();
    await row.getByText('Waiting for your administrator’s approval').waitFor();
    await row.getByText('asked 1d ago').waitFor();
    // Signing in again is what "Check again" does: nothing red asks for it besides.
    expect(await row.getByRole('button', { name: 'Sign in again' }).count()).toBe(0);
    await row.getByText('Waiting for approval', { exact: true }).waitFor();
    expect(await row.getByText('Needs sign-in').count()).toBe(0);
    await row.getByText('Details', { exact: true }).click();
    await row.getByText('AADSTS90094').waitFor();
    await row.getByRole('button', { name: 'Letter to the administrator' }).click();
    await title('Ask your administrator');
    await button('Back').click();
    await button('Check again').click();
    await button(`Stop waiting for ${mira.address}`).click();
    expect((await scene.main.sent()).map(({ name, args }) => [name, args])).toEqual([
      ['approval.checkAgain', { approvalId: 'p' }],
      ['approval.remove', { approvalId: 'p' }],
    ]);
  });

  test('still to be added is in the list, also where an account has the same address elsewhere', async () => {
    await open(snapshotOf({ accounts: [mira], approvals: [approvalOf('p', { address: mira.address })] }));
    await button('Check again').waitFor();
    expect(await scene.page.getByRole('listitem').count()).toBe(2);
  });

  test('is tried again as itself from the screen that says why that failed', async () => {
    const error = errorOf('consent-refused');
    await open(snapshotOf({ approvals: [ada], signIn: { kind: 'failed', accountId: null, approvalId: 'ada', error } }));
    await button('Try again').click();
    await expect
      .poll(async () => (await scene.main.sent()).at(-1))
      .toEqual({ name: 'approval.checkAgain', args: { approvalId: 'ada' } });
  });
});
