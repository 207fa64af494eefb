import { beforeEach, describe, expect, it } from 'vitest';

import { Approvals } from '../../../electron/main/accounts/approvals.ts';
import { settle } from '../../support/fake-clock.ts';
import { ada, ben, profile, SignInBench } from './sign-in-bench.ts';

/** Waiting for an administrator and signing in, at work together. */
describe('an approval that is tried again', () => {
  let bench: SignInBench;
  let approvals: Approvals;

  beforeEach(() => {
    bench = new SignInBench();
    let ids = 0;
    approvals = new Approvals([], {
      findAccount: (accountId) => bench.accounts.find(accountId),
      profile: () => profile,
      signIn: bench.signIn,
      createId: () => `approval-${(ids += 1)}`,
      save: () => {},
      onChange: () => {},
      clock: bench.clock,
    });
    bench.onRegained = (accountId, approvalId) => {
      const record = bench.accounts.find(accountId);
      if (record !== null) approvals.settle(record, approvalId);
    };
  });

  it('waits no longer once its account signed in, though the page was explained meanwhile', async () => {
    approvals.checkAgain(approvals.ask(null, null));
    expect(bench.signIn.explain('AADSTS90094: An administrator has to grant permission.')).toBe(true);
    bench.auth.succeed(ada);
    await settle();
    expect(bench.signedIn).toEqual(['account-1']);
    expect(approvals.snapshots()).toEqual([]);
  });

  it('signs its account in again, and asks before somebody else picked on the page is added', async () => {
    await bench.add(ada);
    const approvalId = approvals.ask(null, 'account-1');
    approvals.checkAgain(approvalId);
    expect(bench.signIn.state).toMatchObject({ kind: 'waiting', accountId: 'account-1', approvalId });
    expect(bench.auth.requests.at(-1)).toMatchObject({ loginHint: ada.address });
    bench.auth.succeed(ben);
    await settle();
    expect(bench.signIn.state).toMatchObject({ kind: 'other-account', askedFor: ada.address, signedIn: ben.address });
    bench.signIn.addOther();
    await settle();
    expect(bench.accounts.records()).toHaveLength(2);
    expect(approvals.snapshots()).toMatchObject([{ id: approvalId, accountId: 'account-1' }]);
    await bench.again('account-1', ada);
    expect(approvals.snapshots()).toEqual([]);
  });
});
