import { describe, expect, it } from 'vitest';

import { LostSignIns, type LostSignInsFile } from '../../electron/main/accounts/lost-sign-ins.ts';
import { AuthFailure, type AuthRemedy } from '../../electron/main/auth/auth-types.ts';
import { createAccountDoctor } from '../../electron/main/doctor/account-doctor.ts';
import type { AppErrorInfo } from '../../electron/shared/app-error.ts';
import { DoctorBench } from '../support/doctor-bench.ts';

const changed: AppErrorInfo = {
  code: 'sign-in-expired',
  explanation: 'password-changed',
  who: 'you',
  at: 5,
  aadsts: '50173',
};

describe('why there is no token', () => {
  async function explained(error: AppErrorInfo, remedy: AuthRemedy): Promise<AppErrorInfo | null> {
    const bench = await DoctorBench.start();
    const kept: { value: LostSignInsFile; set(): void } = {
      value: { schemaVersion: 1, lost: { a: changed } },
      set: () => {},
    };
    const losses = new LostSignIns({ kept, onLost: () => {}, onRegained: () => {} });
    const doctor = createAccountDoctor({
      ...bench.surroundings(),
      auth: {
        acquireToken: async () => {
          throw new AuthFailure(error, remedy);
        },
      },
      keptReason: (accountId) => losses.reasonOf(accountId),
    });
    try {
      const step = (await doctor.examine('a', { kind: 'window' }))?.steps.at(-1);
      const cause = step?.kind === 'failed' ? step.finding.cause : null;
      return cause?.kind === 'known-error' ? cause.error : null;
    } finally {
      await doctor.dispose();
      await bench.dispose();
    }
  }

  it('is what an earlier run was told, where this one only finds none', async () => {
    expect(await explained({ code: 'sign-in-expired', at: 9 }, { kind: 'interactive' })).toEqual(changed);
  });

  it('is what this run was told, where it was told a number', async () => {
    const disabled: AppErrorInfo = { ...changed, explanation: 'account-disabled', aadsts: '50057' };
    expect(await explained(disabled, { kind: 'interactive' })).toEqual(disabled);
  });

  it('is the network where that is all that is in the way', async () => {
    const unreachable: AppErrorInfo = { code: 'network-unreachable', at: 9 };
    expect(await explained(unreachable, { kind: 'transient', retryAfterMs: null })).toEqual(unreachable);
  });
});
