import type { DeploymentProfile } from '../../shared/profile.ts';
import type { ApprovalSnapshot } from '../../shared/snapshot.ts';
import { signInScopes } from '../auth/msal-client.ts';
import { type Cloud, cloudOf } from '../profile/cloud.ts';

/** The names in authorities that stand for no tenant of its own. */
const commonTenants: ReadonlySet<string> = new Set(['common', 'organizations', 'consumers']);

/**
 * The tenant to ask for: the profile's own, for an app that is known in no other; else the person's; else
 * `organizations`. Never `common`, where a personal account could answer, which can't approve anything.
 */
export function approvalTenant({ authority }: Pick<DeploymentProfile, 'authority'>, tenant: string | null): string {
  const own = new URL(authority).pathname.slice(1);
  return commonTenants.has(own) ? (tenant ?? 'organizations') : own;
}

/**
 * The page on which an administrator approves the app for a tenant: on the profile's own cloud, for the scopes that a
 * sign-in asks for, with the redirect address that is registered. `state` comes back in the answer.
 * https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 */
export function approvalLink(
  profile: DeploymentProfile & { readonly clientId: string },
  tenant: string,
  state: string,
  redirectUri = 'http://localhost',
): string {
  const query = {
    client_id: profile.clientId,
    scope: signInScopes(profile.resource).join(' '),
    redirect_uri: redirectUri,
    state,
  };
  const encoded = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${new URL(profile.authority).origin}/${tenant}/v2.0/adminconsent?${encoded.join('&')}`;
}

const environments: Readonly<Record<Cloud, ApprovalSnapshot['graphEnvironment']>> = {
  public: null,
  'us-government': 'USGov',
  china: 'China',
};

/**
 * What Microsoft Graph PowerShell calls the profile's cloud; null for the public one. The Department of Defense signs in
 * where US Government does, and has mail servers of its own.
 * https://learn.microsoft.com/powershell/microsoftgraph/authentication-commands#use-connect-mggraph-with-national-clouds
 */
export function graphEnvironmentOf(
  profile: Pick<DeploymentProfile, 'authority' | 'resource'>,
): ApprovalSnapshot['graphEnvironment'] {
  const cloud = cloudOf(profile);
  const isDefense = cloud === 'us-government' && new URL(profile.resource).hostname === 'outlook-dod.office365.us';
  return isDefense ? 'USGovDoD' : environments[cloud];
}
