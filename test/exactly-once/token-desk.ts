import type { AccessToken } from '../../electron/main/auth/auth-types.ts';
import type { IdentityStandin } from '../standin/identity/identity-standin.ts';
import { ownerOf } from './owners.ts';

const lifeMs = 60 * 60_000;
/** A token that ends sooner (ms) is given to nobody. */
const leastLeftMs = 10 * 60_000;

/** Tokens of the identity stand-in, kept as long as they last, like MSAL does. */
export class TokenDesk {
  readonly #identity: Pick<IdentityStandin, 'issueToken'>;
  readonly #now: () => number;
  readonly #tokens = new Map<string, AccessToken>();

  constructor(identity: Pick<IdentityStandin, 'issueToken'>, now: () => number) {
    this.#identity = identity;
    this.#now = now;
  }

  async acquire(homeAccountId: string): Promise<AccessToken> {
    const known = this.#tokens.get(homeAccountId);
    if (known !== undefined && known.expiresAt - this.#now() > leastLeftMs) return known;
    const expiresAt = this.#now() + lifeMs;
    const token = { token: await this.#identity.issueToken(ownerOf(homeAccountId)), expiresAt };
    this.#tokens.set(homeAccountId, token);
    return token;
  }
}
