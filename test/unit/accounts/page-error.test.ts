import { beforeEach, describe, expect, it } from 'vitest';

import { cancelledSaidMs } from '../../../electron/main/accounts/sign-in-controller.ts';
import { AuthFailure } from '../../../electron/main/auth/auth-types.ts';
import { settle } from '../../support/fake-clock.ts';
import { ada, profile, SignInBench } from './sign-in-bench.ts';

/** Microsoft's page shows an error and tells only the person. */
describe('an error on the page', () => {
  let bench: SignInBench;

  beforeEach(() => {
    bench = new SignInBench();
    bench.signIn.begin(profile);
  });

  const explained = {
    kind: 'failed',
    accountId: null,
    error: { code: 'client-id-refused', explanation: 'redirect-missing', who: 'registration', aadsts: '50011' },
  };

  it('is explained as if it had arrived', () => {
    expect(bench.signIn.explain('AADSTS50011: The reply address does not match.')).toBe(true);
    expect(bench.signIn.state).toMatchObject(explained);
  });

  it('is not explained by a text that says nothing, which changes nothing', () => {
    const before = bench.signIn.state;
    expect(bench.signIn.explain('it does not work')).toBe(false);
    expect(bench.signIn.state).toBe(before);
  });

  it('does not end the sign-in: who finds a way on the page gets in', async () => {
    bench.signIn.explain('50011');
    expect(bench.auth.requests[0]?.signal.aborted).toBe(false);
    bench.auth.succeed(ada);
    await settle();
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
    expect(bench.signedIn).toEqual(['account-1']);
  });

  it.each(['sign-in-timed-out', 'sign-in-cancelled', 'consent-refused'] as const)(
    'stays explained when the sign-in then ends as %s',
    async (code) => {
      bench.signIn.explain('50011');
      bench.auth.fail(new AuthFailure({ code, at: 1 }, { kind: 'final' }));
      await settle();
      expect(bench.signIn.state).toMatchObject(explained);
    },
  );

  it.each(['client-id-refused', 'certificate-untrusted', 'admin-approval-needed'] as const)(
    'gives way to what Microsoft then says itself: %s',
    async (code) => {
      bench.signIn.explain('50011');
      bench.auth.fail(new AuthFailure({ code, at: 1, aadsts: '7000218' }, { kind: 'final' }));
      await settle();
      expect(bench.signIn.state).toEqual({
        kind: 'failed',
        accountId: null,
        error: { code, at: 1, aadsts: '7000218' },
      });
    },
  );

  it('can be left, which ends the sign-in', () => {
    bench.signIn.explain('50011');
    bench.signIn.dismiss();
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
    expect(bench.auth.requests[0]?.signal.aborted).toBe(true);
  });

  it('can be asked about after the time was up, and after a refusal', async () => {
    bench.auth.fail(new AuthFailure({ code: 'sign-in-timed-out', at: 1 }, { kind: 'final' }));
    await settle();
    expect(bench.signIn.explain('50011')).toBe(true);
    expect(bench.signIn.state).toMatchObject(explained);
  });

  it('can be asked about after the person cancelled because of it', () => {
    bench.signIn.cancel();
    expect(bench.signIn.state).toEqual({ kind: 'cancelled', accountId: null });
    expect(bench.auth.requests[0]?.signal.aborted).toBe(true);
    expect(bench.signIn.explain('50011')).toBe(true);
    expect(bench.signIn.state).toMatchObject(explained);
  });

  it('belongs to the account that was to sign in again', async () => {
    bench.auth.succeed(ada);
    await settle();
    bench.signIn.beginAgain('account-1');
    bench.signIn.cancel();
    expect(bench.signIn.state).toEqual({ kind: 'cancelled', accountId: 'account-1' });
    bench.signIn.explain('50011');
    expect(bench.signIn.state).toMatchObject({ ...explained, accountId: 'account-1' });
  });

  it('is asked about soon or never: a cancelled sign-in is spoken of for ten minutes', async () => {
    bench.signIn.cancel();
    await bench.clock.advance(cancelledSaidMs - 1);
    expect(bench.signIn.state.kind).toBe('cancelled');
    await bench.clock.advance(1);
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
  });

  it('of a sign-in that was cancelled is forgotten with the next one', async () => {
    bench.signIn.cancel();
    bench.signIn.begin(profile);
    await bench.clock.advance(cancelledSaidMs);
    expect(bench.signIn.state.kind).toBe('waiting');
    bench.signIn.cancel();
    bench.signIn.dismiss();
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
    expect(bench.signIn.explain('50011')).toBe(true);
    expect(bench.signIn.state).toEqual({ kind: 'idle' });
  });

  it('leaves no timer behind', () => {
    bench.signIn.cancel();
    bench.signIn.dispose();
    expect(bench.clock.pending).toBe(0);
  });
});
