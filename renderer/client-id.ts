/** Why a client id can't be used; the words are `window.clientIdProblem.<problem>`. */
export type ClientIdProblem = 'empty' | 'not-a-guid' | 'looks-like-secret' | 'zero';

/** Why a tenant can't be used; the words are `window.tenantProblem.<problem>`. */
export type TenantProblem = 'not-a-tenant' | 'same-as-client-id';

/** What a person typed, ready to send, or what is wrong with each field. */
export type RegistrationInput =
  | { readonly ok: true; readonly clientId: string; readonly tenant: string | null }
  | { readonly ok: false; readonly clientId: ClientIdProblem | null; readonly tenant: TenantProblem | null };

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const zeroGuid = '00000000-0000-0000-0000-000000000000';
// Labels as in RFC 1035 section 2.3.1, at least two of them, 253 characters at most.
const domain = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const sharedTenants: readonly string[] = ['common', 'organizations', 'consumers'];
// Entra's secrets have 37 to 40 characters, a tilde among them; an id has neither.
const secret = /^(?=.*[~_.])[\w~.-]{30,60}$/;

/** Checks the two fields. Blanks, capitals and the braces of a Windows-style GUID are forgiven. */
export function checkRegistration(clientIdText: string, tenantText: string): RegistrationInput {
  const clientId = tidy(clientIdText);
  const tenant = tidy(tenantText);
  const clientIdProblem = findClientIdProblem(clientId);
  const tenantProblem = findTenantProblem(tenant, clientId);
  if (clientIdProblem !== null || tenantProblem !== null) {
    return { ok: false, clientId: clientIdProblem, tenant: tenantProblem };
  }
  return { ok: true, clientId, tenant: tenant === '' ? null : tenant };
}

function tidy(text: string): string {
  return text
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();
}

function findClientIdProblem(clientId: string): ClientIdProblem | null {
  if (clientId === '') {
    return 'empty';
  }
  if (clientId === zeroGuid) {
    return 'zero';
  }
  if (guid.test(clientId)) {
    return null;
  }
  return secret.test(clientId) ? 'looks-like-secret' : 'not-a-guid';
}

function findTenantProblem(tenant: string, clientId: string): TenantProblem | null {
  if (tenant === '' || sharedTenants.includes(tenant) || domain.test(tenant)) {
    return null;
  }
  if (!guid.test(tenant) || tenant === zeroGuid) {
    return 'not-a-tenant';
  }
  return tenant === clientId ? 'same-as-client-id' : null;
}
