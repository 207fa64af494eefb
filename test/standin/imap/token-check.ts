import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';

/** What an access token must be to open a mailbox. */
export interface TokenRules {
  readonly jwks: JSONWebKeySet;
  /** Checked when given. */
  readonly issuer?: string;
  readonly audiences: readonly string[];
  /** Whether somebody was given Full Access to another's mailbox; default: nobody. */
  readonly hasFullAccess?: (delegate: string, mailbox: string) => boolean;
  /** ms since the epoch. */
  readonly now: () => number;
}

/** Whether a token opens the mailbox of `user`. `reason` is for the test's eyes; the client never hears it. */
export type TokenVerdict =
  | { readonly kind: 'accepted'; readonly expiresAt: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Checks a token for a user: signature, time, audience, scope, kind and owner or delegate. Never rejects for a bad token. */
export type TokenCheck = (user: string, token: string) => Promise<TokenVerdict>;

const requiredScope = 'IMAP.AccessAsUser.All';

/** A check by these rules. Only delegated tokens pass, as at Exchange without an app-only registration. */
export function createTokenCheck({ jwks, issuer, audiences, hasFullAccess, now }: TokenRules): TokenCheck {
  const keys = createLocalJWKSet(jwks);
  return async (user, token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        currentDate: new Date(now()),
        requiredClaims: ['exp'],
        ...(issuer === undefined ? {} : { issuer }),
      });
      const opens = (owner: string): boolean =>
        owner.toLowerCase() === user.toLowerCase() || hasFullAccess?.(owner, user) === true;
      const reason = reasonAgainst(payload, opens, audiences);
      return reason === null ? { kind: 'accepted', expiresAt: (payload.exp ?? 0) * 1000 } : { kind: 'refused', reason };
    } catch (error) {
      if (error instanceof errors.JOSEError) {
        return { kind: 'refused', reason: error.code };
      }
      throw error;
    }
  };
}

function reasonAgainst(
  payload: JWTPayload,
  opens: (owner: string) => boolean,
  audiences: readonly string[],
): string | null {
  const { aud } = payload;
  const scopes = typeof payload['scp'] === 'string' ? payload['scp'].split(' ') : [];
  const upn = payload['upn'];
  if (typeof aud !== 'string' || !audiences.includes(aud)) {
    return 'wrong audience';
  }
  if (payload['idtyp'] === 'app') {
    return 'app-only token';
  }
  if (!scopes.includes(requiredScope)) {
    return 'wrong scope';
  }
  if (typeof upn !== 'string' || !opens(upn)) {
    return 'another user';
  }
  return null;
}
