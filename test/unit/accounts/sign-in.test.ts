import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountRegistry } from '../../../electron/main/accounts/account-registry.ts';
import type { SignInController } from '../../../electron/main/accounts/sign-in-controller.ts';
import { AuthFailure, type SignedInPerson } from '../../../electron/main/auth/auth-types.ts';
import { CONSUMERS_TENANT } from '../../standin/people.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import type { ScriptedImap } from '../../support/scripted-imap.ts';
import { ada, ben, profile, type ScriptedAuth, SignInBench } from './sign-in-bench.ts';

describe('signing in', () => {
  let bench: SignInBench;
  let auth: ScriptedAuth;
  let server: ScriptedImap;
  let accounts: AccountRegistry;
  let signIn: SignInController;
  let add: (person: SignedInPerson) => Promise<void>;

  beforeEach(() => {
    bench = new SignInBench();
    ({ auth, server, accounts, signIn } = bench);
    add = (person) => bench.add(person);
  });

  it('adds the person, remembers them with the profile used, and watches at once', async () => {
    await add(ada);
    expect(accounts.snapshots()).toMatchObject([
      { id: 'account-1', address: 'ada@example.org', state: { kind: 'watching' } },
    ]);
    expect(bench.saved).toMatchObject([{ homeAccountId: 'ada.tenant', profile }]);
    expect(signIn.state).toEqual({ kind: 'idle' });
    expect(bench.signedIn).toEqual(['account-1']);
  });

  it('tells a window whose the accounts are', async () => {
    await add({ ...ada, homeAccountId: `ada.${CONSUMERS_TENANT}` });
    await add(ada);
    expect(accounts.snapshots().map(({ kind }) => kind)).toEqual(['personal', 'unknown']);
  });

  it('takes the same person for the same account', async () => {
    await add(ada);
    await add(ada);
    expect(accounts.snapshots()).toHaveLength(1);
    expect(server.live.size).toBe(1);
  });

  it.each([
    ['registration', { ...profile, clientId: '22222222-2222-4222-8222-222222222222' }],
    ['tenant', { ...profile, authority: 'https://login.example/contoso.example' }],
  ])('moves the account to the %s it was last added with, leaving no tokens at the old one', async (_, other) => {
    await add(ada);
    signIn.begin(other);
    auth.succeed(ada);
    await settle();
    expect(bench.saved).toMatchObject([{ id: 'account-1', profile: other }]);
    expect(auth.removed).toEqual(['ada.tenant']);
  });

  it('waits with a deadline of 5 minutes and can be cancelled', async () => {
    signIn.begin(profile);
    expect(signIn.state).toMatchObject({ kind: 'waiting', accountId: null, deadline: new FakeClock().now() + 300_000 });
    signIn.cancel();
    await settle();
    expect(signIn.state).toEqual({ kind: 'cancelled', accountId: null });
    expect(auth.requests[0]?.signal.aborted).toBe(true);
  });

  it('begins the five minutes anew when the time for the pages begins, whatever the keyring took before', async () => {
    signIn.begin(profile);
    auth.requests[0]?.onDeadline?.(1_234);
    expect(signIn.state).toMatchObject({ kind: 'waiting', deadline: 1_234 });
    signIn.cancel();
    await settle();
    auth.requests[0]?.onDeadline?.(5_678);
    expect(signIn.state).toEqual({ kind: 'cancelled', accountId: null });
  });

  it('names the pages of the account’s own cloud, when it signs in again and when it waited for approval', async () => {
    const china = { ...profile, authority: 'https://login.partner.microsoftonline.cn/organizations' };
    await add(ada);
    signIn.begin(china);
    auth.succeed(ben);
    await settle();
    signIn.beginAgain('account-1');
    expect(signIn.state).toMatchObject({ kind: 'waiting', host: 'login.example' });
    signIn.beginAgain('account-2');
    expect(signIn.state).toMatchObject({ kind: 'waiting', host: 'login.partner.microsoftonline.cn' });
    signIn.begin(profile);
    expect(signIn.state).toMatchObject({ kind: 'waiting', host: 'login.example' });
    signIn.beginAwaited(china, { id: 'approval-1', address: null });
    expect(signIn.state).toMatchObject({ kind: 'waiting', host: 'login.partner.microsoftonline.cn' });
  });

  it('ends the account’s loss also where tokens that it no longer uses couldn’t be deleted', async () => {
    await add(ada);
    auth.removalFailure = new AuthFailure({ code: 'keyring-unavailable', at: 0 }, { kind: 'final' });
    signIn.begin({ ...profile, clientId: '22222222-2222-4222-8222-222222222222' });
    auth.succeed(ada);
    await settle();
    expect(bench.regained).toEqual(['account-1', 'account-1']);
    expect(bench.signedIn).toEqual(['account-1']);
  });

  it.each([
    ['login.microsoftonline.com', 'login.windows.net', 1],
    ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn', 1],
    ['login.microsoftonline.com', 'login.microsoftonline.us', 2],
    ['login.microsoftonline.com', 'login.example', 2],
    ['login.example', 'login.elsewhere.example', 2],
  ])('knows one provider by all its names: %s and %s make %i accounts', async (one, other, count) => {
    for (const host of [one, other]) {
      signIn.begin({ ...profile, authority: `https://${host}/common` });
      auth.succeed(ada);
      await settle();
    }
    expect(accounts.snapshots()).toHaveLength(count);
  });

  it('keeps no tokens of a sign-in that was cancelled as it succeeded', async () => {
    signIn.begin(profile);
    auth.succeed(ada);
    signIn.cancel();
    await settle();
    expect(accounts.snapshots()).toEqual([]);
    expect(auth.removed).toEqual(['ada.tenant']);
  });

  it('keeps the tokens of a known account whose sign-in was cancelled as it succeeded', async () => {
    await add(ada);
    signIn.beginAgain('account-1');
    auth.succeed(ada);
    signIn.cancel();
    await settle();
    expect(auth.removed).toEqual([]);
  });

  it('replaces a sign-in that waits in a lost tab', async () => {
    signIn.begin(profile);
    signIn.begin(profile);
    await settle();
    expect(auth.requests.map((request) => request.signal.aborted)).toEqual([true, false]);
    expect(signIn.state.kind).toBe('waiting');
  });

  it('says why it failed until that is dismissed', async () => {
    signIn.begin(profile);
    auth.fail(new AuthFailure({ code: 'consent-refused', at: 1, aadsts: '65004' }, { kind: 'final' }));
    await settle();
    expect(signIn.state).toMatchObject({ kind: 'failed', error: { code: 'consent-refused', aadsts: '65004' } });
    signIn.dismiss();
    expect(signIn.state).toEqual({ kind: 'idle' });
  });

  it('removes an account with its tokens and its connection', async () => {
    await add(ada);
    await accounts.remove('account-1');
    expect(auth.removed).toEqual(['ada.tenant']);
    expect(bench.saved).toEqual([]);
    expect(server.live.size).toBe(0);
  });

  it('finishes a removal that quitting comes upon: no account is left without its tokens', async () => {
    await add(ada);
    const answers: (() => void)[] = [];
    auth.keyring = new Promise((resolve) => {
      answers.push(resolve);
    });
    const removed = accounts.remove('account-1');
    await settle();
    const disposed = accounts.dispose();
    await settle();
    for (const answer of answers) answer();
    await disposed;
    expect(bench.saved).toEqual([]);
    await removed;
  });

  it('leaves one connection, or none, however removals and sign-ins overlap', async () => {
    await add(ada);
    auth.removalFailure = new AuthFailure({ code: 'keyring-locked', at: 0 }, { kind: 'final' });
    await Promise.allSettled([accounts.remove('account-1'), accounts.remove('account-1')]);
    await settle();
    expect(server.live.size).toBe(1);
    auth.removalFailure = null;
    await Promise.allSettled([
      accounts.remove('account-1'),
      accounts.welcome(ada, profile),
      accounts.remove('account-1'),
    ]);
    await settle();
    expect(accounts.snapshots()).toHaveLength(server.live.size);
  });

  it('does not bring an account back that was removed while it was signing in again', async () => {
    await add(ada);
    signIn.beginAgain('account-1');
    await accounts.remove('account-1');
    auth.succeed(ada);
    await settle();
    expect(accounts.snapshots()).toEqual([]);
    expect(auth.kept).toEqual(['ada.tenant']);
    expect(signIn.state).toEqual({ kind: 'idle' });
  });

  it('keeps an account at work whose tokens could not be deleted', async () => {
    await add(ada);
    auth.removalFailure = new AuthFailure({ code: 'keyring-locked', at: 0 }, { kind: 'final' });
    await expect(accounts.remove('account-1')).rejects.toBe(auth.removalFailure);
    await settle();
    expect(accounts.snapshots()).toMatchObject([{ state: { kind: 'watching' } }]);
  });
});
