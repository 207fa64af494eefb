import { randomBytes, randomUUID } from 'node:crypto';

import type { StandinPerson } from '../people.ts';
import { describeRefusal, refuse } from './aadsts.ts';
import type { AnswerStamp, Refusal } from './aadsts.ts';
import { checkAccount } from './app-registration.ts';
import { readAuthorizeRequest } from './authorize-request.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { describeWants } from './consent-wants.ts';
import type { PageFault } from './faults.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { IdentityContext } from './identity-context.ts';
import {
  accountsPage,
  approvalPage,
  consentPage,
  errorFacts,
  errorPage,
  otherAccountPage,
  returnPage,
} from './pages.ts';
import type { FormFrame, Page, PageFrame } from './pages.ts';
import { isCovered } from './scopes.ts';
import { loginHintOf } from './token-mint.ts';

/** A sign-in that a browser is in the middle of. */
interface Flow {
  readonly id: string;
  readonly request: AuthorizeRequest;
  /** Who was chosen and is asked for consent; null before. */
  person: StandinPerson | null;
}

/** The pages, from the opened address to the answer posted to the app. */
export class SignInFlow {
  readonly #context: IdentityContext;
  readonly #flows = new Map<string, Flow>();

  constructor(context: IdentityContext) {
    this.#context = context;
  }

  /** Serves `GET /{tenant}/oauth2/v2.0/authorize`. */
  open(exchange: HttpExchange, tenant: string): void {
    const query = exchange.url.searchParams;
    const prompt = query.get('prompt');
    const loginHint = query.get('login_hint');
    exchange.note({ clientId: query.get('client_id'), scope: query.get('scope'), prompt, loginHint });
    const { apps, tenants: knownTenants } = this.#context;
    const request = readAuthorizeRequest(query, { tenant, apps, knownTenants });
    if (request.kind === 'refusal') {
      this.#sendError(exchange, request, 'the app', query.get('client-request-id'), null);
      return;
    }
    const flow: Flow = { id: randomUUID(), request, person: null };
    this.#flows.set(flow.id, flow);
    const fault = this.#context.faults.takePageFault('authorize', null);
    if (fault !== null) this.#applyFault(exchange, flow, fault);
    // Each sign-in is asked for anew: there is no session that a silent one could use.
    else if (request.prompt === 'none') this.#return(exchange, flow, refuse(50058));
    else this.#sendAccounts(exchange, flow);
  }

  /** Serves `POST /sign-in/{flow}`. */
  async proceed(exchange: HttpExchange, flowId: string): Promise<void> {
    const form = await exchange.readForm();
    const flow = this.#flows.get(flowId);
    if (flow === undefined || form === null) {
      this.#sendError(exchange, refuse(50089), 'the app', null, null);
      return;
    }
    const account = form.get('account');
    const consent = form.get('consent');
    if (account !== null) this.#choose(exchange, flow, account);
    else if (consent !== null) this.#decide(exchange, flow, consent === 'accept');
    else this.#step(exchange, flow, form);
  }

