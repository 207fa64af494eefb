import { expect, it } from 'vitest';

import { AuthFailure } from '../../../electron/main/auth/auth-types.ts';
import { heedKnownRefusals } from '../../../electron/main/auth/known-refusals.ts';
import { settle } from '../../support/fake-clock.ts';
import { ada, ben, profile, ScriptedAuth } from '../accounts/sign-in-bench.ts';

const reason = { code: 'sign-in-expired', at: 1, aadsts: '50173' } as const;
const cached = { forceRefresh: false };

it('asks for no token with what was refused in an earlier run, until the person has signed in', async () => {
  const scripted = new ScriptedAuth();
  const auth = heedKnownRefusals(scripted, [{ profile, homeAccountId: ada.homeAccountId }], () => reason);
  const token = auth.acquireToken({ profile, homeAccountId: ada.homeAccountId }, cached);
  await expect(token).rejects.toEqual(new AuthFailure(reason, { kind: 'interactive' }));
  await expect(token).rejects.toMatchObject({ info: reason, remedy: { kind: 'interactive' } });
  await auth.acquireToken({ profile, homeAccountId: ben.homeAccountId }, cached);
  // Kept with another registration: other tokens.
  const elsewhere = { ...profile, clientId: '22222222-2222-4222-8222-222222222222' };
  await auth.acquireToken({ profile: elsewhere, homeAccountId: ada.homeAccountId }, cached);

  const again = auth.signIn({ profile, loginHint: null, signal: new AbortController().signal });
  scripted.succeed(ada);
  await settle();
  await again;
  await auth.acquireToken({ profile, homeAccountId: ada.homeAccountId }, cached);
});
