import type { RefusalDetails } from './aadsts.ts';

/** The endpoints a program talks to. */
export type ProgramEndpoint = 'discovery' | 'keys' | 'token';

/** Which requests a fault is for; what is left out doesn't matter. */
interface FaultScope {
  readonly at: ProgramEndpoint;
  /** `grant_type` of the token request. */
  readonly grant?: 'authorization_code' | 'refresh_token' | 'client_credentials';
  /** Whose refresh token or code. */
  readonly address?: string;
}

/** A fault of an endpoint that a program talks to. */
export type EndpointFault = FaultScope &
  (
    | { readonly kind: 'hang' }
    /** The connection is reset (RST) in the place of an answer. */
    | { readonly kind: 'reset' }
    /** HTTP 429, with a JSON body. Without seconds, without `Retry-After`. */
    | { readonly kind: 'throttled'; readonly retryAfterSeconds?: number }
    /** HTTP 503 with an HTML page, as from a proxy. */
    | { readonly kind: 'html-unavailable' }
    /** A JSON error with a status from 500. */
    | { readonly kind: 'server-error'; readonly status?: number; readonly retryAfterSeconds?: number }
    /** A discovery document that names another page to sign in at; of discovery only. */
    | { readonly kind: 'page-elsewhere'; readonly page: string }
    /** A refusal with this code; `details` may set the word, the text and the `suberror`. */
    | { readonly kind: 'refused'; readonly aadsts: number; readonly details?: RefusalDetails }
  );

/** A fault of the pages: `authorize` when the address is opened, `account` when an account was chosen. */
export type PageFault =
  /** Stays on the page; the app hears nothing. */
  | {
      readonly at: 'authorize' | 'account';
      readonly kind: 'error-page';
      readonly aadsts: number;
      readonly text?: string;
    }
  /** Goes back to the app by form post. */
  | {
      readonly at: 'authorize' | 'account';
      readonly kind: 'returned';
      readonly aadsts: number;
      readonly details?: RefusalDetails;
    }
  /** "Need admin approval" (AADSTS90094) after the account was chosen; stays on the page unless the person goes back. */
  | { readonly at: 'account'; readonly kind: 'admin-approval'; readonly address?: string }
  /** Whatever account is chosen, this one is signed in. */
  | { readonly at: 'account'; readonly kind: 'other-account'; readonly address: string };

export type IdentityFault = EndpointFault | PageFault;

/** An order in force. */
export interface OrderedFault {
  /** How many requests it has hit. */
  readonly hits: number;
  /** Ends it; requests it made hang are cut off. */
  clear(): void;
}

interface Order {
  readonly fault: IdentityFault;
  left: number;
  hits: number;
  readonly onClear: Set<() => void>;
}

/** Facts of a request that a fault's scope is compared with. */
export interface FaultyRequest {
  readonly grant?: string | null;
  readonly address?: string | null;
}

/** The faults in force, oldest first. Each hits once unless ordered otherwise. */
export class FaultBoard {
  readonly #orders: Order[] = [];

  order(fault: IdentityFault, times: number | 'until-cleared' = 1): OrderedFault {
    const order: Order = { fault, left: times === 'until-cleared' ? Infinity : times, hits: 0, onClear: new Set() };
    this.#orders.push(order);
    return {
      get hits() {
        return order.hits;
      },
      clear: () => {
        this.#clear(order);
      },
    };
  }

  clearAll(): void {
    for (const order of this.#orders.slice()) this.#clear(order);
  }

  /** The fault for a program's request, used once more; `onClear` is for hangs. */
  takeEndpointFault(
    at: ProgramEndpoint,
    request: FaultyRequest,
  ): { fault: EndpointFault; onClear: Set<() => void> } | null {
    for (const order of this.#orders) {
      const { fault } = order;
      if (order.left > 0 && isEndpointFault(fault) && fault.at === at && concerns(fault, request)) {
        use(order);
        return { fault, onClear: order.onClear };
      }
    }
    return null;
  }

  /** The fault for a page, used once more. */
  takePageFault(at: PageFault['at'], address: string | null): PageFault | null {
    for (const order of this.#orders) {
      const { fault } = order;
      if (order.left > 0 && !isEndpointFault(fault) && fault.at === at) {
        if (fault.kind === 'admin-approval' && fault.address !== undefined && fault.address !== address) continue;
        use(order);
        return fault;
      }
    }
    return null;
  }

  #clear(order: Order): void {
    order.left = 0;
    for (const run of order.onClear) run();
    order.onClear.clear();
    const index = this.#orders.indexOf(order);
    if (index >= 0) this.#orders.splice(index, 1);
  }
}

function use(order: Order): void {
  order.left -= 1;
  order.hits += 1;
}

function isEndpointFault(fault: IdentityFault): fault is EndpointFault {
  return fault.at === 'discovery' || fault.at === 'keys' || fault.at === 'token';
}

function concerns(fault: EndpointFault, request: FaultyRequest): boolean {
  if (fault.grant !== undefined && fault.grant !== request.grant) return false;
  return fault.address === undefined || fault.address === request.address;
}
