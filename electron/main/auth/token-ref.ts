import type { DeploymentProfile } from '../../shared/profile.ts';
import type { AccountKey } from './auth-types.ts';

/** Where an account's tokens are kept: a keyring item for each app registration, in it a partition an account. */
export interface TokenRef {
  readonly item: string;
  readonly partition: string;
}

/**
 * The keyring item of an app registration at an identity provider, from its client id and the authority's host:
 * lower-case letters, digits, `.`, `-` and `_`, fit for a file name.
 */
export function tokenItemName(profile: Pick<DeploymentProfile, 'clientId' | 'authority'>): string {
  const { host } = new URL(profile.authority);
  return `${host}_${profile.clientId ?? 'none'}`.toLowerCase().replaceAll(/[^a-z0-9.-]/gu, '_');
}

/**
 * Whether a keyring item of the service `Tidings` is one of ours by its name: one of {@link tokenItemName}, or a damaged
 * one that was set aside. Another program may have the same idea for a service's name.
 */
export function isTokenItemName(name: string): boolean {
  return /^[a-z0-9.-]+_[a-z0-9._-]+$/u.test(name);
}

/** The same person may be added by way of two tenants: those are two accounts with tokens of their own. */
export function tokenRef({ profile, homeAccountId }: AccountKey): TokenRef {
  const tenant = new URL(profile.authority).pathname.replaceAll('/', '').toLowerCase();
  return { item: tokenItemName(profile), partition: `${tenant}/${homeAccountId}` };
}
