import { describe, expect, it } from 'vitest';
import { AppState, type SnapshotParts } from '../../../electron/main/state/app-state.ts';
import { selectStatus, selectTotalUnread } from '../../../electron/main/state/select-snapshot.ts';
import type { AccountSnapshot, AccountState, SharedMailboxSnapshot } from '../../../electron/shared/snapshot.ts';
import { settle } from '../../support/fake-clock.ts';

const error = { code: 'timed-out', at: 0 } as const;
const offline: AccountState = { kind: 'offline', error, retryAt: 0 };
const needsSignIn: AccountState = { kind: 'needs-sign-in', error };

function account(state: AccountState, unreadCount: number | null): AccountSnapshot {
  return {
    id: 'a',
    address: 'ada@example.org',
    displayName: 'Ada',
    kind: 'work',
    state,
    unreadCount,
    lastCheckedAt: null,
    sharedMailboxes: [],
  };
}

function parts(accounts: readonly AccountSnapshot[]): SnapshotParts {
  return {
    appVersion: '0.0.0',
    language: 'en',
    languageSetting: 'system',
    notificationDetail: 'full',
    accounts,
    approvals: [],
    signIn: { kind: 'idle' },
    vault: { kind: 'unknown' },
    registration: { kind: 'ready' },
    startsAtLogin: null,
    network: { mode: 'system', address: '', user: '', isFixed: false },
    notices: [],
    doctorRuns: [],
    focusedAccountId: null,
    focusRequest: 0,
  };
}

describe('the totals', () => {
  it('add up the counts that are known', () => {
    const accounts = [account({ kind: 'watching' }, 3), account({ kind: 'connecting' }, null), account(offline, 2)];
    expect(selectTotalUnread(accounts)).toBe(5);
  });

  it('hold shared mailboxes too', () => {
    const info: SharedMailboxSnapshot = {
      id: 'm',
      address: 'info@example.org',
      muted: true,
      state: { kind: 'refused', error, retryAt: 0 },
      unreadCount: 4,
      lastCheckedAt: 0,
    };
    const ada = { ...account({ kind: 'watching' }, 3), sharedMailboxes: [info] };
    expect(selectTotalUnread([ada])).toBe(7);
    expect(selectStatus([ada])).toBe('attention');
    const waiting = { ...info, state: { kind: 'waits-for-account' } } as const;
    expect(selectStatus([{ ...ada, sharedMailboxes: [waiting] }])).toBe('watching');
  });

  it.each([
    [[], 'no-accounts'],
    [[{ kind: 'watching' }], 'watching'],
    [[{ kind: 'watching' }, { kind: 'connecting' }], 'connecting'],
    [[{ kind: 'connecting' }, offline, { kind: 'watching' }], 'offline'],
    [[offline, needsSignIn], 'attention'],
    [[{ kind: 'refused', error, retryAt: 0 }, { kind: 'watching' }], 'attention'],
  ] satisfies [AccountState[], string][])('of %j the tray shows %s', (states, status) => {
    expect(selectStatus(states.map((state) => account(state, 0)))).toBe(status);
  });
});

describe('AppState', () => {
  it('makes one snapshot of many changes in one turn', async () => {
    let accounts: AccountSnapshot[] = [];
    const state = new AppState({ collect: () => parts(accounts) });
    const seen: number[] = [];
    state.subscribe((snapshot) => seen.push(snapshot.accounts.length));
    accounts = [account({ kind: 'watching' }, 1)];
    state.touch();
    accounts = [...accounts, account({ kind: 'watching' }, 2)];
    state.touch();
    await settle();
    expect(seen).toEqual([2]);
    expect(state.snapshot).toMatchObject({ revision: 2, totalUnread: 3, status: 'watching' });
  });

  it('stays silent when nothing a window shows has changed', async () => {
    const state = new AppState({ collect: () => parts([account({ kind: 'watching' }, 1)]) });
    let calls = 0;
    state.subscribe(() => {
      calls += 1;
    });
    state.touch();
    await settle();
    expect(calls).toBe(0);
    expect(state.snapshot.revision).toBe(1);
  });

  it('stops calling who has unsubscribed', async () => {
    let accounts: AccountSnapshot[] = [];
    const state = new AppState({ collect: () => parts(accounts) });
    let calls = 0;
    state.subscribe(() => {
      calls += 1;
    })();
    accounts = [account({ kind: 'watching' }, 1)];
    state.touch();
    await settle();
    expect(calls).toBe(0);
  });
});
