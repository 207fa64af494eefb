import type { AccountKind } from '../../shared/snapshot.ts';

/**
 * The tenant of every personal account. Source: Microsoft's documentation of the `tid` claim
 * (https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
 */
const consumersTenant = '9188040d-6c67-4c5b-b112-36a304b66dad';

const withTenant = /\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

/** What MSAL's `homeAccountId` says of an account: `oid.tid` at Microsoft, the bare `sub` at a provider without tenants. */
export function accountKindOf(homeAccountId: string): AccountKind {
  const tenant = withTenant.exec(homeAccountId.toLowerCase())?.[1];
  if (tenant === undefined) return 'unknown';
  return tenant === consumersTenant ? 'personal' : 'work';
}
