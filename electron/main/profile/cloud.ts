import type { DeploymentProfile } from '../../shared/profile.ts';

/** Microsoft's clouds, each with sign-in pages, portals and mail servers of its own. */
export type Cloud = 'public' | 'us-government' | 'china';

/**
 * By the authority's host (https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud); the
 * second of China's is its older name.
 */
const nationalHosts: ReadonlyMap<string, Cloud> = new Map([
  ['login.microsoftonline.us', 'us-government'],
  ['login.partner.microsoftonline.cn', 'china'],
  ['login.chinacloudapi.cn', 'china'],
]);

/** The public cloud's other names of the same provider (MSAL's table of authorities in StaticCacheEntries). */
const publicHosts: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
]);

/** Whether two authorities are the same provider's: a person has one account there, by whatever name it is called. */
export function isSameProvider(one: Pick<DeploymentProfile, 'authority'>, other: typeof one): boolean {
  return providerOf(one) === providerOf(other);
}

function providerOf({ authority }: Pick<DeploymentProfile, 'authority'>): string {
  const { host } = new URL(authority);
  return nationalHosts.get(host) ?? (publicHosts.has(host) ? 'public' : host);
}

/** The cloud of a profile's authority. Whatever is no national cloud's counts as the public one. */
export function cloudOf({ authority }: Pick<DeploymentProfile, 'authority'>): Cloud {
  return nationalHosts.get(new URL(authority).host) ?? 'public';
}
