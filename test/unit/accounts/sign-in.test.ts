import { beforeEach, describe, expect, it } from 'vitest';
import { AccountRegistry } from '../../../electron/main/accounts/account-registry.ts';
import { createLedgerStore, emptyMailboxesFile } from '../../../electron/main/accounts/ledger-store.ts';
import { SignInController } from '../../../electron/main/accounts/sign-in-controller.ts';
import {
  type AccountKey,
  AuthFailure,
  type AuthService,
  type SignInRequest,
  type SignedInPerson,
} from '../../../electron/main/auth/auth-types.ts';
import type { DeploymentProfile } from '../../../electron/shared/profile.ts';
import type { AccountRecord } from '../../../electron/shared/settings.ts';
import { CONSUMERS_TENANT } from '../../standin/people.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { ScriptedImap } from '../../support/scripted-imap.ts';

const profile: DeploymentProfile = {
  clientId: '11111111-1111-4111-8111-111111111111',
  authority: 'https://login.example/common',
  knownAuthorities: [],
  resource: 'https://outlook.office.com',
  imap: { host: 'imap.example', port: 993 },
  extraCaFile: null,
};
const ada: SignedInPerson = { homeAccountId: 'ada.tenant', address: 'ada@example.org', displayName: 'Ada' };
const ben: SignedInPerson = { homeAccountId: 'ben.tenant', address: 'ben@example.org', displayName: 'Ben' };

/** A browser in which the test decides how each sign-in ends. */
class ScriptedAuth implements AuthService {
  readonly requests: SignInRequest[] = [];
  readonly removed: string[] = [];
  removalFailure: AuthFailure | null = null;
  /** What a removal waits for. */
  keyring: Promise<void> = Promise.resolve();
  #finish: { resolve: (person: SignedInPerson) => void; reject: (error: unknown) => void } | null = null;

  signIn(request: SignInRequest): Promise<SignedInPerson> {
    this.requests.push(request);
    return new Promise((resolve, reject) => {
      this.#finish = { resolve, reject };
      request.signal.addEventListener('abort', () => {
        reject(new AuthFailure({ code: 'sign-in-cancelled', at: 0 }, { kind: 'final' }));
      });
    });
  }

  succeed(person: SignedInPerson): void {
    this.#finish?.resolve(person);
  }

  fail(error: unknown): void {
    this.#finish?.reject(error);
  }

  acquireToken(account: AccountKey): Promise<{ token: string; expiresAt: number }> {
    return Promise.resolve({ token: account.homeAccountId, expiresAt: Number.MAX_SAFE_INTEGER / 2 });
  }

  removeAccount(account: AccountKey): Promise<void> {
    if (this.removalFailure !== null) {
      return Promise.reject(this.removalFailure);
    }
    return this.keyring.then(() => {
      this.removed.push(account.homeAccountId);
    });
  }

  dispose(): void {}
}

describe('signing in', () => {
  let auth: ScriptedAuth;
  let server: ScriptedImap;
  let accounts: AccountRegistry;
  let signIn: SignInController;
  let saved: readonly AccountRecord[];
  let signedIn: string[];

  beforeEach(() => {
    auth = new ScriptedAuth();
    server = new ScriptedImap();
    saved = [];
    signedIn = [];
    let ids = 0;
    const shared = { auth, clock: new FakeClock(), log: recordingLog(), onChange: () => {} };
    accounts = new AccountRegistry([], {
      ...shared,
      openSession: server.open,
      loadCa: () => Promise.resolve(undefined),
      ledgers: createLedgerStore({ value: emptyMailboxesFile, set: () => {} }),
      isOnline: () => true,
      onRead: () => {},
      random: () => 0.5,
      onNewMessages: () => {},
      onRemoved: () => {},
      createId: () => `account-${(ids += 1)}`,
      saveRecords: (records) => {
        saved = records;
      },
    });
    signIn = new SignInController({
      ...shared,
      accounts,
      onSignedIn: (accountId) => {
        signedIn.push(accountId);
      },
    });
  });

  async function add(person: SignedInPerson): Promise<void> {
    signIn.begin(profile);
    auth.succeed(person);
    await settle();
  }

  it('adds the person, remembers them with the profile used, and watches at once', async () => {
    await add(ada);
    expect(accounts.snapshots()).toMatchObject([
      { id: 'account-1', address: 'ada@example.org', state: { kind: 'watching' } },
    ]);
    expect(saved).toMatchObject([{ homeAccountId: 'ada.tenant', profile }]);
    expect(signIn.state).toEqual({ kind: 'idle' });
    expect(signedIn).toEqual(['account-1']);
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
    expect(saved).toMatchObject([{ id: 'account-1', profile: other }]);
    expect(auth.removed).toEqual(['ada.tenant']);
  });

  it('waits with a deadline of 5 minutes and can be cancelled', async () => {
    signIn.begin(profile);
    expect(signIn.state).toMatchObject({ kind: 'waiting', accountId: null, deadline: new FakeClock().now() + 300_000 });
    signIn.cancel();
    await settle();
    expect(signIn.state).toEqual({ kind: 'idle' });
    expect(auth.requests[0]?.signal.aborted).toBe(true);
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

  it('offers the address again when signing in again, and notices another person', async () => {
    await add(ada);
    signIn.beginAgain('account-1');
    expect(auth.requests.at(-1)?.loginHint).toBe('ada@example.org');
    auth.succeed(ben);
    await settle();
    expect(signIn.state).toMatchObject({
      kind: 'failed',
      accountId: 'account-1',
      error: { code: 'other-account-signed-in' },
    });
    expect(auth.removed).toEqual(['ben.tenant']);
    expect(accounts.snapshots()).toHaveLength(1);
  });

  it('does not sign out another known account that was picked by mistake', async () => {
    await add(ada);
    await add(ben);
    signIn.beginAgain('account-1');
    auth.succeed(ben);
    await settle();
    expect(auth.removed).toEqual([]);
  });

  it('removes an account with its tokens and its connection', async () => {
    await add(ada);
    await accounts.remove('account-1');
    expect(auth.removed).toEqual(['ada.tenant']);
    expect(saved).toEqual([]);
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
    expect(saved).toEqual([]);
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
    expect(auth.removed).toEqual(['ada.tenant', 'ada.tenant']);
  });

  it('keeps an account at work whose tokens could not be deleted', async () => {
    await add(ada);
    auth.removalFailure = new AuthFailure({ code: 'keyring-locked', at: 0 }, { kind: 'final' });
    await expect(accounts.remove('account-1')).rejects.toBe(auth.removalFailure);
    await settle();
    expect(accounts.snapshots()).toMatchObject([{ state: { kind: 'watching' } }]);
  });
});
