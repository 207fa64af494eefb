import { describe, expect, it } from 'vitest';

import { type AccountKey, AuthFailure, type AuthService } from '../../../electron/main/auth/auth-types.ts';
import { refuseUnfitTokens } from '../../../electron/main/auth/fit-token.ts';
import { builtInProfile } from '../../../electron/main/profile/deployment-profile.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { appClaims, personClaims, tokenOf, writtenAt } from '../../support/written-token.ts';

const account: AccountKey = { profile: builtInProfile, homeAccountId: 'o.t' };
const graph = tokenOf({ ...personClaims, aud: 'https://graph.microsoft.com', scp: 'Mail.Read User.Read' });
const fit = tokenOf(personClaims);

/** An account's tokens: what the cache has, and what each renewal brings. */
function guarded(cached: string, renewed = cached) {
  const log = recordingLog();
  const asked: boolean[] = [];
  const auth: AuthService = {
    signIn: () => Promise.reject(new Error('not asked for')),
    acquireToken: (_, { forceRefresh }) => {
      asked.push(forceRefresh);
      return Promise.resolve({ token: forceRefresh ? renewed : cached, expiresAt: writtenAt });
    },
    removeAccount: () => Promise.resolve(),
    dispose: () => undefined,
  };
  return { auth: refuseUnfitTokens(auth, { now: () => writtenAt }, log), asked, log };
}

async function refusalOf(auth: AuthService, forceRefresh = false): Promise<AuthFailure> {
  const error: unknown = await auth.acquireToken(account, { forceRefresh }).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AuthFailure)) throw new Error('The token was not refused');
  return error;
}

describe('a token for the mailbox', () => {
  it.each([
    ['fits', fit],
    ['is for the other name of Exchange', tokenOf({ ...personClaims, aud: 'https://outlook.office365.com' })],
    ['can’t be read', `EwBwA8l6BAAU${'a'.repeat(900)}`],
    ['is nobody knows what', 'at-1'],
    // Whether it still holds is the server's to say, whose clock may be another.
    ['has ended by this clock', tokenOf({ ...personClaims, exp: 1 })],
  ])('passes when it %s', async (_, token) => {
    const { auth, asked } = guarded(token);
    expect((await auth.acquireToken(account, { forceRefresh: false })).token).toBe(token);
    expect(asked).toEqual([false]);
  });

  it('passes when it is for a server that isn’t Microsoft’s, of which nothing is known', async () => {
    const other = { ...account, profile: { ...builtInProfile, resource: 'https://mail.example' } };
    const { auth } = guarded(graph);
    expect((await auth.acquireToken(other, { forceRefresh: false })).token).toBe(graph);
  });
});

describe('a token that is plainly not for the mailbox', () => {
  it.each([
    ['of Graph', graph, 'aud https://graph.microsoft.com; scp Mail.Read User.Read'],
    [
      'without the scope',
      tokenOf({ ...personClaims, scp: 'SMTP.Send' }),
      'aud https://outlook.office.com; scp SMTP.Send',
    ],
    ['of an app', tokenOf(appClaims), 'aud https://outlook.office365.com; no scp'],
    [
      'of an app with roles',
      tokenOf({ ...appClaims, roles: ['IMAP.AccessAsApp'] }),
      'aud https://outlook.office365.com; no scp, roles',
    ],
  ])('is refused for good, with its claims as the details: %s', async (_, token, detail) => {
    const { auth, log } = guarded(token);
    const failure = await refusalOf(auth);
    expect(failure.info).toEqual({ code: 'token-unfit', at: writtenAt, detail });
    expect(failure.remedy).toEqual({ kind: 'final' });
    expect(JSON.stringify([log.lines, failure.info])).not.toContain(token.split('.')[1]);
  });

  it('is renewed once, since the registration may have been mended', async () => {
    const mended = guarded(graph, fit);
    expect((await mended.auth.acquireToken(account, { forceRefresh: false })).token).toBe(fit);
    const notMended = guarded(graph);
    await refusalOf(notMended.auth);
    expect(notMended.asked).toEqual([false, true]);
  });

  it('isn’t renewed a second time when it is the renewal’s', async () => {
    const { auth, asked } = guarded(fit, graph);
    await refusalOf(auth, true);
    expect(asked).toEqual([true]);
  });
});
