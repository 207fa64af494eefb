import type { DeploymentProfile } from '../../shared/profile.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { type AccessToken, AuthFailure, type AuthService } from './auth-types.ts';
import { safeDetail } from './error-detail.ts';
import { factsOf } from './token-facts.ts';
import { readTokenText } from './token-text.ts';
import { hasImapScope, isMailAudience } from './token-verdict.ts';

/**
 * The same service, but that a token that plainly can't open a mailbox, being for another service or without the IMAP
 * scope, never gets to the mail server: renewed once, since the registration may have been mended meanwhile, then
 * refused as `token-unfit`. What can't be read (personal accounts) and what isn't Microsoft's passes.
 */
export function refuseUnfitTokens(auth: AuthService, clock: Pick<Clock, 'now'>, log: Logger): AuthService {
  return {
    signIn: (request) => auth.signIn(request),
    removeAccount: (account) => auth.removeAccount(account),
    dispose: () => {
      auth.dispose();
    },
    async acquireToken(account, { forceRefresh }) {
      const { profile } = account;
      const token = await auth.acquireToken(account, { forceRefresh });
      if (unfitness(token, profile) === null) return token;
      const renewed = forceRefresh ? token : await auth.acquireToken(account, { forceRefresh: true });
      const reason = unfitness(renewed, profile);
      if (reason === null) return renewed;
      log.warn('a token that opens no mailbox was not tried', { reason });
      throw new AuthFailure({ code: 'token-unfit', at: clock.now(), detail: safeDetail(reason) }, { kind: 'final' });
    },
  };
}

/** Why a token can't be for the mailbox, in claims for an administrator; null where nothing is plainly wrong. */
function unfitness({ token }: AccessToken, { resource }: DeploymentProfile): string | null {
  // Of tokens for another provider's mail server only that server knows what they should say.
  if (!isMailAudience(resource, null)) return null;
  const read = readTokenText(token);
  if (read.kind !== 'jwt') return null;
  const { audience, scopes, roles } = factsOf(read.claims);
  if (isMailAudience(audience, resource) && hasImapScope(scopes)) return null;
  const allowed = scopes.length > 0 ? `scp ${scopes.join(' ')}` : `no scp${roles.length > 0 ? ', roles' : ''}`;
  return `aud ${audience ?? 'none'}; ${allowed}`;
}
