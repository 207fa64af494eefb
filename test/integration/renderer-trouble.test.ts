import { describe, expect, test } from 'vitest';

import { inspectToken } from '../../electron/main/auth/inspect-token.ts';
import { accountOf, errorOf, previewNow, previewSnapshots, snapshotOf } from '../preview/snapshots.ts';
import { setWindowScene } from '../preview/window-scene.ts';
import { personClaims, tokenOf, writtenAt } from '../support/written-token.ts';

const scene = setWindowScene();
const { open, button, seen } = scene;

const anna = accountOf('anna', { displayName: 'Anna', unreadCount: 3 });
const ben = accountOf('ben', { unreadCount: 1 });

describe('accounts in trouble', () => {
  test('that are connected again lead the keyboard focus from the button that is gone to their row', async () => {
    const state = { kind: 'offline', error: errorOf('network-unreachable'), retryAt: previewNow + 31_000 } as const;
    await open(snapshotOf({ accounts: [{ ...anna, state }, ben] }));
    await button('Try now').focus();
    await scene.page.keyboard.press('Enter');
    await scene.main.push(snapshotOf({ revision: 2, accounts: [anna, ben] }));
    await button('Try now').waitFor({ state: 'detached' });
    await scene.page.locator('li:focus', { hasText: 'anna@outlook.example' }).waitFor();
  });

  test('say at once that they are being tried when asked to, until the outcome is known', async () => {
    const offline = (at: number) =>
      ({ kind: 'offline', error: { ...errorOf('timed-out'), at }, retryAt: at + 61_000 }) as const;
    await open(snapshotOf({ accounts: [{ ...anna, state: offline(previewNow) }] }));
    await seen('Trying again in 1m');
    await button('Try now').click();
    await seen('Trying again…');
    // Another account's news changes nothing here.
    await scene.main.push(snapshotOf({ revision: 2, accounts: [{ ...anna, state: offline(previewNow) }, ben] }));
    await seen('ben@outlook.example');
    await seen('Trying again…');
    await scene.main.push(snapshotOf({ revision: 3, accounts: [{ ...anna, state: offline(previewNow + 5_000) }] }));
    await seen(/^Trying again in/);
  });

  test('keep the keyboard focus when the try they were asked for ends with a pause, which takes the button away', async () => {
    const until = { retryAt: previewNow + 301_000 };
    const offline = { kind: 'offline', error: errorOf('timed-out'), ...until } as const;
    await open(snapshotOf({ accounts: [{ ...anna, state: offline }] }));
    await button('Try now').focus();
    await scene.page.keyboard.press('Enter');
    const paused = { kind: 'offline', error: errorOf('imap-throttled'), ...until } as const;
    await scene.main.push(snapshotOf({ revision: 2, accounts: [{ ...anna, state: paused }] }));
    await button('Try now').waitFor({ state: 'detached' });
    await scene.page.locator('li:focus', { hasText: 'anna@outlook.example' }).waitFor();
  });

  test('say nothing of being tried when that failed', async () => {
    const state = { kind: 'offline', error: errorOf('timed-out'), retryAt: previewNow + 61_000 } as const;
    await open(snapshotOf({ accounts: [{ ...anna, state }] }));
    await scene.main.fail('unexpected');
    await button('Try now').click();
    await seen('Something unexpected went wrong');
    await seen('Trying again in 1m');
  });

  test.each(['imap-throttled', 'identity-unavailable'] as const)(
    'offer no button that does nothing while the server asks for a pause (%s), and say how long',
    async (code) => {
      const state = { kind: 'offline', error: errorOf(code), retryAt: previewNow + 301_000 } as const;
      await open(snapshotOf({ accounts: [{ ...anna, state }] }));
      await seen('Trying again in 5m');
      expect(await button('Try now').count()).toBe(0);
      await button('More for anna@outlook.example').click();
      const checkNow = scene.page.getByRole('menuitem', { name: 'Check now' });
      expect(await checkNow.getAttribute('aria-disabled')).toBe('true');
    },
  );

  test('offer no check where only a sign-in helps', async () => {
    const state = { kind: 'needs-sign-in', error: errorOf('sign-in-expired') } as const;
    await open(snapshotOf({ accounts: [{ ...anna, state }] }));
    await button('More for anna@outlook.example').click();
    expect(await scene.page.getByRole('menuitem', { name: 'Check now' }).getAttribute('aria-disabled')).toBe('true');
    expect(await scene.page.getByRole('menuitem', { name: 'Sign in again' }).getAttribute('aria-disabled')).toBeNull();
  });
});

