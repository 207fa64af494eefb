import { randomBytes, randomUUID } from 'node:crypto';

import type { StandinPerson } from '../people.ts';
import { describeRefusal, refuse } from './aadsts.ts';
import type { AnswerStamp, Refusal } from './aadsts.ts';
import { adminConsentPage } from './admin-consent-page.ts';
import type { AppRegistration } from './app-registration.ts';
import { readClient } from './authorize-request.ts';
import { describeWants } from './consent-wants.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { IdentityContext } from './identity-context.ts';
import { accountsPage, errorFacts, errorPage } from './pages.ts';
import type { FormFrame, Page } from './pages.ts';
import { readScopes } from './scopes.ts';
import type { RequestedScopes } from './scopes.ts';

/** An approval that a browser is in the middle of. */
interface Flow {
  readonly id: string;
  readonly tenant: string;
  readonly app: AppRegistration;
  readonly redirectUri: string;
  readonly scopes: RequestedScopes;
  readonly state: string | null;
  /** Which administrator signed in; null before. */
  person: StandinPerson | null;
}

/**
 * The pages on which an administrator approves an app for a whole tenant; the answer goes to the redirect address as
 * Microsoft's does (https://learn.microsoft.com/entra/identity-platform/v2-admin-consent).
 */
export class AdminConsentFlow {
  readonly #context: IdentityContext;
  readonly #flows = new Map<string, Flow>();

  constructor(context: IdentityContext) {
    this.#context = context;
  }

  /** Serves `GET /{tenant}/v2.0/adminconsent`. */
  open(exchange: HttpExchange, tenant: string): void {
    const query = exchange.url.searchParams;
    exchange.note({ clientId: query.get('client_id'), scope: query.get('scope') });
    const { apps, people, tenants: knownTenants } = this.#context;
    const client = readClient(query, { tenant, apps, knownTenants });
    if ('kind' in client) {
      this.#sendError(exchange, client, null);
      return;
    }
    const scopes = readScopes(query.get('scope') ?? '');
    if (scopes.kind === 'refusal') {
      this.#sendError(exchange, scopes, null);
      return;
    }
    if (tenant === 'common' || tenant === 'consumers') {
      this.#sendError(exchange, refuse(90002, { text: `Nobody administers the tenant '${tenant}'.` }), null);
      return;
    }
    const flow = { id: randomUUID(), tenant, ...client, scopes, state: query.get('state'), person: null };
    this.#flows.set(flow.id, flow);
    this.#send(exchange, accountsPage(this.#frame(flow), people, null));
  }

  /** Serves `POST /admin-consent/{flow}`. */
  async proceed(exchange: HttpExchange, flowId: string): Promise<void> {
    const form = await exchange.readForm();
    const flow = this.#flows.get(flowId);
    if (flow === undefined || form === null) {
      this.#sendError(exchange, refuse(50089), null);
      return;
    }
    const account = form.get('account');
    const consent = form.get('consent');
    if (account !== null) this.#choose(exchange, flow, account);
    else if (consent !== null && flow.person !== null) this.#decide(exchange, flow, flow.person, consent === 'accept');
    else this.#send(exchange, accountsPage(this.#frame(flow), this.#context.people, null));
  }

  #choose(exchange: HttpExchange, flow: Flow, address: string): void {
    const person = this.#context.people.find((candidate) => candidate.address === address);
    const isAtHome = person !== undefined && ['organizations', person.tid, domainOf(person)].includes(flow.tenant);
    if (!isAtHome) {
      this.#sendError(exchange, refuse(50020), flow);
      return;
    }
    exchange.note({ address });
    if (person.role !== 'administrator') {
      this.#sendError(exchange, refuse(90094), flow);
      return;
    }
    flow.person = person;
    const wants = describeWants(flow.scopes);
    this.#send(exchange, adminConsentPage(this.#frame(flow), person, wants, new URL(flow.redirectUri).origin));
  }

  #decide(exchange: HttpExchange, flow: Flow, person: StandinPerson, accepted: boolean): void {
    const { app, scopes, state } = flow;
    this.#flows.delete(flow.id);
    const location = new URL(flow.redirectUri);
    location.searchParams.set('admin_consent', 'True');
    if (accepted) {
      this.#context.grants.recordApproval(app, person.tid, scopes);
      location.searchParams.set('tenant', person.tid);
      location.searchParams.set('scope', scopes.names.map((name) => `${scopes.resource}/${name}`).join(' '));
    } else {
      location.searchParams.set('error', 'consent_required');
      location.searchParams.set('error_description', describeRefusal(refuse(65004), this.#stamp(exchange)));
    }
    if (state !== null) location.searchParams.set('state', state);
    exchange.redirect(location.href, accepted ? null : 65004);
  }

  #sendError(exchange: HttpExchange, refusal: Refusal, flow: Flow | null): void {
    const { traceId, correlationId, timestamp } = this.#stamp(exchange);
    const facts = errorFacts(`AADSTS${refusal.aadsts}: ${refusal.text}`, [
      ['Request Id', traceId],
      ['Correlation Id', correlationId],
      ['Timestamp', timestamp],
    ]);
    const frame = { appName: flow?.app.name ?? 'the app', nonce: randomBytes(16).toString('base64url') };
    this.#send(exchange, errorPage(frame, facts, flow === null ? null : pathOf(flow)), 400, refusal.aadsts);
  }

  #send(exchange: HttpExchange, page: Page, status = 200, aadsts: number | null = null): void {
    exchange.sendPage(status, page.html, page.policy, aadsts);
  }

  #frame(flow: Flow): FormFrame {
    return { appName: flow.app.name, nonce: randomBytes(16).toString('base64url'), action: pathOf(flow) };
  }

  #stamp(exchange: HttpExchange): AnswerStamp {
    return exchange.stamp(new URLSearchParams(), this.#context.now());
  }
}

function pathOf({ id }: Flow): string {
  return `/admin-consent/${id}`;
}

function domainOf({ address }: StandinPerson): string {
  return address.slice(address.indexOf('@') + 1);
}
