import type { StandinPerson } from '../people.ts';
import { refuse } from './aadsts.ts';
import type { Refusal } from './aadsts.ts';

/** An app as its developer registered it. */
export interface AppRegistration {
  readonly clientId: string;
  /** Shown on the pages. */
  readonly name: string;
  /** "Allow public client flows" is on: no secret needed or allowed. */
  readonly publicClient: boolean;
  /** Registered under "Mobile and desktop applications". */
  readonly redirectUris: readonly string[];
  /** Which kinds of account may sign in. */
  readonly accounts: 'any' | 'work' | 'personal';
  /** A confidential client's secret; null for none. */
  readonly secret: string | null;
  /** The `oid` of the app's own service principal, in app-only tokens. */
  readonly servicePrincipalId: string;
}

/** The app that demo and tests sign in to. */
export const demoApp: AppRegistration = {
  clientId: '6d9c2f64-51aa-4c0e-9a5e-0d4f6c7b8a10',
  name: 'Tidings',
  publicClient: true,
  redirectUris: ['http://localhost'],
  accounts: 'any',
  secret: null,
  servicePrincipalId: 'f2a1b0c9-3c64-4b5e-8b3a-4c2d1e0f9a10',
};

/** A server's app with a secret, for the case that a person holds an app-only token. */
export const daemonApp: AppRegistration = {
  clientId: '0b7e4a3c-92d5-4f18-8e6b-71c3a5d9e211',
  name: 'Mail archiver (a server)',
  publicClient: false,
  redirectUris: [],
  accounts: 'work',
  secret: 'stand-in-only',
  servicePrincipalId: '8c5d6e7f-1a2b-4c3d-9e0f-5a6b7c8d9e11',
};

/**
 * Whether a redirect URI is one of the registered. For `http://localhost` any port will do, and the path must
 * match (https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions).
 */
export function acceptsRedirect(app: AppRegistration, redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const asked = new URL(redirectUri);
  if (asked.username !== '' || asked.password !== '' || asked.hash !== '' || asked.search !== '') return false;
  return app.redirectUris.some((uri) => {
    const registered = new URL(uri);
    const portIgnored = registered.protocol === 'http:' && registered.hostname === 'localhost';
    return (
      asked.protocol === registered.protocol &&
      asked.hostname === registered.hostname &&
      asked.pathname === registered.pathname &&
      (portIgnored || asked.port === registered.port)
    );
  });
}

/** Whether a person may sign in to the app at `tenant` (a path segment of the authority). */
export function checkAccount(app: AppRegistration, tenant: string, person: StandinPerson): Refusal | null {
  if (app.accounts !== 'any' && app.accounts !== person.kind) return refuse(500208);
  if (tenant === 'common') return null;
  if (tenant === 'organizations') return person.kind === 'work' ? null : refuse(500208);
  if (tenant === 'consumers') return person.kind === 'personal' ? null : refuse(500208);
  return tenantNames(person).includes(tenant) ? null : refuse(50020);
}

/** The tenants that the stand-in has: the three common ones, and its people's by id and by domain. */
export function knownTenants(people: readonly StandinPerson[]): ReadonlySet<string> {
  return new Set(['common', 'organizations', 'consumers', ...people.flatMap(tenantNames)]);
}

function tenantNames(person: StandinPerson): readonly string[] {
  const domain = person.address.slice(person.address.indexOf('@') + 1);
  return person.kind === 'work' ? [person.tid, domain] : [person.tid];
}
