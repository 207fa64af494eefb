import type { AppErrorInfo } from '../../shared/app-error.ts';
import type { AccountRecord } from '../../shared/settings.ts';
import type { AccountSnapshot } from '../../shared/snapshot.ts';
import { AuthFailure, type AuthService } from '../auth/auth-types.ts';
import type { Clock } from '../clock.ts';
import { ConnectionDoctor, type ConnectionDoctorDeps } from './connection-doctor.ts';

export interface AccountDoctorDeps extends Pick<
  ConnectionDoctorDeps,
  'dial' | 'proxyFor' | 'isOnline' | 'loadCa' | 'onChange'
> {
  readonly accounts: {
    find(accountId: string): AccountRecord | null;
    snapshots(): readonly Pick<AccountSnapshot, 'id' | 'state'>[];
  };
  readonly auth: Pick<AuthService, 'acquireToken'>;
  /** Why the account lost its sign-in, where that was told once; null for nothing known. */
  readonly keptReason: (accountId: string) => AppErrorInfo | null;
  readonly appVersion: string;
  readonly clock: Clock;
}

/** The doctor of the accounts that are watched, by the tokens that they are watched with. */
export function createAccountDoctor({
  accounts,
  appVersion,
  auth,
  clock,
  keptReason,
  ...deps
}: AccountDoctorDeps): ConnectionDoctor {
  return new ConnectionDoctor({
    ...deps,
    clock,
    clientVersion: appVersion,
    find: (accountId) => accounts.find(accountId),
    // Not a forced renewal: that would take the refresh token's turn from the watching, for nothing.
    acquireToken: (account) => auth.acquireToken(account, { forceRefresh: false }),
    explainTokenError(error, accountId) {
      if (!(error instanceof AuthFailure)) return { code: 'unexpected', at: clock.now(), detail: String(error) };
      const { info, remedy } = error;
      // A run that finds no token any more knows less than the one that was refused it.
      const kept = remedy.kind === 'interactive' && info.aadsts === undefined ? keptReason(accountId) : null;
      return kept ?? info;
    },
    isWatching: (accountId) =>
      accounts.snapshots().some(({ id, state }) => id === accountId && state.kind === 'watching'),
  });
}
