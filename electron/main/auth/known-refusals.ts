import type { AppErrorInfo } from '../../shared/app-error.ts';
import { type AccountKey, AuthFailure, type AuthService } from './auth-types.ts';
import { tokenRef } from './token-ref.ts';

/**
 * The same service, but that an account whose refresh token was refused in an earlier run isn't renewed until its person
 * has signed in: where the keyring couldn't be had before that run was killed, the token is still in it.
 */
export function heedKnownRefusals<A extends AccountKey>(
  auth: AuthService,
  accounts: readonly A[],
  refusalOf: (account: A) => AppErrorInfo | null,
): AuthService {
  const reasons = new Map<string, AppErrorInfo>();
  for (const account of accounts) {
    const reason = refusalOf(account);
    if (reason !== null) reasons.set(keyOf(account), reason);
  }
  return {
    async signIn(request) {
      const person = await auth.signIn(request);
      reasons.delete(keyOf({ profile: request.profile, homeAccountId: person.homeAccountId }));
      return person;
    },
    async acquireToken(account, options) {
      const reason = reasons.get(keyOf(account));
      if (reason !== undefined) throw new AuthFailure(reason, { kind: 'interactive' });
      return auth.acquireToken(account, options);
    },
    removeAccount: (account) => auth.removeAccount(account),
    dispose: () => {
      auth.dispose();
    },
  };
}

function keyOf(account: AccountKey): string {
  const { item, partition } = tokenRef(account);
  return `${item} ${partition}`;
}
