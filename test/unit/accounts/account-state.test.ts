import { describe, expect, it } from 'vitest';
import { initialStatus, reduceStatus } from '../../../electron/main/accounts/account-state.ts';

const error = { code: 'dns-failed', at: 5 } as const;

describe('reduceStatus', () => {
  const counted = reduceStatus(initialStatus, { kind: 'counted', unseen: 3, at: 10 });

  it('takes the count from the server and notes when', () => {
    expect(counted).toEqual({ state: { kind: 'watching' }, unreadCount: 3, lastCheckedAt: 10 });
  });

  it('keeps the last count, and since when, through a failure', () => {
    expect(reduceStatus(counted, { kind: 'offline', error, retryAt: 20 })).toEqual({
      state: { kind: 'offline', error, retryAt: 20 },
      unreadCount: 3,
      lastCheckedAt: 10,
    });
  });

  it('says why when only the person can go on', () => {
    expect(reduceStatus(counted, { kind: 'needs-sign-in', error }).state).toEqual({ kind: 'needs-sign-in', error });
    expect(reduceStatus(counted, { kind: 'refused', error, retryAt: 9 }).state.kind).toBe('refused');
  });

  it('is left again by a connection', () => {
    const offline = reduceStatus(counted, { kind: 'offline', error, retryAt: 20 });
    expect(reduceStatus(offline, { kind: 'connecting' }).state.kind).toBe('connecting');
    expect(reduceStatus(offline, { kind: 'counted', unseen: 0, at: 30 }).state.kind).toBe('watching');
  });
});
