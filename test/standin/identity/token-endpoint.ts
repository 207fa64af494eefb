import { createHash } from 'node:crypto';

import { refusalBody, refusalStatus, refuse } from './aadsts.ts';
import type { Refusal } from './aadsts.ts';
import type { AppRegistration } from './app-registration.ts';
import { applyEndpointFault } from './endpoint-fault.ts';
import type { CodeGrant, Grant } from './grant-store.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { IdentityContext } from './identity-context.ts';
import { isCovered, readAppScope, readScopes } from './scopes.ts';
import type { RequestedScopes } from './scopes.ts';

/** A successful answer's body. */
interface TokenAnswer {
  readonly kind: 'tokens';
  readonly body: Record<string, unknown>;
}

/** Serves `POST /{tenant}/oauth2/v2.0/token`. */
export async function serveTokenRequest(
  exchange: HttpExchange,
  tenant: string,
  context: IdentityContext,
): Promise<void> {
  const form = (await exchange.readForm()) ?? new URLSearchParams();
  const grantType = form.get('grant_type');
  exchange.note({ grant: grantType, clientId: form.get('client_id'), scope: form.get('scope') });
  const claimed = lookUpGrant(form, context);
  const address = claimed?.kind === 'grant' ? claimed.person.address : null;
  if (address !== null) exchange.note({ address });

  const stamp = exchange.stamp(form, context.now());
  const taken = context.faults.takeEndpointFault('token', { grant: grantType, address });
  if (taken !== null) {
    applyEndpointFault(exchange, taken, stamp, context.origin());
    return;
  }
  const answer = await answerTokenRequest(form, tenant, context);
  if (answer.kind === 'refusal') {
    exchange.sendJson(refusalStatus(answer), refusalBody(answer, stamp, context.origin()), answer.aadsts);
  } else {
    exchange.sendJson(200, answer.body, null, { Pragma: 'no-cache' });
  }
}

/** Whose refresh token it is, so that a fault can be for one person; looking doesn't use it up. */
function lookUpGrant(form: URLSearchParams, context: IdentityContext): Grant | Refusal | null {
  const refreshToken = form.get('refresh_token');
  if (refreshToken !== null) return context.grants.findRefreshToken(refreshToken);
  const code = form.get('code');
  return code === null ? null : context.grants.findCode(code);
}

async function answerTokenRequest(
  form: URLSearchParams,
  tenant: string,
  context: IdentityContext,
): Promise<TokenAnswer | Refusal> {
  if (!context.tenants.has(tenant)) return refuse(90002, { text: `The tenant '${tenant}' was not found.` });
  const clientId = form.get('client_id');
  if (clientId === null) return refuse(900144, { text: "The request must contain the parameter 'client_id'." });
  const app = context.apps.find((candidate) => candidate.clientId === clientId);
  if (app === undefined) {
    return refuse(700016, {
      text: `The application with the identifier '${clientId}' was not found in the directory.`,
    });
  }
  const unproven = checkClient(app, form);
  if (unproven !== null) return unproven;
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeemCode(form, app, context);
    case 'refresh_token':
      return redeemRefreshToken(form, app, context);
    case 'client_credentials':
      return answerApp(form, app, tenant, context);
    case null:
      return refuse(900144, { text: "The request must contain the parameter 'grant_type'." });
    default:
      return refuse(70003);
  }
}

function checkClient(app: AppRegistration, form: URLSearchParams): Refusal | null {
  const secret = form.get('client_secret') ?? form.get('client_assertion');
  if (app.publicClient) return secret === null ? null : refuse(700025);
  if (secret === null) return refuse(7000218);
  return secret === app.secret ? null : refuse(7000215);
}

async function redeemCode(form: URLSearchParams, app: AppRegistration, context: IdentityContext) {
  const grant = context.grants.redeemCode(form.get('code') ?? '');
  if (grant.kind === 'refusal') return grant;
  const mismatch = checkCode(grant, app, form);
  if (mismatch !== null) return mismatch;
  return answerPerson(grant, grant.scopes, grant.nonce, form, context);
}

