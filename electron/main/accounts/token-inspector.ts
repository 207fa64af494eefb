import type { AccountRecord } from '../../shared/settings.ts';
import type { TokenReport } from '../../shared/token-report.ts';
import type { AuthService } from '../auth/auth-types.ts';
import { inspectToken } from '../auth/inspect-token.ts';
import type { Clock } from '../clock.ts';

export interface TokenInspectorDeps {
  /** Gives tokens as they are, fit or not. */
  readonly auth: Pick<AuthService, 'acquireToken'>;
  readonly accounts: {
    find(accountId: string): AccountRecord | null;
    records(): readonly AccountRecord[];
  };
  /** The resource of the profile for new accounts. */
  readonly resource: () => string;
  readonly clock: Pick<Clock, 'now'>;
}

/** Explains tokens. Only what they say of themselves comes out; the token itself goes nowhere. */
export interface TokenInspector {
  /** A pasted text, measured by an account or, for null (or an account that is gone), by itself. */
  inspect(text: string, accountId: string | null): TokenReport;
  /** The account's own token, renewed first where it has ended. Rejects with AuthFailure; null for no such account. */
  inspectOwn(accountId: string): Promise<TokenReport | null>;
}

export function createTokenInspector({ auth, accounts, resource, clock }: TokenInspectorDeps): TokenInspector {
  const report = (text: string, account: AccountRecord | null): TokenReport =>
    inspectToken(text, {
      now: clock.now(),
      resource: account?.profile.resource ?? resource(),
      account,
      accounts: accounts.records(),
    });
  return {
    inspect: (text, accountId) => report(text, accountId === null ? null : accounts.find(accountId)),
    async inspectOwn(accountId) {
      const account = accounts.find(accountId);
      if (account === null) return null;
      const { token } = await auth.acquireToken(account, { forceRefresh: false });
      return report(token, account);
    },
  };
}
