import { refuse } from './aadsts.ts';
import type { Refusal } from './aadsts.ts';

const OIDC_SCOPES: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);
const OUTLOOK_SCOPES: ReadonlySet<string> = new Set(['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send']);

/** The resources that the mail scopes exist on. */
export const OUTLOOK_RESOURCES: readonly string[] = ['https://outlook.office.com', 'https://outlook.office365.com'];

/** The resource of a token that was asked for with identity scopes alone: Microsoft Graph. */
export const GRAPH_RESOURCE = 'https://graph.microsoft.com';

/** What a valid `scope` parameter asks for. */
export interface RequestedScopes {
  readonly kind: 'scopes';
  /** The audience of the access token. */
  readonly resource: string;
  /** Short names of the resource's scopes, e.g. `IMAP.AccessAsUser.All`: the `scp` claim. */
  readonly names: readonly string[];
  /** The identity scopes among them, `offline_access` included. */
  readonly identity: readonly string[];
}

/**
 * Reads a `scope` parameter of a delegated request: explicit scopes of at most one resource. `.default` is refused,
 * as it is where it stands beside explicit or identity scopes of a personal account.
 */
export function readScopes(parameter: string): RequestedScopes | Refusal {
  const all = parameter.split(' ').filter((scope) => scope !== '');
  if (all.length === 0) return refuse(900144, { text: "The request must contain the parameter 'scope'." });
  const identity = all.filter((scope) => OIDC_SCOPES.has(scope));
  const others = all.filter((scope) => !OIDC_SCOPES.has(scope));
  const resources = new Set(others.map(resourceOf));
  if (resources.size > 1) return refuse(700022);
  const [resource] = resources;
  if (resource === undefined) return { kind: 'scopes', resource: GRAPH_RESOURCE, names: [], identity };
  const names = others.map((scope) => scope.slice(resource.length + 1));
  if (names.includes('.default')) return refuse(70011, { text: `The scope '${resource}/.default' is not valid here.` });
  if (!OUTLOOK_RESOURCES.includes(resource)) {
    return refuse(500011, { text: `The resource principal named '${resource}' was not found in the tenant.` });
  }
  const unknown = names.find((name) => !OUTLOOK_SCOPES.has(name));
  if (unknown !== undefined) {
    return refuse(650053, {
      text: `The application asked for scope '${unknown}' that does not exist on '${resource}'.`,
    });
  }
  return { kind: 'scopes', resource, names, identity };
}

/** Reads the `scope` of a client credentials request: exactly one `<resource>/.default`. */
export function readAppScope(parameter: string): { readonly kind: 'app-scope'; readonly resource: string } | Refusal {
  if (!parameter.endsWith('/.default')) return refuse(1002012);
  const resource = parameter.slice(0, -'/.default'.length);
  return OUTLOOK_RESOURCES.includes(resource) ? { kind: 'app-scope', resource } : refuse(500011);
}

/** Whether every scope of `wanted` was granted before. */
export function isCovered(wanted: RequestedScopes, granted: RequestedScopes): boolean {
  if (wanted.names.length === 0) return true;
  return wanted.resource === granted.resource && wanted.names.every((name) => granted.names.includes(name));
}

function resourceOf(scope: string): string {
  const slash = scope.lastIndexOf('/');
  return slash <= 0 ? GRAPH_RESOURCE : scope.slice(0, slash);
}
