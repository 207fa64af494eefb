import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { WatchFailure } from '../../../electron/main/imap/watch-failure.ts';
import { settle } from '../../support/fake-clock.ts';
import { minute, WatchedMailbox } from '../../support/watched-mailbox.ts';

const away = (notBeforeMs: number | null = null): WatchFailure => ({
  kind: 'passing',
  error: { code: 'identity-unavailable', at: 0 },
  reach: 'unreached',
  notBeforeMs,
});

/** A token of 65 min, so that a fresh one is due after 61 min 30 s. */
describe('the renewal of a session’s token', () => {
  let m: WatchedMailbox;

  beforeEach(async () => {
    m = new WatchedMailbox();
    m.watcher.start();
    await settle();
    await m.clock.advance(61 * minute);
    m.events = [];
  });

  afterEach(async () => {
    await m.watcher.dispose();
  });

  it('comes 3 to 4 minutes before the end, and nobody sees the change of connections', async () => {
    expect(m.renewals).toEqual([false]);
    await m.clock.advance(minute);
    expect(m.renewals).toEqual([false, true]);
    expect(m.server.tokens).toEqual(['token-1', 'token-2']);
    expect(m.server.live.size).toBe(1);
    expect(new Set(m.kinds())).toEqual(new Set(['counted']));
  });

  it('keeps the session while the provider is away, and is tried again', async () => {
    m.tokenFailure = away();
    await m.clock.advance(minute);
    const tries = m.renewals.length;
    expect(tries).toBeGreaterThanOrEqual(2);
    expect(m.server.logins).toBe(1);
    m.server.deliver('Still here');
    await m.clock.advance(1);
    expect(m.told()).toEqual(['Still here']);
    m.tokenFailure = null;
    await m.clock.advance(minute);
    expect(m.server.logins).toBe(2);
    expect(m.kinds()).not.toContain('offline');
    expect(m.kinds()).not.toContain('connecting');
  });

  it('is tried ever less often where the provider stays away, and the server lets the session live', async () => {
    m.tokenFailure = away();
    await m.clock.advance(2 * 60 * minute);
    expect(m.renewals.length).toBeGreaterThan(20);
    expect(m.renewals.length).toBeLessThan(50);
    expect(m.server.logins).toBe(1);
    expect(m.kinds()).not.toContain('offline');
  });

  it('waits as long as the provider asks', async () => {
    m.tokenFailure = away(10 * minute);
    await m.clock.advance(minute);
    expect(m.renewals).toHaveLength(2);
    m.tokenFailure = null;
    await m.clock.advance(9 * minute);
    expect(m.renewals).toHaveLength(2);
    await m.clock.advance(minute);
    expect(m.server.logins).toBe(2);
  });

  it('waits as long as the provider asks, also where the machine wakes meanwhile', async () => {
    m.tokenFailure = away(10 * minute);
    await m.clock.advance(minute);
    m.tokenFailure = null;
    m.watcher.resume();
    await m.clock.advance(9 * minute);
    expect(m.renewals).toHaveLength(2);
    await m.clock.advance(minute);
    expect(m.server.logins).toBe(2);
  });

  it('that only the person can make good is said at once', async () => {
    m.tokenFailure = { kind: 'needs-sign-in', error: { code: 'sign-in-expired', at: 0 } };
    await m.clock.advance(minute);
    expect(m.last()).toMatchObject({ kind: 'needs-sign-in' });
    expect(m.server.live.size).toBe(0);
    const tries = m.renewals.length;
    await m.clock.advance(24 * 60 * minute);
    expect(m.renewals).toHaveLength(tries);
  });

  it('isn’t asked for twice where the machine wakes during one', async () => {
    const answers: (() => void)[] = [];
    m.tokenGate = () => new Promise<void>((resolve) => answers.push(resolve));
    await m.clock.advance(minute);
    m.clock.setForward(12 * 60 * minute);
    m.watcher.resume();
    await m.clock.advance(2 * minute);
    expect(m.renewals).toHaveLength(2);
    for (const answer of answers) answer();
    await settle();
    expect(m.server.logins).toBe(2);
  });
});