  #step(exchange: HttpExchange, flow: Flow, form: URLSearchParams): void {
    switch (form.get('step')) {
      case 'cancel':
        this.#return(exchange, flow, refuse(65004));
        return;
      case 'other':
        this.#send(
          exchange,
          otherAccountPage(this.#frame(flow), unknownHint(flow.request, this.#context.people), null),
        );
        return;
      case 'address':
        this.#choose(exchange, flow, form.get('address') ?? '');
        return;
      default:
        this.#sendAccounts(exchange, flow);
    }
  }

  #choose(exchange: HttpExchange, flow: Flow, typed: string): void {
    const { people, faults } = this.#context;
    const chosen = people.find((person) => person.address === typed.trim().toLowerCase());
    if (chosen === undefined) {
      const problem = `There is no account with that address in this demo. Try ${people[0]?.address ?? 'another'}.`;
      this.#send(exchange, otherAccountPage(this.#frame(flow), typed, problem));
      return;
    }
    exchange.note({ address: chosen.address });
    flow.person = chosen;
    const fault = faults.takePageFault('account', chosen.address);
    if (fault === null) this.#admit(exchange, flow, chosen);
    else this.#applyFault(exchange, flow, fault);
  }

  #admit(exchange: HttpExchange, flow: Flow, person: StandinPerson): void {
    const { app, tenant, scopes, prompt } = flow.request;
    const refusal = checkAccount(app, tenant, person);
    if (refusal !== null) {
      this.#sendError(exchange, refusal, app.name, flow.request.correlationId, flow);
      return;
    }
    const { grants } = this.#context;
    const granted = [...grants.consentsOf(app, person), ...grants.approvalsOf(app, person.tid)];
    const consented = granted.some((scopesGranted) => isCovered(scopes, scopesGranted));
    if (consented && prompt !== 'consent') this.#finish(exchange, flow, person);
    else if (grants.needsApproval(person)) this.#sendApproval(exchange, flow, person);
    else this.#send(exchange, consentPage(this.#frame(flow), person, this.#context.people, describeWants(scopes)));
  }

  #decide(exchange: HttpExchange, flow: Flow, accepted: boolean): void {
    const { person, request } = flow;
    if (person === null) {
      this.#sendAccounts(exchange, flow);
      return;
    }
    exchange.note({ address: person.address });
    if (!accepted) {
      this.#return(exchange, flow, refuse(65004));
      return;
    }
    this.#context.grants.recordConsent(request.app, person, request.scopes);
    this.#finish(exchange, flow, person);
  }

  #finish(exchange: HttpExchange, flow: Flow, person: StandinPerson): void {
    const { app, tenant, scopes, redirectUri, codeChallenge, nonce } = flow.request;
    const code = this.#context.grants.issueCode({
      kind: 'grant',
      person,
      app,
      tenant,
      scopes,
      redirectUri,
      codeChallenge,
      nonce,
    });
    this.#answer(
      exchange,
      flow,
      [
        ['code', code],
        ['session_state', randomUUID()],
      ],
      null,
    );
  }

  /** Tells the app of a refusal. */
  #return(exchange: HttpExchange, flow: Flow, refusal: Refusal): void {
    const stamp = this.#stamp(exchange, flow.request.correlationId);
    const fields: [string, string][] = [
      ['error', refusal.error],
      ['error_description', describeRefusal(refusal, stamp)],
      ['error_uri', `${this.#context.origin()}/error?code=${refusal.aadsts}`],
    ];
    if (refusal.aadsts === 65004) fields.push(['error_subcode', 'cancel']);
    if (refusal.suberror !== null) fields.push(['suberror', refusal.suberror]);
    this.#answer(exchange, flow, fields, refusal.aadsts);
  }

  #answer(exchange: HttpExchange, flow: Flow, fields: readonly [string, string][], aadsts: number | null): void {
    this.#flows.delete(flow.id);
    const { redirectUri, responseMode, state } = flow.request;
    const all = state === null ? fields : [...fields, ['state', state] as const];
    if (responseMode === 'form_post') {
      this.#send(exchange, returnPage(this.#frame(flow), redirectUri, all), 200, aadsts);
      return;
    }
    const location = new URL(redirectUri);
    for (const [name, value] of all) location.searchParams.set(name, value);
    exchange.redirect(location.href, aadsts);
  }

  #applyFault(exchange: HttpExchange, flow: Flow, fault: PageFault): void {
    const { app, correlationId } = flow.request;
    switch (fault.kind) {
      case 'error-page': {
        const refusal = refuse(fault.aadsts, fault.text === undefined ? {} : { text: fault.text });
        this.#sendError(exchange, refusal, app.name, correlationId, flow);
        return;
      }
      case 'returned':
        this.#return(exchange, flow, refuse(fault.aadsts, fault.details));
        return;
      case 'admin-approval': {
        const person = flow.person ?? this.#context.people[0];
        if (person === undefined) throw new Error('There is nobody to ask an administrator for.');
        this.#sendApproval(exchange, flow, person);
        return;
      }
      case 'other-account': {
        const other = this.#context.people.find((person) => person.address === fault.address);
        if (other === undefined) throw new Error(`Nobody has the ordered address ${fault.address}.`);
        flow.person = other;
        this.#admit(exchange, flow, other);
      }
    }
  }

  #sendApproval(exchange: HttpExchange, flow: Flow, person: StandinPerson): void {
    const facts = refusalFacts(refuse(90094), this.#stamp(exchange, flow.request.correlationId));
    this.#send(exchange, approvalPage(this.#frame(flow), person, this.#context.people, facts), 200, 90094);
  }

  #sendAccounts(exchange: HttpExchange, flow: Flow): void {
    flow.person = null;
    const { people } = this.#context;
    this.#send(exchange, accountsPage(this.#frame(flow), people, hintedPerson(flow.request, people)));
  }

  #sendError(
    exchange: HttpExchange,
    refusal: Refusal,
    appName: string,
    correlationId: string | null,
    flow: Flow | null,
  ): void {
    const facts = refusalFacts(refusal, this.#stamp(exchange, correlationId));
    const page = errorPage(this.#bareFrame(appName), facts, flow === null ? null : this.#frame(flow).action);
    this.#send(exchange, page, 400, refusal.aadsts);
  }

  #send(exchange: HttpExchange, page: Page, status = 200, aadsts: number | null = null): void {
    exchange.sendPage(status, page.html, page.policy, aadsts);
  }

  #frame(flow: Flow): FormFrame {
    return { ...this.#bareFrame(flow.request.app.name), action: `/sign-in/${flow.id}` };
  }

  #bareFrame(appName: string): PageFrame {
    return { appName, nonce: randomBytes(16).toString('base64url') };
  }

  #stamp(exchange: HttpExchange, correlationId: string | null): AnswerStamp {
    const parameters = new URLSearchParams(correlationId === null ? {} : { 'client-request-id': correlationId });
    return exchange.stamp(parameters, this.#context.now());
  }
}

function refusalFacts(refusal: Refusal, stamp: AnswerStamp) {
  return errorFacts(`AADSTS${refusal.aadsts}: ${refusal.text}`, [
    ['Request Id', stamp.traceId],
    ['Correlation Id', stamp.correlationId],
    ['Timestamp', stamp.timestamp],
  ]);
}

function hintedPerson(request: AuthorizeRequest, people: readonly StandinPerson[]): StandinPerson | null {
  const hint = request.loginHint?.trim() ?? '';
  return people.find((person) => person.address === hint.toLowerCase() || loginHintOf(person) === hint) ?? null;
}

/** A hinted address of nobody here, to be offered in the field. */
function unknownHint(request: AuthorizeRequest, people: readonly StandinPerson[]): string {
  return hintedPerson(request, people) === null ? (request.loginHint ?? '') : '';
}