function checkCode(grant: CodeGrant, app: AppRegistration, form: URLSearchParams): Refusal | null {
  if (grant.app.clientId !== app.clientId) return refuse(9002313, { error: 'invalid_grant' });
  if (grant.redirectUri !== form.get('redirect_uri')) return refuse(500112);
  const verifier = form.get('code_verifier') ?? '';
  // RFC 7636 section 4.6.
  const challenge = createHash('sha256').update(verifier, 'ascii').digest('base64url');
  return challenge === grant.codeChallenge ? null : refuse(501481);
}

async function redeemRefreshToken(form: URLSearchParams, app: AppRegistration, context: IdentityContext) {
  const token = form.get('refresh_token') ?? '';
  const grant = context.grants.findRefreshToken(token);
  if (grant.kind === 'refusal') return grant;
  if (grant.app.clientId !== app.clientId) return refuse(9002313, { error: 'invalid_grant' });
  const wanted = form.has('scope') ? readScopes(form.get('scope') ?? '') : grant.scopes;
  if (wanted.kind === 'refusal') return wanted;
  if (!isCovered(wanted, grant.scopes)) return refuse(65001, { suberror: 'consent_required' });
  context.grants.useUp(token);
  return answerPerson(grant, wanted, null, form, context);
}

async function answerPerson(
  grant: Grant,
  scopes: RequestedScopes,
  nonce: string | null,
  form: URLSearchParams,
  context: IdentityContext,
): Promise<TokenAnswer> {
  const { person, app } = grant;
  const lifetimeSeconds = context.accessTokenLifetimeSeconds();
  const accessToken = await context.mint.accessToken({
    person,
    app,
    resource: scopes.resource,
    scopeNames: scopes.names,
    lifetimeSeconds,
    overrides: context.tokenOverrides(),
  });
  const identity = new Set(grant.scopes.identity);
  const wanted = scopes.identity.filter((scope) => identity.has(scope));
  return {
    kind: 'tokens',
    body: {
      token_type: 'Bearer',
      scope:
        scopes.names.length > 0 ? scopes.names.map((name) => `${scopes.resource}/${name}`).join(' ') : wanted.join(' '),
      expires_in: lifetimeSeconds,
      ext_expires_in: lifetimeSeconds,
      // As with Microsoft's tokens that live for long.
      refresh_in: Math.floor(lifetimeSeconds / 2),
      access_token: accessToken,
      ...(identity.has('offline_access') ? { refresh_token: context.grants.issueRefreshToken(grant) } : {}),
      ...(wanted.includes('openid')
        ? { id_token: await context.mint.idToken({ person, app, identityScopes: wanted, nonce }) }
        : {}),
      ...(form.get('client_info') === '1' ? { client_info: clientInfo(person.oid, person.tid) } : {}),
    },
  };
}

async function answerApp(
  form: URLSearchParams,
  app: AppRegistration,
  tenant: string,
  context: IdentityContext,
): Promise<TokenAnswer | Refusal> {
  // A public client can't prove that it is the app (RFC 6749 section 4.4).
  if (app.publicClient) return refuse(7000218);
  const owner = context.people.find((person) => person.kind === 'work' && person.tid === tenant);
  if (owner === undefined) return refuse(50059);
  const scope = readAppScope(form.get('scope') ?? '');
  if (scope.kind === 'refusal') return scope;
  const lifetimeSeconds = context.accessTokenLifetimeSeconds();
  const accessToken = await context.mint.appOnlyToken(app, scope.resource, tenant, lifetimeSeconds);
  const body = {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: accessToken,
  };
  return { kind: 'tokens', body };
}

/** MSAL makes its `homeAccountId` of this. */
function clientInfo(uid: string, utid: string): string {
  return Buffer.from(JSON.stringify({ uid, utid })).toString('base64url');
}
