import { refuse } from './aadsts.ts';
import type { Refusal } from './aadsts.ts';
import { acceptsRedirect } from './app-registration.ts';
import type { AppRegistration } from './app-registration.ts';
import { readScopes } from './scopes.ts';
import type { RequestedScopes } from './scopes.ts';

/** A valid request to the authorize endpoint. */
export interface AuthorizeRequest {
  readonly kind: 'authorize-request';
  readonly tenant: string;
  readonly app: AppRegistration;
  readonly redirectUri: string;
  readonly responseMode: 'form_post' | 'query';
  readonly scopes: RequestedScopes;
  /** PKCE, always S256 (RFC 7636). */
  readonly codeChallenge: string;
  readonly state: string | null;
  readonly nonce: string | null;
  readonly loginHint: string | null;
  readonly prompt: 'select_account' | 'login' | 'consent' | 'none' | null;
  readonly correlationId: string | null;
}

/** What the parameters are checked against. */
export interface AuthorizeContext {
  readonly tenant: string;
  readonly knownTenants: ReadonlySet<string>;
  readonly apps: readonly AppRegistration[];
}

const prompts = ['select_account', 'login', 'consent', 'none'] as const;

/** Reads an authorize request's parameters. Every refusal here stays on the page, as at Microsoft's. */
export function readAuthorizeRequest(query: URLSearchParams, context: AuthorizeContext): AuthorizeRequest | Refusal {
  const client = readClient(query, context);
  if ('kind' in client) return client;
  const protocol = readProtocol(query);
  if ('kind' in protocol) return protocol;
  const scopes = readScopes(query.get('scope') ?? '');
  if (scopes.kind === 'refusal') return scopes;
  return {
    kind: 'authorize-request',
    tenant: context.tenant,
    ...client,
    ...protocol,
    scopes,
    state: query.get('state'),
    nonce: query.get('nonce'),
    loginHint: query.get('login_hint'),
    correlationId: query.get('client-request-id'),
  };
}

/** The app and where it is answered, or why a page says no to it. */
export function readClient(
  query: URLSearchParams,
  context: AuthorizeContext,
): Pick<AuthorizeRequest, 'app' | 'redirectUri'> | Refusal {
  if (!context.knownTenants.has(context.tenant)) {
    return refuse(90002, { text: `The tenant '${context.tenant}' was not found.` });
  }
  const clientId = query.get('client_id');
  if (clientId === null) return missing('client_id');
  const app = context.apps.find((candidate) => candidate.clientId === clientId);
  if (app === undefined) {
    return refuse(700016, {
      text: `The application with the identifier '${clientId}' was not found in the directory.`,
    });
  }
  // Only one half of the accounts can sign in at such an endpoint; the other half is looked at per account.
  if (context.tenant === 'consumers' && app.accounts === 'work') return refuse(9002332);
  const redirectUri = query.get('redirect_uri');
  if (redirectUri === null) return refuse(900971);
  if (!acceptsRedirect(app, redirectUri)) {
    return refuse(50011, {
      text: `The redirect URI '${redirectUri}' is not registered for the application '${clientId}'.`,
    });
  }
  return { app, redirectUri };
}

function readProtocol(
  query: URLSearchParams,
): Pick<AuthorizeRequest, 'responseMode' | 'codeChallenge' | 'prompt'> | Refusal {
  const responseType = query.get('response_type');
  if (responseType === null) return missing('response_type');
  if (responseType.split(' ').includes('id_token')) return refuse(700054);
  if (responseType !== 'code') return refuse(70005);
  const responseMode = query.get('response_mode') ?? 'query';
  if (responseMode !== 'form_post' && responseMode !== 'query') {
    return refuse(9002313, { text: `The response mode '${responseMode}' is not supported.` });
  }
  const codeChallenge = query.get('code_challenge');
  if (codeChallenge === null) return refuse(9002325);
  const method = query.get('code_challenge_method');
  if (method !== 'S256' || !/^[\w-]{43}$/.test(codeChallenge)) return refuse(50147);
  const asked = query.get('prompt');
  const prompt = asked === null ? null : prompts.find((known) => known === asked);
  if (prompt === undefined) return refuse(9002313, { text: `The prompt '${asked}' is not supported.` });
  return { responseMode, codeChallenge, prompt };
}

function missing(parameter: string): Refusal {
  return refuse(900144, { text: `The request must contain the parameter '${parameter}'.` });
}
