import type { StandinPerson } from '../people.ts';
import type { AppRegistration } from './app-registration.ts';
import type { FaultBoard } from './faults.ts';
import type { GrantStore } from './grant-store.ts';
import type { TokenMint, TokenOverrides } from './token-mint.ts';

/** What the endpoints of one stand-in share. */
export interface IdentityContext {
  readonly people: readonly StandinPerson[];
  readonly apps: readonly AppRegistration[];
  readonly tenants: ReadonlySet<string>;
  readonly grants: GrantStore;
  readonly mint: TokenMint;
  readonly faults: FaultBoard;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Lifetime of access tokens issued from now on, in seconds. */
  readonly accessTokenLifetimeSeconds: () => number;
  /** How people's access tokens issued from now on differ from right ones. */
  readonly tokenOverrides: () => TokenOverrides;
  /** `https://localhost:PORT`: discovery, keys, tokens. */
  readonly origin: () => string;
  /** `http://localhost:PORT`: the pages. */
  readonly pageOrigin: () => string;
}
