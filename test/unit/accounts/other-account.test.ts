import { beforeEach, describe, expect, it } from 'vitest';
import { decisionLimitMs } from '../../../electron/main/accounts/sign-in-controller.ts';
import { AuthFailure } from '../../../electron/main/auth/auth-types.ts';
import { settle } from '../../support/fake-clock.ts';
import { ada, ben, profile, SignInBench } from './sign-in-bench.ts';

/** Signing in again, the person picks another account on the page than the one that needs it. */
describe('another account than the one asked for', () => {
  let bench: SignInBench;

  beforeEach(async () => {
    bench = new SignInBench();
    await bench.add(ada);
  });

  const addresses = () => bench.accounts.snapshots().map(({ address }) => address);
  const otherAccount = { kind: 'other-account', accountId: 'account-1', askedFor: ada.address, signedIn: ben.address };

  it('is noticed and said with both addresses, and nothing of it is kept while the person decides', async () => {
    await bench.again('account-1', ben);
    expect(bench.auth.requests.at(-1)?.loginHint).toBe(ada.address);
    expect(bench.signIn.state).toEqual({ ...otherAccount, addableUntil: bench.clock.now() + 5 * 60_000 });
    expect(bench.auth.kept).toEqual(['ada.tenant']);
    expect(addresses()).toEqual([ada.address]);
    expect(bench.signedIn).toEqual(['account-1']);
  });

  it('becomes an account of its own when the person wants that', async () => {
    await bench.again('account-1', ben);
    bench.signIn.addOther();
    // Impatient.
    bench.signIn.addOther();
    await settle();
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
    expect(bench.accounts.snapshots()).toMatchObject([
      { address: ada.address },
      { id: 'account-2', address: ben.address, state: { kind: 'watching' } },
    ]);
    expect(bench.auth.kept).toEqual(['ada.tenant', 'ben.tenant']);
    expect(bench.signedIn).toEqual(['account-1', 'account-2']);
    expect(bench.clock.pending).toBeGreaterThan(0);
    await bench.clock.advance(decisionLimitMs);
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
  });

  it('is forgotten when the person tries again, and then signs in as asked', async () => {
    await bench.again('account-1', ben);
    await bench.again('account-1', ada);
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
    expect(bench.auth.kept).toEqual(['ada.tenant', 'ada.tenant']);
    expect(addresses()).toEqual([ada.address]);
  });

  it.each([
    ['cancels', () => bench.signIn.cancel()],
    ['quits', () => bench.signIn.dispose()],
  ])('is forgotten when the person %s', async (_name, leave) => {
    const timers = bench.clock.pending;
    await bench.again('account-1', ben);
    leave();
    bench.signIn.addOther();
    await settle();
    expect(bench.clock.pending).toBe(timers);
    expect(bench.auth.kept).toEqual(['ada.tenant']);
    expect(bench.auth.removed).toEqual([]);
    expect(addresses()).toEqual([ada.address]);
  });

  it('is forgotten after five minutes without a decision, and still told', async () => {
    await bench.again('account-1', ben);
    await bench.clock.advance(decisionLimitMs - 1);
    expect(bench.signIn.state.kind).toBe('other-account');
    await bench.clock.advance(1);
    expect(bench.signIn.state).toMatchObject({
      kind: 'failed',
      accountId: 'account-1',
      error: { code: 'other-account-signed-in', detail: `${ben.address} ≠ ${ada.address}` },
    });
    bench.signIn.addOther();
    await settle();
    expect(bench.auth.kept).toEqual(['ada.tenant']);
  });

  it('that is in the list already is said too, watched with its new tokens, and can’t be added twice', async () => {
    await bench.add(ben);
    const connections = bench.server.logins;
    await bench.again('account-1', ben);
    expect(bench.signIn.state).toEqual({ ...otherAccount, addableUntil: null });
    expect(addresses()).toEqual([ada.address, ben.address]);
    expect(bench.auth.kept).toEqual(['ada.tenant', 'ben.tenant', 'ben.tenant']);
    expect(bench.auth.removed).toEqual([]);
    expect(bench.server.logins).toBe(connections + 1);
    expect(bench.server.live.size).toBe(2);
    // No window is led to it: the account that was asked for still waits.
    expect(bench.signedIn).toEqual(['account-1', 'account-2']);
    // But its own loss, if it had one, is over.
    expect(bench.regained).toEqual(['account-1', 'account-2', 'account-2']);
    bench.signIn.cancel();
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
  });

  it('that is in the list by way of another registration stays as it is', async () => {
    await bench.add(ben, { ...profile, clientId: '22222222-2222-4222-8222-222222222222' });
    await bench.again('account-1', ben);
    expect(bench.signIn.state).toEqual({ ...otherAccount, addableUntil: null });
    expect(bench.auth.kept).toEqual(['ada.tenant', 'ben.tenant']);
    expect(bench.saved.map(({ profile: { clientId } }) => clientId?.[0])).toEqual(['1', '2']);
    expect(bench.regained).toEqual(['account-1', 'account-2']);
  });

  it('says why when it can’t be added', async () => {
    await bench.again('account-1', ben);
    bench.auth.keepFailure = new AuthFailure({ code: 'disk-full', at: 0 }, { kind: 'final' });
    bench.signIn.addOther();
    await settle();
    expect(bench.signIn.state).toMatchObject({ kind: 'failed', error: { code: 'disk-full' } });
    expect(addresses()).toEqual([ada.address]);
  });
});
