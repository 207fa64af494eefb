import type { LoopbackHandler } from '../loopback-server.ts';
import { refusalBody, refusalStatus, refuse } from './aadsts.ts';
import { discoveryDocument } from './discovery.ts';
import { applyEndpointFault } from './endpoint-fault.ts';
import { HttpExchange } from './http-exchange.ts';
import type { IdentityContext } from './identity-context.ts';
import type { RequestLog, StandinEndpoint } from './request-log.ts';
import { AdminConsentFlow } from './admin-consent-flow.ts';
import { SignInFlow } from './sign-in-flow.ts';
import { serveTokenRequest } from './token-endpoint.ts';

/** The HTTPS side: discovery, keys and tokens. */
export function handlePrograms(context: IdentityContext, log: RequestLog): LoopbackHandler {
  return logged(log, programEndpoint, (exchange) => serveProgram(exchange, context));
}

/** The plain HTTP side: the pages that a person sees. */
export function handlePages(context: IdentityContext, log: RequestLog): LoopbackHandler {
  const flow = new SignInFlow(context);
  const adminConsent = new AdminConsentFlow(context);
  return logged(log, pageEndpoint, (exchange) => servePage(exchange, flow, adminConsent));
}

const AUTHORIZE = /^\/([^/]+)\/oauth2\/v2\.0\/authorize$/;
const TOKEN = /^\/([^/]+)\/oauth2\/v2\.0\/token$/;
const DISCOVERY = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/;
const KEYS = /^\/([^/]+)\/discovery\/v2\.0\/keys$/;
const ADMIN_CONSENT = /^\/([^/]+)\/v2\.0\/adminconsent$/;
const ADMIN_CONSENT_FORM = /^\/admin-consent\/([^/]+)$/;
const SIGN_IN = /^\/sign-in\/([^/]+)$/;

function programEndpoint(path: string): StandinEndpoint {
  if (TOKEN.test(path)) return 'token';
  if (DISCOVERY.test(path)) return 'discovery';
  return KEYS.test(path) ? 'keys' : 'other';
}

function pageEndpoint(path: string): StandinEndpoint {
  if (AUTHORIZE.test(path)) return 'authorize';
  return SIGN_IN.test(path) ? 'sign-in' : 'other';
}

async function serveProgram(exchange: HttpExchange, context: IdentityContext): Promise<void> {
  const { method } = exchange.request;
  const { pathname, searchParams } = exchange.url;
  const [, tokenTenant] = TOKEN.exec(pathname) ?? [];
  if (tokenTenant !== undefined && method === 'POST') {
    await serveTokenRequest(exchange, tokenTenant, context);
    return;
  }
  if (ADMIN_CONSENT.test(pathname) && method === 'GET') {
    // Microsoft's link is on the authority's host; the stand-in has its pages on another port.
    exchange.redirect(`${context.pageOrigin()}${exchange.url.pathname}${exchange.url.search}`);
    return;
  }
  const [, discoveryTenant] = DISCOVERY.exec(pathname) ?? [];
  const [, keysTenant] = KEYS.exec(pathname) ?? [];
  const tenant = discoveryTenant ?? keysTenant;
  if (tenant === undefined || method !== 'GET') {
    exchange.sendJson(404, { error: 'not_found' });
    return;
  }
  const stamp = exchange.stamp(searchParams, context.now());
  const taken = context.faults.takeEndpointFault(discoveryTenant === undefined ? 'keys' : 'discovery', {});
  if (taken !== null) {
    applyEndpointFault(exchange, taken, stamp, context.origin());
  } else if (!context.tenants.has(tenant)) {
    const refusal = refuse(90002, { text: `The tenant '${tenant}' was not found.` });
    exchange.sendJson(refusalStatus(refusal), refusalBody(refusal, stamp, context.origin()), refusal.aadsts);
  } else if (discoveryTenant === undefined) {
    exchange.sendJson(200, context.mint.jwks);
  } else {
    exchange.sendJson(200, discoveryDocument(tenant, context.origin(), context.pageOrigin()));
  }
}

async function servePage(exchange: HttpExchange, flow: SignInFlow, adminConsent: AdminConsentFlow): Promise<void> {
  const { method } = exchange.request;
  const { pathname } = exchange.url;
  const [, tenant] = AUTHORIZE.exec(pathname) ?? [];
  const [, flowId] = SIGN_IN.exec(pathname) ?? [];
  const [, consentTenant] = ADMIN_CONSENT.exec(pathname) ?? [];
  const [, consentFlowId] = ADMIN_CONSENT_FORM.exec(pathname) ?? [];
  if (tenant !== undefined && method === 'GET') flow.open(exchange, tenant);
  else if (flowId !== undefined && method === 'POST') await flow.proceed(exchange, flowId);
  else if (consentTenant !== undefined && method === 'GET') adminConsent.open(exchange, consentTenant);
  else if (consentFlowId !== undefined && method === 'POST') await adminConsent.proceed(exchange, consentFlowId);
  else exchange.sendJson(404, { error: 'not_found' });
}

/** Makes a listener's handler that logs, and that answers for the stand-in's own failures too. */
function logged(
  log: RequestLog,
  endpointOf: (path: string) => StandinEndpoint,
  serve: (exchange: HttpExchange) => Promise<void>,
): LoopbackHandler {
  return (request, response, reset) => {
    const target = request.url ?? '/';
    const url = URL.canParse(target, 'http://localhost')
      ? new URL(target, 'http://localhost')
      : new URL('http://localhost');
    const path = url.pathname;
    const id = log.begin({ endpoint: endpointOf(path), method: request.method ?? '', path });
    const exchange = new HttpExchange({
      request,
      response,
      url,
      reset,
      note: (facts) => {
        log.note(id, facts);
      },
    });
    serve(exchange).catch((reason: unknown) => {
      exchange.crash(reason);
    });
  };
}