describe('without a keyring', () => {
  test('the person looks again or chooses session only', async () => {
    await open(previewSnapshots['vault'] ?? snapshotOf());
    await button('Look again').click();
    await button('Keep it until I quit').click();
    expect((await scene.main.sent()).map(({ name }) => name)).toEqual(['vault.retry', 'vault.useSessionOnly']);
  });

  test('that was lost, the person reads why once', async () => {
    const error = errorOf('keyring-lost');
    const notices = [{ id: 'save:keyring-lost', kind: 'save-failed', error }] as const;
    await open(snapshotOf({ accounts: [anna], vault: { kind: 'unavailable', error }, notices }));
    await seen('The keyring has stopped');
    expect(await scene.page.getByText('The keyring has stopped').count()).toBe(1);
    await button('Keep it until I quit').waitFor();
    await button('Look again').waitFor();
  });

  const vaultCard = (): Promise<void> => open(previewSnapshots['no-keyring-with-accounts'] ?? snapshotOf());
  const withVault = (kind: 'ready' | 'session-only') =>
    snapshotOf({ ...previewSnapshots['no-keyring-with-accounts'], revision: 2, vault: { kind } });
  const focusedLabel = async () => scene.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

  test.each([
    ['Look again', 'ready'],
    ['Keep it until I quit', 'session-only'],
  ] as const)('“%s” above the accounts leads the keyboard focus on to them', async (name, kind) => {
    await vaultCard();
    await button(name).focus();
    await scene.page.keyboard.press('Enter');
    await scene.main.push(withVault(kind));
    await button(name).waitFor({ state: 'detached' });
    expect(await focusedLabel()).toBe('Accounts');
    // From there the next stop is the first account's.
    await scene.page.keyboard.press('Tab');
    expect(await focusedLabel()).toMatch(/^More for /);
  });

  test('a keyring that turns up by itself takes no focus away from where it is', async () => {
    await vaultCard();
    await button('Check now').focus();
    await scene.main.push(withVault('ready'));
    await button('Look again').waitFor({ state: 'detached' });
    expect(await scene.page.evaluate(() => document.activeElement?.textContent)).toBe('Check now');
  });

  test('a keyring that turns up while the focus is on the choice leads it on too', async () => {
    await vaultCard();
    await button('Look again').focus();
    await scene.main.push(withVault('ready'));
    await button('Look again').waitFor({ state: 'detached' });
    expect(await focusedLabel()).toBe('Accounts');
  });
});

describe('session only', () => {
  test.each(['with', 'without'])('can be taken back %s accounts', async (which) => {
    const accounts = which === 'with' ? [anna] : [];
    await open(snapshotOf({ accounts, vault: { kind: 'session-only' } }));
    await seen(/kept until you quit/);
    await scene.main.fail('keyring-locked');
    await button('Use the keyring').click();
    await seen('The keyring is locked');
    await scene.main.fail(null);
    await button('Use the keyring').click();
    await scene.main.push(snapshotOf({ revision: 2, accounts, vault: { kind: 'ready' } }));
    await scene.page.getByText(/kept until you quit/).waitFor({ state: 'detached' });
    expect((await scene.main.sent()).map(({ name }) => name)).toEqual(['vault.retry', 'vault.retry']);
    expect(await scene.page.getByText('The keyring is locked').count()).toBe(0);
    await scene.page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
  });
});

describe('the token inspector', () => {
  const token = tokenOf(personClaims);
  const report = inspectToken(token, { now: writtenAt, resource: null, account: null });
  const source = async () => scene.page.getByRole('status', { name: 'Result' }).locator('p').first().innerText();

  test('says which token it looked at: the account’s own, or what was pasted, and by whom that was measured', async () => {
    await open(snapshotOf({ accounts: [anna] }));
    await button(`More for ${anna.address}`).click();
    await scene.page.getByRole('menuitem', { name: 'Check connection…' }).click();
    await scene.main.answer('account.inspectToken', report);
    await button('Inspect this account’s token').click();
    await expect.poll(source).toBe(`The token that Tidings has for ${anna.address}`);
    await scene.main.answer('token.inspect', report);
    await scene.page.getByRole('textbox', { name: 'Token' }).fill(token);
    await button('Inspect').click();
    await expect.poll(source).toBe(`What you pasted, measured by ${anna.address}`);
    await scene.page.getByRole('combobox').selectOption({ label: 'Any' });
    await button('Inspect').click();
    await expect.poll(source).toBe('What you pasted');
    await scene.main.answer('token.inspect', { ...report, mailbox: anna.address });
    await button('Inspect').click();
    await expect.poll(source).toBe('The token in the XOAUTH2 or OAUTHBEARER answer that you pasted');
  });
});
