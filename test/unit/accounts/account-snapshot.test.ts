import { describe, expect, it } from 'vitest';
import { accountSnapshot, sharedMailboxState } from '../../../electron/main/accounts/account-snapshot.ts';
import { type AccountStatus, initialStatus } from '../../../electron/main/accounts/account-state.ts';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';
import type { AppErrorCode } from '../../../electron/shared/app-error.ts';
import type { AccountRecord } from '../../../electron/shared/settings.ts';
import type { AccountState } from '../../../electron/shared/snapshot.ts';

const record: AccountRecord = {
  id: 'a',
  homeAccountId: 'oid.3d5c7f0e-2b64-4d0a-8c39-6a9de0b4c501',
  address: 'ada@contoso.example',
  displayName: 'Ada',
  profile: builtInProfile,
  addedAt: 1,
  sharedMailboxes: [{ id: 'm', address: 'info@contoso.example', muted: true }],
};
const watched: AccountStatus = { state: { kind: 'watching' }, unreadCount: 2, lastCheckedAt: 9 };
const watching: AccountState = { kind: 'watching' };

function refused(code: AppErrorCode, detail?: string): AccountState {
  return { kind: 'refused', error: { code, at: 5, ...(detail !== undefined && { detail }) }, retryAt: 10 };
}

describe('an account with a shared mailbox', () => {
  it('shows it with its own count, state and mute', () => {
    const snapshot = accountSnapshot(record, watched, () => ({ ...watched, unreadCount: 7 }));
    expect(snapshot).toMatchObject({ id: 'a', kind: 'work', unreadCount: 2 });
    expect(snapshot.sharedMailboxes).toEqual([
      {
        id: 'm',
        address: 'info@contoso.example',
        muted: true,
        state: { kind: 'watching' },
        unreadCount: 7,
        lastCheckedAt: 9,
      },
    ]);
  });

  it('needs a sign-in once, at the account, whichever of the two learnt it first', () => {
    const needsSignIn: AccountState = { kind: 'needs-sign-in', error: { code: 'sign-in-expired', at: 5 } };
    const ended: AccountStatus = { ...initialStatus, state: needsSignIn };
    for (const [own, shared] of [
      [watched, ended],
      [ended, ended],
    ] as const) {
      const snapshot = accountSnapshot(record, own, () => shared);
      expect(snapshot.state).toEqual(needsSignIn);
      expect(snapshot.sharedMailboxes[0]?.state).toEqual({ kind: 'waits-for-account' });
    }
  });
});

describe('a shared mailbox that is refused', () => {
  const notConnected = 'User is authenticated but not connected.';

  it.each([
    ['imap-sign-in-refused', 'AUTHENTICATE failed.'],
    ['imap-not-connected', notConnected],
  ] as const)('misses a permission: %s', (code, detail) => {
    const state = sharedMailboxState(refused(code, detail), watching);
    expect(state).toEqual(refused('shared-mailbox-no-access', detail));
  });

  it.each([
    ['too many connections', refused('imap-not-connected', 'Too many simultaneous connections'), watching],
    ['a certificate', refused('certificate-untrusted'), watching],
    ['its account’s own trouble', refused('imap-sign-in-refused'), refused('imap-sign-in-refused')],
    ['the network', { kind: 'offline', error: { code: 'dns-failed', at: 1 }, retryAt: 2 }, watching],
  ] as const)('keeps its reason where it is %s', (_, state, own) => {
    expect(sharedMailboxState(state, own)).toEqual(state);
  });

  it('misses a permission too where its account’s inbox is refused for another reason', () => {
    const state = sharedMailboxState(refused('imap-sign-in-refused'), refused('imap-mailbox-refused'));
    expect(state).toMatchObject({ error: { code: 'shared-mailbox-no-access' } });
  });
});
